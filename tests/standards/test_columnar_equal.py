"""The evaluator over tables says what the scalar evaluator says: on random standards, random firms, every field."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from luming.standards import StandardFaults, read_standards
from luming.standards.columnar import TooLarge, Wanted, assess_table
from standards.columns_and_cells import differing, expected, write_table, written
from standards.random_standards import AS_OF, Writer, constants, firms, load

PACKS = Path(__file__).parents[2] / "packs"
ROWS = 60


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
@example(
    175
)  # a figure that may have no value, of one number where it has one, in a table without the fact that tells
@example(290)  # a constant quotient was compared as if its denominator were 1
def test_random_standards_say_the_same_of_random_firms(seed: int) -> None:
    rng = random.Random(seed)
    tree = Writer(rng).standard()
    note(f"{seed:#x} {tree}")
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        try:
            standard = load(tree, folder)
        except StandardFaults as problem:
            pytest.fail(problem.report(5))
        rows = firms(rng, standard, constants(tree), ROWS)
        absent = [key for key in standard.inputs if rng.random() < 0.08]
        absent = absent if len(absent) < len(standard.inputs) else []
        rows = [{key: value for key, value in row.items() if key not in absent} for row in rows]
        write_table(standard, rows, folder / "firms.parquet", absent)
        try:
            assess_table(
                [standard], folder / "firms.parquet", folder / "out.parquet", AS_OF, wanted=Wanted(parts=True)
            )
        except TooLarge:
            return
        assert not differing(expected(standard, rows, AS_OF), written(folder / "out.parquet"))


@pytest.mark.parametrize(
    "name", sorted({path.parent.name for path in PACKS.glob("*/standards/*/*.yaml")} - {"inputs"})
)
def test_every_standard_in_the_packs_says_the_same(name: str, tmp_path: Path) -> None:
    catalogue = read_standards(path for path in PACKS.iterdir() if path.is_dir())
    for standard in catalogue.versions[name]:
        rng = random.Random(standard.name)
        edges = [
            edge / standard.inputs[key].factor for key, found in standard.split.items() for edge in found
        ]
        rows = firms(
            rng, standard, [*constants([float(edge) for edge in edges]), *constants("10 100 1000 5000 3")], 80
        )
        write_table(standard, rows, tmp_path / "firms.parquet")
        try:
            assess_table(
                [standard],
                tmp_path / "firms.parquet",
                tmp_path / "out.parquet",
                AS_OF,
                wanted=Wanted(parts=True),
            )
        except TooLarge:
            assert standard.key in {"nmg_benchmark"}
            continue
        assert not differing(expected(standard, rows, AS_OF), written(tmp_path / "out.parquet"))
