"""Reading a standard file entry by entry: every fault is collected with its line, none stops the reading."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luming.errors import Fault
from luming.mark import Mark
from luming.standards.condition import About
from luming.yaml_source import YamlSource

ABOUT = ("label", "label_en", "clause", "mark", "note")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Entry:
    """A mapping in a file, with its place; what is read wrongly becomes a fault of the file."""

    source: YamlSource
    path: tuple[str | int, ...]
    tree: dict[str, Any]
    mark: Mark = Mark.OURS

    @classmethod
    def of(cls, source: YamlSource, path: tuple[str | int, ...], tree: Any, mark: Mark = Mark.OURS) -> Entry:
        """The entry at a place; anything but a mapping is a fault and reads as empty."""
        entry = cls(source, path, tree if isinstance(tree, dict) else {}, mark)
        if not isinstance(tree, dict):
            entry.fault("shape", _said(tree), "若干“key: value”")
        return entry

    def where(self, *keys: str | int) -> str:
        """The place in words."""
        return self.source.where((*self.path, *keys))

    def fault(self, code: str, found: str, expected: str, remedy: str = "", *at: str | int) -> None:
        """Note a fault at this entry, or at a key of it."""
        self.source.faults.append(Fault(f"standard.{code}", self.where(*at), found, expected, remedy))

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
            self.fault("not_text", _said(value), "文字", "", key)
            return default or ""
        return value.strip()

    def key_name(self, key: str) -> str:
        """A name for machines: small letters, digits, underscore."""
        value = self.text(key)
        if value and not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            self.fault("bad_name", f"“{value}”", "小写字母、数字和下划线组成的名字", "", key)
        return value

    def word(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in known:
            self.fault("word", f"“{value}”", f"以下之一:{'、'.join(known)}", "", key)
            return default
        return value

    def number(self, key: str, default: Fraction | None = None) -> Fraction:
        """A plain number without a unit."""
        if not self.has(key) and default is not None:
            return default
        value = self.text(key)
        if not _DECIMAL.fullmatch(value):
            if value or self.has(key):
                self.fault("number", f"“{value}”", "数字,不带单位和逗号", "", key)
            return default or Fraction(0)
        return Fraction(value)

    def count(self, key: str, default: int) -> int:
        """A whole number from 0."""
        value = self.number(key, Fraction(default))
        if value.denominator != 1 or value < 0:
            self.fault("count", f"“{self.tree.get(key)}”", "不小于0的整数", "", key)
            return default
        return int(value)

    def flag(self, key: str) -> bool:
        """true or false; absent is false."""
        value = self.text(key, "false")
        if value not in ("true", "false"):
            self.fault("flag", f"“{value}”", "true 或 false", "", key)
        return value == "true"

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

    def inner(self, key: str) -> Entry:
        """The mapping behind a key; absent reads as empty."""
        value = self.tree.get(key)
        return Entry.of(self.source, (*self.path, key), {} if value is None else value, self.mark)

    def entries(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The mappings behind the names within a key."""
        holder = self.inner(key)
        for name, value in holder.tree.items():
            yield name, Entry.of(self.source, (*holder.path, name), value, self.mark)

    def items(self, key: str) -> list[tuple[tuple[str | int, ...], Any]]:
        """The values of a list with their places."""
        value = self.tree.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault("not_list", _said(value), "一个列表(每行以“- ”开头)", "", key)
            return []
        return [((*self.path, key, at), item) for at, item in enumerate(value)]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        found = []
        for path, item in self.items(key):
            if isinstance(item, str):
                found.append(item)
            else:
                self.source.faults.append(
                    Fault("standard.not_text", self.source.where(path), _said(item), "文字")
                )
        return tuple(found)

    def about(self, label: str = "") -> About:
        """Label, clause, mark and note of the element; the mark of the file where it says none."""
        written = self.text("mark", self.mark.value)
        try:
            mark = Mark(written)
        except ValueError:
            self.fault("mark", f"“{written}”", f"以下之一:{'、'.join(Mark)}", "", "mark")
            mark = self.mark
        return About(
            self.text("label", label),
            self.text("label_en", ""),
            self.text("clause", ""),
            mark,
            self.text("note", ""),
        )


def _said(value: Any) -> str:
    if value is None:
        return "空白"
    return {"dict": "若干“key: value”", "list": "一个列表"}.get(type(value).__name__, f"“{value}”")
