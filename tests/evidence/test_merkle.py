"""The tree against a recursive definition written from the RFC, and every small damage to a proof."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.evidence.merkle import (
    consistency_proof,
    digest_of,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

DATA = st.lists(st.binary(max_size=6), min_size=1, max_size=40)


def _recursive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, as it stands there."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + _recursive(leaves[:split]) + _recursive(leaves[split:])).digest()


@given(DATA)
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert root(leaves) == _recursive(leaves)


@settings(max_examples=60)
@given(DATA, st.data(), st.sampled_from(["sha256", "sm3"]))
def test_proofs_hold_for_what_they_prove_and_for_nothing_else(
    leaves: list[bytes], data: st.DataObject, name: str
) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    head, leaf = root(leaves, name), leaf_hash(leaves[index], name)
    proof = inclusion_proof(leaves, index, name)
    assert verify_inclusion(leaf, index, size, proof, head, name)
    first = data.draw(st.integers(1, size))
    old = root(leaves[:first], name)
    steps = consistency_proof(leaves, first, name)
    assert verify_consistency(first, size, old, head, steps, name)

    at = data.draw(st.integers(0, 31))
    for place in range(len(proof)):
        broken = [*proof[:place], _flipped(proof[place], at), *proof[place + 1 :]]
        assert not verify_inclusion(leaf, index, size, broken, head, name)
    assert not verify_inclusion(_flipped(leaf, at), index, size, proof, head, name)
    assert not verify_inclusion(leaf, index, size, proof, _flipped(head, at), name)
    assert not verify_inclusion(leaf, index, size, [*proof, head], head, name)
    assert not verify_inclusion(leaf, index, size, proof[:-1], head, name) or not proof
    for place in range(len(steps)):
        broken = [*steps[:place], _flipped(steps[place], at), *steps[place + 1 :]]
        assert not verify_consistency(first, size, old, head, broken, name)
    assert not verify_consistency(first, size, _flipped(old, at), head, steps, name)
    assert not verify_consistency(first, size, old, head, [*steps, head], name)


@pytest.mark.parametrize("bad", [-1, 2**64, 1.0, True, "1"])
def test_numbers_that_are_none_are_refused(bad: object) -> None:
    leaf = leaf_hash(b"")
    assert not verify_inclusion(leaf, bad, 2, [leaf], leaf)  # type: ignore[arg-type]
    assert not verify_consistency(bad, 2, leaf, leaf, [leaf])  # type: ignore[arg-type]


def test_many_leaves_need_no_recursion() -> None:
    leaves = [b""] * 100_000
    proof = inclusion_proof(leaves, 77_777)
    assert verify_inclusion(leaf_hash(b""), 77_777, len(leaves), proof, root(leaves))


def test_an_unknown_hash_is_told() -> None:
    with pytest.raises(ValueError, match="md5"):
        digest_of("md5")
    assert digest_of("SHA-256")(b"") == hashlib.sha256(b"").digest()


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
