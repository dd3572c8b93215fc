"""The code: short, read aloud without doubt, and every slip of the pen noticed."""

from __future__ import annotations

import doctest
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.proof import canonical, code
from luming.proof.code import (
    LONGEST,
    SHORTEST,
    SIGNS,
    body_of,
    check_sign,
    codes_of,
    misread,
    near,
    typed,
    written,
)

DIGESTS = st.binary(min_size=1, max_size=8).map(lambda words: hashlib.sha256(words).hexdigest())


def code_of(digest: str) -> str:
    return codes_of((digest,))[0]


@pytest.mark.parametrize("module", [code, canonical])
def test_examples_in_the_docs_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_signs_that_look_alike_are_left_out() -> None:
    assert not set("0O1IL") & set(SIGNS)
    assert len(set(SIGNS)) == 31


@given(DIGESTS)
def test_a_code_is_short_and_sound(digest: str) -> None:
    made = code_of(digest)
    assert len(made) == SHORTEST + 1
    assert misread(made) == ""
    assert written(made).count("-") == 1


@given(DIGESTS, st.integers(0, SHORTEST), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(digest: str, at: int, sign: str) -> None:
    made = code_of(digest)
    if made[at] != sign:
        assert "校验不符" in misread(made[:at] + sign + made[at + 1 :])


@given(DIGESTS, st.integers(0, SHORTEST), st.integers(0, SHORTEST))
def test_two_signs_that_changed_places_are_noticed(digest: str, one: int, other: int) -> None:
    signs = list(code_of(digest))
    if signs[one] != signs[other]:
        signs[one], signs[other] = signs[other], signs[one]
        assert misread("".join(signs))


@pytest.mark.parametrize(
    "text", ["k7m4-qx9p", "K7M4 QX9P", "K7M4QX9P", "　Ｋ７Ｍ４－ＱＸ９Ｐ", "K7M4—QX9P", "k7m4_qx9p"]
)
def test_what_people_type_is_taken_as_meant(text: str) -> None:
    assert typed(text) == "K7M4QX9P"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("K7M0QX9P", "“0”"),
        ("K7MOQXIP", "“O”、“I”"),
        ("核验", "“核”"),
        ("K7M4", "4位"),
        ("", "0位"),
        ("2" * 40, "40位"),
    ],
)
def test_what_cannot_be_a_code_is_said(text: str, words: str) -> None:
    assert words in misread(text)


def test_digests_that_begin_alike_get_longer_codes() -> None:
    first = int(hashlib.sha256(b"a").hexdigest(), 16)
    alike = [f"{first + step * 31**9:064x}" for step in (0, 1)]
    other = hashlib.sha256(b"b").hexdigest()
    one, two, three = codes_of((*alike, other))
    assert len(one) == len(two) == 11
    assert one != two
    assert len(three) == SHORTEST + 1
    assert written(one).count("-") == 2
    assert misread(one) == misread(two) == ""


def test_digests_that_cannot_be_told_apart_are_refused() -> None:
    alike = [f"{1 + step * 31**LONGEST:064x}" for step in (0, 1)]
    with pytest.raises(ValueError, match="begin alike"):
        codes_of(alike)
    with pytest.raises(ValueError, match="twice"):
        codes_of(("ab", "ab"))


@given(st.lists(DIGESTS, unique=True, max_size=50))
def test_codes_do_not_hang_on_the_order(digests: list[str]) -> None:
    forth = dict(zip(digests, codes_of(digests), strict=True))
    back = dict(zip(digests[::-1], codes_of(digests[::-1]), strict=True))
    assert forth == back
    assert len(set(forth.values())) == len(digests)
    assert all(made == body_of(one, len(made) - 1) + check_sign(made[:-1]) for one, made in forth.items())


@given(
    st.lists(DIGESTS, unique=True, min_size=5, max_size=30), st.integers(0, SHORTEST), st.sampled_from(SIGNS)
)
def test_a_code_with_one_slip_suggests_the_right_one(digests: list[str], at: int, sign: str) -> None:
    codes = codes_of(digests)
    slipped = codes[0][:at] + sign + codes[0][at + 1 :]
    assert codes[0] in near(slipped, codes)
