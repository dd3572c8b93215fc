"""Reading a process file entry by entry: every fault is collected with its line, none stops the reading."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from luming.cases.process import About
from luming.cases.span import Span
from luming.errors import Fault
from luming.mark import Mark
from luming.yaml_source import YamlSource

ABOUT = ("label", "label_en", "clause", "mark", "note")
Place = tuple[str | int, ...]


@dataclass
class Entry:
    """A mapping in a file, with its place; what is read wrongly becomes a fault of the file."""

    source: YamlSource
    path: Place
    tree: dict[str, Any]
    mark: Mark = Mark.OURS

    @classmethod
    def of(cls, source: YamlSource, path: Place, tree: Any, mark: Mark = Mark.OURS) -> Entry:
        """The entry at a place; anything but a mapping is a fault and reads as empty."""
        entry = cls(source, path, tree if isinstance(tree, dict) else {}, mark)
        if not isinstance(tree, dict):
            entry.fault("shape", said(tree), "若干“key: value”")
        return entry

    def fault(self, code: str, found: str, expected: str, remedy: str = "", *at: str | int) -> None:
        """Note a fault at this entry, or at a key of it."""
        where = self.source.where((*self.path, *at))
        self.source.faults.append(Fault(f"process.{code}", where, found, expected, remedy))

    def only(self, *known: str) -> None:
        """Fault every key that is not known here."""
        for key in self.tree:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
                remedy = f"是否想写“{close[0]}”" if close else f"可用的有:{'、'.join(known)}"
                self.fault("unknown_key", f"不认识的键“{key}”", "只写规定的键", remedy, key)

    def has(self, key: str) -> bool:
        """Whether a key stands there with a value."""
        return self.tree.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A word or sentence; a default of None makes it required."""
        value = self.tree.get(key)
        if value is None:
            if default is None:
                self.fault("missing_key", f"缺少“{key}”一项", f"写明“{key}”")
            return default or ""
        if not isinstance(value, str):
            self.fault("not_text", said(value), "文字", "", key)
            return default or ""
        return value.strip()

    def key_name(self, key: str) -> str:
        """A name for machines: small letters, digits, underscore."""
        value = self.text(key)
        if value:
            self.named(value, key)
        return value

    def named(self, value: str, *at: str) -> None:
        """Fault a name that is none for machines."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            self.fault("bad_name", f"“{value}”", "小写字母、数字和下划线组成的名字", "", *at)

    def word(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in known:
            self.fault("word", f"“{value}”", f"以下之一:{'、'.join(known)}", "", key)
            return default
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false; absent is the default."""
        value = self.text(key, str(default).lower())
        if value not in ("true", "false"):
            self.fault("flag", f"“{value}”", "true 或 false", "", key)
        return value == "true"

    def count(self, key: str, default: int) -> int:
        """A whole number from 1; absent is the default."""
        if not self.has(key):
            return default
        value = self.text(key)
        if not re.fullmatch(r"[1-9]\d{0,5}", value):
            self.fault("count", f"“{value}”", "不小于1的整数", "", key)
            return default
        return int(value)

    def date(self, key: str) -> dt.date | None:
        """A day as 2025-12-31, or None."""
        if not self.has(key):
            return None
        value = self.text(key)
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fault("date", f"“{value}”", "日期,写成 2025-12-31 的形式", "", key)
            return None

    def span(self, key: str) -> Span | None:
        """A length of time such as `5 workdays`; a fault and None when it is none."""
        return self.span_of(self.text(key), key)

    def span_of(self, value: str, *at: str | int) -> Span | None:
        """A length of time written at a place."""
        found = Span.read(value)
        if found is None:
            expected = "时长,如 5 workdays、30 days、24 hours、3 months、2 years"
            self.fault("span", f"“{value}”", expected, "", *at)
        return found

    def inner(self, key: str) -> Entry:
        """The mapping behind a key; absent reads as empty."""
        value = self.tree.get(key)
        return Entry.of(self.source, (*self.path, key), {} if value is None else value, self.mark)

    def entries(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The mappings behind the names within a key; a name that is none for machines is a fault."""
        holder = self.inner(key)
        for name, value in holder.tree.items():
            holder.named(name, name)
            yield name, Entry.of(self.source, (*holder.path, name), value, self.mark)

    def items(self, key: str) -> list[Entry]:
        """The mappings of a list."""
        value = self.tree.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault("not_list", said(value), "一个列表(每行以“- ”开头)", "", key)
            return []
        return [
            Entry.of(self.source, (*self.path, key, at), item, self.mark) for at, item in enumerate(value)
        ]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; a single word reads as a list of one."""
        value = self.tree.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value.strip(),)
        found = []
        for at, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str):
                found.append(item.strip())
            else:
                self.fault("not_text", said(item), "文字", "", key, at)
        return tuple(found)

    def about(self, label: str | None = None, label_en: str = "") -> About:
        """Label, clause, mark and note of the element; the mark of the file where it says none."""
        written = self.text("mark", self.mark.value)
        mark = self.mark
        if written in tuple(Mark):
            mark = Mark(written)
        else:
            self.fault("mark", f"“{written}”", f"以下之一:{'、'.join(Mark)}", "", "mark")
        return About(
            self.text("label", label),
            self.text("label_en", label_en),
            self.text("clause", ""),
            mark,
            self.text("note", ""),
        )


def said(value: Any) -> str:
    """What stands there, in words."""
    if value is None:
        return "空白"
    return {"dict": "若干“key: value”", "list": "一个列表"}.get(type(value).__name__, f"“{value}”")
