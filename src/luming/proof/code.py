"""核验码: the short code that stands for one figure on paper, made to be read aloud and typed again.

A code is drawn from the SHA-256 of all that its figure rests on, so another input gives another code. Its signs leave
out 0 and O, 1, I and L. The last sign is a check: any one wrong sign and any two signs that changed places are noticed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs, a prime, so that the weights of the check never vanish."""
SHORTEST = 7
"""Signs before the check: 31^7 codes, some 2.7 × 10^10."""
LONGEST = 28
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}
_GROUP = 4
_BETWEEN = re.compile(r"[\s\-_·.‐-―−]+")
_NEAR = 3


def body_of(sha256: str, length: int) -> str:
    """The first `length` signs of a digest in hexadecimal; a longer body begins with the shorter one."""
    rest, signs = int(sha256, 16), []
    for _ in range(length):
        rest, value = divmod(rest, len(SIGNS))
        signs.append(SIGNS[value])
    return "".join(signs)


def check_sign(body: str) -> str:
    """The sign that closes a code.

    >>> check_sign("2222222"), check_sign("3222222"), check_sign("2322222")
    ('2', '3', '4')
    """
    return SIGNS[sum(at * _VALUES[sign] for at, sign in enumerate(body, 1)) % len(SIGNS)]


def codes_of(digests: Sequence[str]) -> tuple[str, ...]:
    """A code for each digest, as short as keeps them apart; those that begin alike all grow longer.

    Raises:
        ValueError: one digest stands twice, or two cannot be told apart.
    """
    if len(set(digests)) != len(digests):
        raise ValueError("a digest stands twice")
    lengths = dict.fromkeys(digests, SHORTEST)
    while True:
        bodies: dict[str, list[str]] = {}
        for digest, length in lengths.items():
            bodies.setdefault(body_of(digest, length), []).append(digest)
        alike = [digest for held in bodies.values() if len(held) > 1 for digest in held]
        if not alike:
            break
        for digest in alike:
            lengths[digest] += 1
            if lengths[digest] > LONGEST:
                raise ValueError("two digests begin alike beyond the longest code")
    made = (body_of(digest, lengths[digest]) for digest in digests)
    return tuple(body + check_sign(body) for body in made)


def written(code: str) -> str:
    """The code in groups of four, as papers print it.

    >>> written("K7M4QX9P")
    'K7M4-QX9P'
    """
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def typed(text: str) -> str:
    """The code in what somebody typed: small letters, full-width signs, spaces and hyphens are taken as meant.

    >>> typed(" k7m4-qx9p ")
    'K7M4QX9P'
    """
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def misread(code: str) -> str:
    """Why a typed code cannot be one, in a sentence without a full stop; "" where it can.

    >>> misread("2222222" + "2")
    ''
    """
    strange = list(dict.fromkeys(sign for sign in code if sign not in _VALUES))
    if strange:
        shown = "、".join(f"“{sign}”" for sign in strange[:5])
        return f"里面有{shown},核验码只用数字2至9和除I、L、O以外的大写字母"
    if not SHORTEST < len(code) <= LONGEST + 1:
        return f"有{len(code)}位,核验码至少{SHORTEST + 1}位"
    return "" if check_sign(code[:-1]) == code[-1] else "最后一位校验不符,多半是抄错了一位或颠倒了两位"


def near(code: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known codes that a mistyped one may stand for, the likeliest first; at most three."""
    return tuple(difflib.get_close_matches(code, sorted(known), n=_NEAR, cutoff=0.7))
