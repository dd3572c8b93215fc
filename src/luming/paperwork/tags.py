"""The tags in the paragraphs of a template: where each stands, what it says, and how blocks open and close.

{{ 占位名 }}   {{ 项.栏目 }}
{% if … %} … {% endif %}       inside one paragraph
{%p if … %} … {%p endif %}     whole paragraphs; each tag alone in its own
{%p for 项 in 列表名 %} … {%p endfor %}
{%tr for 项 in 列表名 %} … {%tr endfor %}   rows of a table; each tag alone in its own row
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from luming.errors import Fault
from luming.paperwork.paragraphs import Placed
from luming.paperwork.placeholder import Placeholder
from luming.paperwork.sandbox import TagRefused, read_condition, read_loop, read_value

_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<form>p|tr|)(?P<block>\s.*?)%\}", re.DOTALL)
_REMAINS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|｛｛|｝｝|｛%|%｝")
_WORDS = ("for", "endfor", "if", "elif", "else", "endif")
_DEEPEST = 3


@dataclass(slots=True)
class _Open:
    """A block that is open."""

    word: str
    form: str
    at: Placed
    variable: str = ""
    of_list: Placeholder | None = None


@dataclass(slots=True)
class TagReader:
    """Reads the tags of one template, paragraph by paragraph, and gathers every fault.

    Attributes:
        used: the placeholders that the template names.
    """

    known: Mapping[str, Placeholder]
    faults: list[Fault] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _part: str = ""

    def read(self, placed: Iterable[Placed]) -> None:
        """Read all paragraphs."""
        for one in placed:
            if one.part != self._part:
                self._close_all()
                self._part = one.part
            self._paragraph(one)
        self._close_all()

    def _paragraph(self, at: Placed) -> None:
        before = len(self._open)
        for found in _TAG.finditer(at.text):
            if found["value"] is not None:
                self._value(found["value"].strip(), at)
            else:
                self._block(found["form"], found["block"].strip(), at)
        if rest := _REMAINS.search(_TAG.sub("", at.text)):
            remedy = "两半都要写全,用半角花括号"
            self._fault("tag.half", at, f"不完整或用了全角、注释写法的“{rest[0]}”", "“{{ 占位名 }}”", remedy)
        for inline in [one for one in self._open[before:] if not one.form]:
            self._open.remove(inline)
            remedy = "跨段落的请写成“{%p …%}”,单独成段"
            self._fault("block.open", at, f"“{inline.word}”没有在本段内结束", f"“end{inline.word}”", remedy)

    def _value(self, inner: str, at: Placed) -> None:
        try:
            found = read_value(inner)
        except TagRefused as refused:
            self._refused(refused, at)
            return
        self._expression(found, at, as_text=True)

    def _block(self, form: str, inner: str, at: Placed) -> None:
        word = inner.split()[0] if inner.split() else ""
        if form and at.text.strip() != _whole(at.text):
            self._fault("block.not_alone", at, f"“{{%{form} {inner} %}}”旁边还有别的文字", "单独成段")
        if form == "tr" and not at.table:
            self._fault("block.no_table", at, f"表格外的“{{%tr {inner} %}}”", "“{%p …%}”或放进表格的行里")
        try:
            if word == "for":
                self._for(form, inner, at)
            elif word == "if":
                self._expression(read_condition(inner), at)
                self._push(_Open("if", form, at))
            elif word == "elif":
                self._expression(read_condition(inner), at)
                self._inside("if", form, word, at)
            elif inner == "else":
                self._inside("if", form, word, at)
            elif inner in ("endfor", "endif"):
                if self._inside(word.removeprefix("end"), form, word, at):
                    self._open.pop()
            else:
                known = "、".join(_WORDS)
                self._fault("tag.unknown_word", at, f"不认识的标记“{inner[:40]}”", f"只用{known}")
        except TagRefused as refused:
            self._refused(refused, at)
            if word in ("for", "if"):
                self._open.append(_Open(word, form, at))

    def _for(self, form: str, inner: str, at: Placed) -> None:
        loop = read_loop(inner)
        assert isinstance(loop.target, nodes.Name)
        assert isinstance(loop.iter, nodes.Name)
        variable, name = loop.target.name, loop.iter.name
        of_list = self.known.get(name)
        if of_list is None:
            self._unknown(name, at, lists=True)
        elif not of_list.is_list:
            self._fault("list.not_a_list", at, f"“{name}”不是列表,不能重复", f"列表:{self._lists()}")
            of_list = None
        else:
            self.used[name] = None
        if variable in self.known:
            self._fault("list.name_taken", at, f"“{variable}”是占位名", "另取一个名字,如“项”")
        if not form:
            self._fault("list.inline", at, f"段落内的“{inner}”", "“{%p for …%}”或表格里的“{%tr for …%}”")
        self._push(_Open("for", form, at, variable, of_list))

    def _push(self, block: _Open) -> None:
        self._open.append(block)
        if len(self._open) > _DEEPEST:
            self._fault("block.too_deep", block.at, f"{len(self._open)}层嵌套", f"不超过{_DEEPEST}层")

    def _inside(self, word: str, form: str, said: str, at: Placed) -> bool:
        last = self._open[-1] if self._open else None
        if last is None or last.word != word:
            opened = f"“{last.word}”({last.at.place})" if last else "没有打开的部分"
            self._fault("block.not_open", at, f"“{said}”,而此处打开的是{opened}", f"先有“{word}”,按次序结束")
            return False
        if last.form != form or last.at.table != at.table:
            self._fault(
                "block.forms_differ",
                at,
                f"“{{%{form} {said} %}}”,而{last.at.place}用的是“{{%{last.form} …%}}”",
                "两处写法相同,都在正文里或都在同一个表格里",
            )
        return True

    def _expression(self, found: nodes.Node, at: Placed, *, as_text: bool = False) -> None:
        fields = [*found.find_all(nodes.Getattr), *([found] if isinstance(found, nodes.Getattr) else [])]
        owners = {id(one.node) for one in fields}
        names = [*found.find_all(nodes.Name), *([found] if isinstance(found, nodes.Name) else [])]
        for one in fields:
            assert isinstance(one.node, nodes.Name)
            self._field(one.node.name, one.attr, at)
        for name in names:
            if id(name) not in owners:
                self._name(name.name, at, as_text=as_text)

    def _name(self, name: str, at: Placed, *, as_text: bool) -> None:
        if any(block.variable == name for block in self._open):
            if as_text:
                self._fault("list.whole_row", at, f"整行的“{name}”", f"“{name}.栏目”")
            return
        known = self.known.get(name)
        if known is None:
            self._unknown(name, at)
            return
        self.used[name] = None
        if known.is_list and as_text:
            self._fault("list.as_text", at, f"把列表“{name}”当文字用", f"“{{%p for 项 in {name} %}}”逐项写出")

    def _field(self, variable: str, attribute: str, at: Placed) -> None:
        block = next((one for one in reversed(self._open) if one.variable == variable), None)
        if block is None:
            expected = "for 后面起的名字加栏目"
            self._fault(
                "field.no_loop", at, f"“{variable}.{attribute}”,而“{variable}”不是列表的一项", expected
            )
        elif block.of_list is not None and attribute not in block.of_list.fields:
            fields = "、".join(block.of_list.fields)
            self._fault("field.unknown", at, f"“{block.of_list.name}”没有的栏目“{attribute}”", fields)

    def _unknown(self, name: str, at: Placed, *, lists: bool = False) -> None:
        names = [one.name for one in self.known.values() if one.is_list or not lists]
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
        remedy = f"是不是“{'”或“'.join(near)}”" if near else "可用的见“占位清单”"
        self._fault("placeholder.unknown", at, f"不认识的占位“{name}”", "占位清单里的名称", remedy)

    def _lists(self) -> str:
        return "、".join(one.name for one in self.known.values() if one.is_list)

    def _close_all(self) -> None:
        for block in self._open:
            form = f"{{%{block.form} end{block.word} %}}"
            self._fault("block.open", block.at, f"“{block.word}”没有结束", f"“{form}”")
        self._open.clear()

    def _refused(self, refused: TagRefused, at: Placed) -> None:
        self._fault(refused.code, at, refused.found, refused.expected, refused.remedy)

    def _fault(self, code: str, at: Placed, found: str, expected: str, remedy: str = "") -> None:
        self.faults.append(Fault(code, at.where, found, expected, remedy))


def _whole(text: str) -> str:
    """The first tag of a paragraph."""
    found = _TAG.search(text)
    return found[0] if found else ""
