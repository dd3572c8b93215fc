"""Worked examples of the standards and mechanisms references (TS, HN, IN, ZJ, XJ, SZ, GZ, BG, KC; vectors 5 to 8)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from luming.standards import Catalogue, differences, read_facts, read_standards
from luming.standards.cases import Case

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = yaml.load(
    (HERE / "recognition_vectors.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)["vectors"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    packs = HERE.parents[2] / "packs"
    return read_standards(packs / owner for owner in ("national", "neimenggu", "baotou"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda item: f"{item['vector']}:{item['name']}")
def test_worked_example(vector: dict[str, Any], catalogue: Catalogue) -> None:
    standard = catalogue.named(vector["standard"])
    assert standard is not None
    facts, faults = read_facts(vector["facts"], standard.inputs)
    assert not faults
    assert set(vector["facts"]) <= set(standard.inputs)
    expect = {key: None if value == "null" else value for key, value in vector["expect"].items()}
    case = Case(vector["name"], dt.date.fromisoformat(vector["as_of"]), facts, expect, vector["vector"])
    assert not differences(case, standard)


def test_no_example_is_left_out() -> None:
    wanted = {
        *(
            "TS-1",
            "TS-2",
            "TS-3",
            "TS-4",
            "HN-1",
            "HN-2",
            "HN-3",
            "IN-1",
            "ZJ-1",
            "ZJ-2",
            "XJ-1",
            "SZ-1",
            "GZ-1",
        ),
        *("BG-1", "KC-1"),
        *(f"mechanisms vector {number}" for number in (5, 6, 7, 8)),
    }
    assert {vector["vector"] for vector in VECTORS} == wanted
