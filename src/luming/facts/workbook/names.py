"""Which indicator a heading or row label speaks of: exact names are certain, near ones are proposals."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from luming.facts.dictionary import Dictionary
from luming.facts.workbook.units_written import without_unit

NEAR_ENOUGH = 0.6
CLEAR_LEAD = 0.05

_MOST_REMEMBERED = 50_000

_NUMBERING = re.compile(
    r"^(?:[((]?[一二三四五六七八九十\d]{1,3}[))]?[、..]|[((][一二三四五六七八九十\d]{1,3}[))]|[①-⑳★●·•-])"
)
_AMONG = re.compile(r"^(?:其中|其 中)[::]?")
_DROPPED = re.compile(r"[\s、,,。.;;::“”\"'()()《》\-—_/·]+")
_AROUND = re.compile(r"^(?:全市完成|全市|本市|[一-鿿]{2,3}市)|(?:完成情况|情况|完成)$")


class Confidence(StrEnum):
    """How sure a proposal is."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"

    @property
    def label(self) -> str:
        """The confidence in words."""
        return {"exact": "确定", "near": "请核对", "none": "未找到"}[self.value]


@dataclass(frozen=True, slots=True)
class Match:
    """The indicator proposed for a name; `indicator` is "" where none is near enough."""

    indicator: str
    confidence: Confidence
    reason: str


def bare_name(text: str) -> str:
    """A label without numbering, 其中 and the unit in brackets.

    >>> bare_name("1.其中:稀土产业产值(亿元)")
    '稀土产业产值'
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in (_NUMBERING, _AMONG, _NUMBERING):
        plain = pattern.sub("", plain).strip()
    return without_unit(plain)


def is_among(text: str) -> bool:
    """Whether a row label says that the row is part of the one above (其中)."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    return bool(_AMONG.match(plain))


def match_indicator(text: str, dictionary: Dictionary) -> Match:
    """The indicator that a label means, with the reason for thinking so."""
    return _known(dictionary).match(text)


@lru_cache(maxsize=4)
def _known(dictionary: Dictionary) -> _Known:
    """The names of a dictionary, made ready once for a workbook of thousands of rows."""
    return _Known(dictionary)


class _Known:
    """The names of a dictionary by their keys, and what was found for labels before."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._exact: dict[str, set[str]] = {}
        self._keys: list[tuple[str, str]] = []
        self._signs: dict[str, list[tuple[int, int]]] = {}
        self._found: dict[str, Match] = {}
        for id, item in dictionary.indicators.items():
            for key in dict.fromkeys(_key(name) for name in item.names):
                self._exact.setdefault(key, set()).add(id)
                for sign, count in Counter(key).items():
                    self._signs.setdefault(sign, []).append((len(self._keys), count))
                self._keys.append((id, key))

    def match(self, text: str) -> Match:
        """What a label means."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._match(text)
        return found

    def _match(self, text: str) -> Match:
        wanted = _key(bare_name(text))
        if not wanted:
            return Match("", Confidence.NONE, "名称为空")
        exact = self._exact.get(wanted, set())
        if len(exact) == 1:
            return Match(next(iter(exact)), Confidence.EXACT, "与指标字典中的名称相同")
        if exact:
            labels = "、".join(self._dictionary.indicators[id].label for id in sorted(exact))
            return Match("", Confidence.NONE, f"与{len(exact)}个指标同名:{labels}")
        return self._nearest(wanted)

    def _candidates(self, wanted: str) -> Iterator[tuple[str, str]]:
        """The names that share so many signs that they may be near enough, or close behind one that is."""
        shared: dict[int, int] = {}
        for sign, count in Counter(wanted).items():
            for place, own in self._signs.get(sign, ()):
                shared[place] = shared.get(place, 0) + min(count, own)
        for place, number in shared.items():
            id, key = self._keys[place]
            if 2.0 * number / (len(wanted) + len(key)) >= NEAR_ENOUGH - CLEAR_LEAD:
                yield id, key

    def _nearest(self, wanted: str) -> Match:
        likeness: dict[str, float] = {}
        for id, key in self._candidates(wanted):
            score = SequenceMatcher(None, wanted, key, autojunk=False).ratio()
            likeness[id] = max(score, likeness.get(id, 0.0))
        scores = sorted(((score, id) for id, score in likeness.items()), reverse=True)
        if not scores or scores[0][0] < NEAR_ENOUGH:
            return Match("", Confidence.NONE, "指标字典中没有相近的名称")
        best = self._dictionary.indicators[scores[0][1]]
        close = [id for score, id in scores[1:3] if scores[0][0] - score < CLEAR_LEAD]
        if close:
            others = "、".join(self._dictionary.indicators[id].label for id in close)
            return Match("", Confidence.NONE, f"与“{best.label}”“{others}”都相近,须由人指定")
        return Match(best.id, Confidence.NEAR, f"与“{best.label}”相近({scores[0][0]:.0%})")


def _key(text: str) -> str:
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _AROUND.sub("", plain) or plain
