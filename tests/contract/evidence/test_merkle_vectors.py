"""The published vectors of RFC 6962 trees (the same tree as RFC 9162): roots, and proofs good and broken.

Source: transparency-dev/merkle at 417fb0c3, Apache-2.0; the eight leaves were first published with the Certificate Transparency sources.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from luming.evidence.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

HERE = Path(__file__).parent
TREE = json.loads((HERE / "rfc6962_tree.json").read_text(encoding="utf-8"))
INCLUSION = json.loads((HERE / "rfc6962_inclusion.json").read_text(encoding="utf-8"))["cases"]
CONSISTENCY = json.loads((HERE / "rfc6962_consistency.json").read_text(encoding="utf-8"))["cases"]
LEAVES = [bytes.fromhex(text) for text in TREE["leaf_inputs"]]


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _proof(case: dict[str, Any]) -> list[bytes] | None:
    return None if case["proof"] is None else [_bytes(text) for text in case["proof"]]


def test_leaves_and_roots_of_every_size() -> None:
    assert [leaf_hash(leaf).hex() for leaf in LEAVES] == TREE["node_hashes_by_level"][0]
    roots = TREE["root_by_size"]
    found = {str(size): root(LEAVES[:size]).hex() for size in range(len(LEAVES) + 1)}
    assert found == (
        roots if isinstance(roots, dict) else {str(size): text for size, text in enumerate(roots)}
    )


@pytest.mark.parametrize("case", INCLUSION, ids=lambda case: case["id"])
def test_inclusion(case: dict[str, Any]) -> None:
    said = verify_inclusion(
        _bytes(case["leafHash"]), case["leafIdx"], case["treeSize"], _proof(case), _bytes(case["root"])
    )
    assert said is not case["wantErr"]


@pytest.mark.parametrize("case", CONSISTENCY, ids=lambda case: case["id"])
def test_consistency(case: dict[str, Any]) -> None:
    said = verify_consistency(
        case["size1"], case["size2"], _bytes(case["root1"]), _bytes(case["root2"]), _proof(case)
    )
    assert said is not case["wantErr"]


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_our_own_proofs_are_those_that_verify(size: int) -> None:
    for hash_ in ("sha256", "sm3"):
        head = root(LEAVES[:size], hash_)
        for index in range(size):
            proof = inclusion_proof(LEAVES[:size], index, hash_)
            assert verify_inclusion(leaf_hash(LEAVES[index], hash_), index, size, proof, head, hash_)
            steps = consistency_proof(LEAVES[:size], index + 1, hash_)
            assert verify_consistency(index + 1, size, root(LEAVES[: index + 1], hash_), head, steps, hash_)
