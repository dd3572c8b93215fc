"""What the buttons of the desk do: each a word of a form, the library's function, and what the step is called.

A sentence is named by where it begins in the text, because its anchor changes when a sentence before it is split.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from luming import desk as library
from luming.desk import Decomposition, DeskFaults
from luming.errors import Fault
from luming.pack import Pack

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What an operation works on: a sentence or a measure, and last year's pack where it is asked for."""

    anchor: str
    measure: str
    last_year: Pack | None = None


Work = Callable[[Decomposition, Place, Fields], Decomposition]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be done on the desk.

    Attributes:
        label: what the step is called in the list of steps.
        divides: whether it changes which sentences a measure has.
    """

    label: str
    work: Work
    divides: bool = False


def _typed(fields: Fields, *names: str) -> dict[str, str]:
    """The fields of a form that are there; a box that is not ticked sends nothing and means no."""
    return {name: fields[name] for name in names if name in fields}


def _commitment_fields(fields: Fields) -> dict[str, str]:
    wanted = [name for name in library.FIELDS if name not in ("start", "end")]
    typed = _typed(fields, *wanted)
    if "label" in typed:
        typed.setdefault("aspiration", "")
    return typed


def _number(fields: Fields, name: str, label: str) -> int:
    try:
        return int(fields.get(name, ""))
    except ValueError:
        raise DeskFaults(
            [Fault(f"desk.{name}", f"“{label}”", f"“{fields.get(name, '')}”", "一个字位", "请重新选定")]
        ) from None


def _span(desk: Decomposition, place: Place, fields: Fields) -> tuple[int, int]:
    """The span that a form means: by its offsets, or by the words of the sentence that were typed."""
    if fields.get("start"):
        return _number(fields, "start", "字位"), _number(fields, "end", "字位")
    quote = fields.get("quote", "").strip()
    sentence = desk.sentence(place.anchor)[1]
    at = sentence.quote.find(quote) if quote else -1
    if at < 0:
        raise DeskFaults(
            [
                Fault(
                    "desk.quote",
                    "“原文中的数字”",
                    f"“{quote}”",
                    "本句中的原话,如 25家",
                    "请从上面的句子里复制",
                )
            ]
        )
    return sentence.start + at, sentence.start + at + len(quote)


def _add(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    return library.add(desk, place.anchor, *_span(desk, place, fields), _commitment_fields(fields))


def _explain(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    return library.explain(desk, place.anchor, *_span(desk, place, fields), fields.get("reason", ""))


def _withdraw(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    return library.withdraw(desk, _number(fields, "start", "字位"), _number(fields, "end", "字位"))


def _split(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    return library.split(desk, place.anchor, _number(fields, "at", "切点"))


def _bind(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    if fields.get("mechanism") == "none":
        return library.mark_not_software(desk, [place.anchor], fields.get("reference", ""))
    return library.bind(
        desk,
        [place.anchor],
        fields.get("mechanism", ""),
        fields.get("status", ""),
        fields.get("reference", ""),
        fields.get("quote", "").strip(),
    )


def _bind_rest(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    if fields.get("mechanism") == "none":
        return library.mark_rest_not_software(desk, place.measure, fields.get("reference", ""))
    return library.bind_rest(
        desk,
        place.measure,
        fields.get("mechanism", ""),
        fields.get("status", ""),
        fields.get("reference", ""),
    )


def _assign(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    return library.assign(
        desk,
        place.measure,
        library.read_units(fields.get("lead", "")),
        library.read_units(fields.get("support", "")),
        fields.get("mark", ""),
        fields.get("basis", ""),
    )


def _curve(desk: Decomposition, place: Place, fields: Fields) -> Decomposition:
    kind = fields.get("kind", "")
    shares = [fields.get(f"share_{month}", "") for month in range(1, 13)] if kind == "monthly" else []
    return library.set_curve(desk, fields.get("item", ""), kind, shares)


SENTENCE: Mapping[str, Operation] = {
    "accept": Operation("采纳", lambda desk, at, form: library.accept(desk, form.get("item", ""))),
    "correct": Operation(
        "改正", lambda desk, at, form: library.correct(desk, form.get("item", ""), _commitment_fields(form))
    ),
    "reject": Operation(
        "驳回", lambda desk, at, form: library.reject(desk, form.get("item", ""), form.get("reason", ""))
    ),
    "restore": Operation("恢复待定", lambda desk, at, form: library.restore(desk, form.get("item", ""))),
    "add": Operation("补录", _add),
    "explain": Operation("说明数字", _explain),
    "withdraw": Operation("撤回说明", _withdraw),
    "split": Operation("拆分句子", _split, divides=True),
    "merge": Operation("合并句子", lambda desk, at, form: library.merge(desk, at.anchor), divides=True),
    "bind": Operation("对应机制", _bind),
    "unbind": Operation(
        "取消对应", lambda desk, at, form: library.unbind(desk, at.anchor, _number(form, "position", "序号"))
    ),
    "link": Operation(
        "选定指标",
        lambda desk, at, form: library.link_indicator(desk, form.get("item", ""), form.get("indicator", "")),
    ),
    "create_indicator": Operation(
        "新建指标",
        lambda desk, at, form: library.create_indicator(
            desk, form.get("item", ""), _typed(form, *library.INDICATOR_FIELDS)
        ),
    ),
    "curve": Operation("计划曲线", _curve),
    "continues": Operation(
        "接续上年",
        lambda desk, at, form: library.set_continues(
            desk, form.get("item", ""), form.get("old", ""), at.last_year
        ),
    ),
}
"""What can be done on one sentence, by the word that the form sends as `do`."""

MEASURE: Mapping[str, Operation] = {
    "create_missing": Operation(
        "新建本条缺少的指标", lambda desk, at, form: library.create_missing(desk, at.measure)
    ),
    "accept_all": Operation("采纳本条其余条目", lambda desk, at, form: library.accept_all(desk, at.measure)),
    "bind_rest": Operation("批量对应机制", _bind_rest),
    "assign": Operation("任务分工", _assign),
    "retitle": Operation(
        "修改标题", lambda desk, at, form: library.retitle(desk, at.measure, form.get("title", ""))
    ),
}
"""What can be done on one measure."""


def named(desk: Decomposition, operation: Operation, place: Place, fields: Fields) -> str:
    """What the step is called: the operation, and what it was done on."""
    item = next((one for one in desk.proposals if one.id == fields.get("item")), None)
    if item is not None:
        return f"{operation.label}“{item.commitment.label}”"[:200]
    return f"{operation.label}({place.anchor or place.measure})"
