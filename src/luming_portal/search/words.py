"""Chinese text as words that a full-text index can hold, and a search as a question to it.

Chinese has no blanks, and the index's own tokenizers find no two-character word (FTS5's trigram found no 光伏). So a
run of Chinese is laid out as its overlapping pairs (包钢 钢铁 铁), a word of two characters or more is asked as the
phrase of its pairs, and one character as the beginning of a pair. Beside the pairs stand the words that jieba cuts,
for questions that are no literal part of the text. Names also stand as pairs of syllables in
pinyin (pybaotou pytou) and as pairs of initials (inbt intt), because a phrase of frequent words costs PostgreSQL a look
into every row; codes as triples of characters, so that any part of at least three is found.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import jieba
import pypinyin
from pypinyin.constants import PINYIN_DICT

jieba.setLogLevel(logging.WARNING)

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[a-z0-9]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_BREAK = "xbreakx"
LONGEST_QUESTION = 100
_MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; `open_end` when the last may go on."""

    words: tuple[str, ...]
    open_end: bool = False


Alternatives = tuple[tuple[Phrase, ...], ...]
"""Ways in which one term of a question is found: each a set of phrases that must all be there."""


def plain(text: str) -> str:
    """Half-width, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def lay_out(names: Sequence[str], texts: Sequence[str] = (), codes: Sequence[str] = ()) -> str:
    """The words of an entry: names (also as pinyin and initials), texts, and codes (also in parts)."""
    words: list[str] = []
    for text in (*names, *texts):
        for run in _RUNS.findall(plain(text)):
            words += [*(_pairs(run) if _is_han(run) else [run]), _BREAK]
        words += _cut(text)
        words.append(_BREAK)
    for name in names:
        words += [*_sounds(name), _BREAK]
    for code in codes:
        for run in _RUNS.findall(plain(code)):
            words += [run, _BREAK, *_triples(run), _BREAK]
    return " ".join(words)


def terms(question: str) -> list[str]:
    """The terms of a question: what blanks and signs part."""
    found = re.findall(f"[{_HAN}a-z0-9]+", plain(question[:LONGEST_QUESTION]))
    return list(dict.fromkeys(found))[:_MOST_TERMS]


def alternatives(term: str) -> Alternatives:
    """How a term may be found: literally; cut into words; as pinyin, initials or part of a code."""
    literal = tuple(_phrase(run) for run in _RUNS.findall(term))
    ways: list[tuple[Phrase, ...]] = [literal]
    if len(literal) == 1 and _is_han(term) and len(term) >= 4:  # shorter ones have no two words
        cut = [word for word in jieba.lcut(term) if len(word) > 1]
        if len(cut) > 1:
            ways.append(tuple(_phrase(word) for word in cut))
    if term.isascii():
        ways += [(way,) for way in _by_sound(term)]
        if len(term) >= 3 and any(sign.isdigit() for sign in term):
            ways.append((Phrase(tuple(_triples(term))),))
    return tuple(dict.fromkeys(ways))


def _phrase(run: str) -> Phrase:
    if not _is_han(run):
        return Phrase((run,), open_end=True)
    if len(run) == 1:
        return Phrase((run,), open_end=True)
    return Phrase(tuple(_pairs(run)[:-1]))


def _is_han(run: str) -> bool:
    return bool(_IS_HAN.match(run))


def _pairs(run: str) -> list[str]:
    """Overlapping pairs, and the last character by itself so that it is found too."""
    return [run[i : i + 2] for i in range(len(run))]


def _triples(run: str) -> list[str]:
    return [f"c{run[i : i + 3]}" for i in range(max(1, len(run) - 2))]


def _cut(text: str) -> Iterator[str]:
    """Words of three characters or more; shorter ones stand among the pairs already."""
    for word in jieba.cut(plain(text)):
        if len(word) > 2 and _IS_HAN.fullmatch(word[0]) and all(_IS_HAN.fullmatch(sign) for sign in word):
            yield word


def _sounds(name: str) -> Iterator[str]:
    """Pairs of syllables as pybaotou pytou, then pairs of initials as inbt; nothing for names without Chinese."""
    for run in _RUNS.findall(plain(name)):
        if not _is_han(run):
            continue
        syllables = [plain(one) for one in pypinyin.lazy_pinyin(run) if one.isascii() and one.isalpha()]
        yield from (f"py{''.join(syllables[i : i + 2])}" for i in range(len(syllables)))
        yield _BREAK
        initials = "".join(one[0] for one in syllables)
        yield from (f"in{initials[i : i + 2]}" for i in range(len(initials)))
        yield _BREAK


def _by_sound(term: str) -> Iterator[Phrase]:
    if not term.isalpha() or len(term) < 2:
        return
    readings = _syllables(term)[:2]
    for syllables in readings:
        if len(syllables) == 1:
            yield Phrase((f"py{term}",), open_end=True)
        else:
            yield Phrase(tuple(f"py{one}{two}" for one, two in pairwise(syllables)))
    if len(term) <= 4 or not readings:  # longer pinyin is no row of initials
        yield Phrase(tuple(f"in{term[i : i + 2]}" for i in range(len(term) - 1)))


def _syllables(term: str) -> list[tuple[str, ...]]:
    """The ways to read letters as pinyin, longest syllables first; none where they are no pinyin."""
    known = _known_syllables()
    found: list[tuple[str, ...]] = []

    def read(start: int, so_far: tuple[str, ...]) -> None:
        if len(found) >= 3:
            return
        if start == len(term):
            found.append(so_far)
            return
        for end in range(min(len(term), start + 6), start, -1):
            if term[start:end] in known:
                read(end, (*so_far, term[start:end]))

    if len(term) <= 40:
        read(0, ())
    return found


@lru_cache(maxsize=1)
def _known_syllables() -> frozenset[str]:
    sounds: set[str] = set()
    for code in range(0x4E00, 0x9FA6):
        for sound in PINYIN_DICT.get(code, "").split(","):
            letters = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")  # lv, as people type it
            bare = "".join(sign for sign in letters if sign.isascii())
            if bare:
                sounds.add(bare)
    return frozenset(sounds - {"m", "n", "ng", "hm", "hng"})
