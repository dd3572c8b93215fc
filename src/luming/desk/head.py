"""The head of the document on the desk: number, title, issuer, date, place; and the titles of its measures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from luming.desk.decomposition import Decomposition
from luming.desk.faults import DeskFaults, refusal
from luming.desk.fields import read_deadline
from luming.errors import Fault
from luming.pack import DocumentHead

HEAD_FIELDS = {
    "number": "文号",
    "title": "标题",
    "issuer": "发文机关",
    "date": "成文日期",
    "year": "所属年份",
    "place": "地区",
    "office": "承办办公室",
    "succeeds": "上年文件",
    "note": "备注",
}
"""The fields of the head that may be typed, with the name a form gives them."""

_NEEDED = ("title", "issuer", "date", "year", "place")
_BETWEEN = re.compile(r"[、,;\uff0c\uff1b\s]+")


def set_head(decomposition: Decomposition, fields: Mapping[str, str]) -> Decomposition:
    """Change the head.

    Raises:
        DeskFaults: every field that cannot be read.
    """
    faults = []
    typed: dict[str, object] = {}
    for name, text in fields.items():
        words = text.strip()
        if name not in HEAD_FIELDS:
            faults.append(Fault(f"desk.{name}", f"“{name}”", "不认识的一项", "、".join(HEAD_FIELDS.values())))
        elif not words and name in _NEEDED:
            faults.append(Fault(f"desk.{name}", f"“{HEAD_FIELDS[name]}”", "空白", _expected(name)))
        else:
            typed[name] = words
    if isinstance(issuer := typed.get("issuer"), str):
        typed["issuer"] = tuple(one for one in _BETWEEN.split(issuer) if one)
    if isinstance(day := typed.get("date"), str):
        try:
            typed["date"] = read_deadline(day)
        except ValueError:
            faults.append(Fault("desk.date", "“成文日期”", f"“{day}”", _expected("date")))
            del typed["date"]
    head = decomposition.document
    try:
        head = DocumentHead.model_validate({**head.model_dump(), **typed})
    except ValidationError as problem:
        for error in problem.errors():
            name = str(error["loc"][0])
            faults.append(
                Fault(
                    f"desk.{name}", f"“{HEAD_FIELDS.get(name, name)}”", f"“{error['input']}”", _expected(name)
                )
            )
    if faults:
        raise DeskFaults(faults)
    return decomposition.changed(document=head)


def retitle(decomposition: Decomposition, measure: str, title: str) -> Decomposition:
    """Change the title of a measure, where the outline took it wrongly.

    Raises:
        DeskFaults: no such measure, or no title.
    """
    words = " ".join(title.split())
    if not words:
        raise refusal("title", "“标题”", "空白", "本条的标题")
    return decomposition.with_measure(decomposition.measure(measure).model_copy(update={"title": words}))


def _expected(name: str) -> str:
    return {
        "date": "日期,如 2025-01-31",
        "year": "1949到2200之间的年份",
        "issuer": "发文机关,如 某市人民政府;几个机关用顿号隔开",
        "place": "地区名,如 包头市",
        "title": "文件的标题",
    }.get(name, "一段文字")
