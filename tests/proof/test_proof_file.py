"""The proof file: the same proofs are the same bytes, and whatever is altered in them is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.proof import Book, Kind, ProofFaults, find, from_bytes, to_bytes, written
from luming.proof.canonical import digest
from luming.proof.proof_file import _written
from luming.proof.seal import coded


@pytest.fixture(scope="module")
def few(real) -> Book:
    """A book of three proofs with all that they rest on."""
    kinds = (Kind.VALUE, Kind.COMPLETION, Kind.LIGHT)
    return Book(
        real.book.made_from, tuple(next(p for p in real.book.proofs if p.kind is kind) for kind in kinds)
    )


def altered(content: bytes) -> str:
    with pytest.raises(ProofFaults) as caught:
        from_bytes(content, "out/proofs.json")
    return str(caught.value)


def test_what_is_written_is_read_back(either) -> None:
    content = to_bytes(either.book)
    again = from_bytes(content, "proofs.json", hashlib.sha256(content).hexdigest())
    assert again == either.book
    assert to_bytes(again) == content


def test_the_file_is_canonical_json_on_short_lines(either) -> None:
    content = to_bytes(either.book)
    held = json.loads(content)
    assert held["format"] == "luming.proofs/1"
    assert len(held["proofs"]) == len(either.book.proofs)
    assert content.count(b"\n") > len(either.book.proofs) + len(held["inputs"])


def test_every_altered_byte_is_noticed(few) -> None:
    content = to_bytes(few)
    for at, byte in enumerate(content):
        changed = bytearray(content)
        changed[at] = byte ^ 1
        assert "没有核验" in altered(bytes(changed)), at


@settings(max_examples=60)
@given(data=st.data())
def test_cut_doubled_or_foreign_bytes_are_noticed(real, data) -> None:
    content = to_bytes(real.book)
    at = data.draw(st.integers(0, len(content) - 1))
    foreign = data.draw(st.binary(min_size=1, max_size=3))
    way = data.draw(st.sampled_from(["cut", "insert", "end", "blank"]))
    made = {
        "cut": content[:at] + content[at + 1 :],
        "insert": content[:at] + foreign + content[at:],
        "end": content[:at],
        "blank": content + b" ",
    }[way]
    if made != content:
        assert altered(made)


def resealed(content: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The file with a change, and the digest of the whole drawn again by somebody who knows how."""
    held = json.loads(content)
    change(held)
    held["sha256"] = digest({name: value for name, value in held.items() if name != "sha256"})
    return _written(held)


def _fact(held: dict[str, Any]) -> dict[str, Any]:
    return next(value for name, value in held["inputs"].items() if name.startswith("fact "))


CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "value of a fact": lambda held: _fact(held).update(value="999"),
    "day of a fact": lambda held: _fact(held).update(recorded_on="2020-01-01"),
    "id of a fact": lambda held: _fact(held).update(id="other"),
    "printed words": lambda held: held["proofs"][0].update(words="999亿元"),
    "exact value": lambda held: held["proofs"][0].update(value="999"),
    "unit": lambda held: held["proofs"][0].update(unit="万元"),
    "formula": lambda held: held["proofs"][0].update(formula="别的算式"),
    "quote": lambda held: held["proofs"][0].update(quote="别的原文"),
    "day": lambda held: held["proofs"][0].update(as_of="2025-12-30"),
    "code": lambda held: held["proofs"][0].update(code="22222222"),
    "swapped codes": lambda held: (
        held["proofs"][0].update(code=held["proofs"][1]["code"]),
        held["proofs"][1].update(code="22222222"),
    ),
    "rule": lambda held: held["proofs"][0].update(rule="value/2"),
    "kind": lambda held: held["proofs"][0].update(kind="gap"),
    "no such kind": lambda held: held["proofs"][0].update(kind="odd"),
    "edges of the light": lambda held: held["inputs"]["light_rule"].update(yellow_from_points="5"),
    "no rule": lambda held: held["inputs"].pop("light_rule"),
    "no facts": lambda held: held.update(facts={}),
    "no proofs": lambda held: held.pop("proofs"),
    "list for a mapping": lambda held: held.update(inputs=[]),
    "fewer inputs": lambda held: held["proofs"][0]["inputs"].pop(),
    "odd number": lambda held: _fact(held).update(value="NaN"),
    "number for text": lambda held: _fact(held).update(value=1),
    "sentence": lambda held: next(v for n, v in held["inputs"].items() if n.startswith("sentence")).update(
        title="x"
    ),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_change_is_noticed_even_under_a_new_digest_of_the_whole(few, name) -> None:
    said = altered(resealed(to_bytes(few), CHANGES[name]))
    assert "out/proofs.json" in said
    assert "没有核验" in said


def test_a_wholly_new_proof_cannot_keep_the_printed_code(real) -> None:
    """Whoever draws every digest anew gets another code, so the paper's code is found no more."""
    from dataclasses import replace

    from luming.proof.seal import Sealer

    proof = next(one for one in real.book.proofs if one.kind is Kind.VALUE)
    forged = Sealer().sealed(replace(proof, result=replace(proof.result, words="999亿元", value="999")))
    book = from_bytes(to_bytes(Book({}, coded([forged]))), "proofs.json")
    with pytest.raises(ProofFaults, match="这里没有"):
        find([book], written(proof.code))


def test_a_file_that_its_run_did_not_write_is_noticed(few) -> None:
    with pytest.raises(ProofFaults, match=r"run\.json"):
        from_bytes(to_bytes(few), "proofs.json", "0" * 64)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "JSON"),
        (b"[]", "最外层"),
        (b"\xff", "JSON"),
        (b'{"format":"luming.proofs/1","format":"x"}', "JSON"),
        (b'{"format":"luming.proofs/9"}', "请用写出它的那一版程序核验"),
        (b"[" * 100_000, "JSON"),
        (b'{"format":"luming.proofs/1"}', "校验值"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(content, words) -> None:
    assert words in altered(content)


def test_an_empty_book_is_a_book() -> None:
    assert from_bytes(to_bytes(Book({}, ())), "proofs.json").proofs == ()
