"""Every standard in the packs carries its cases: each edge, each day, each missing fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from luming.standards.cases import cases_file, differences, read_cases
from luming.standards.loader import Catalogue, read_standards

PACKS = Path(__file__).parents[2] / "packs"
FILES = sorted(
    path
    for path in PACKS.glob("*/standards/*/*.yaml")
    if path.parent.name != "inputs" and ".cases." not in path.name
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_standards(path for path in PACKS.iterdir() if path.is_dir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_the_standard_says_what_its_cases_expect(path: Path, catalogue: Catalogue) -> None:
    standard = catalogue.named(f"{path.parent.name}@{path.stem}")
    assert standard is not None, "file and folder are named after version and standard"
    cases, faults = read_cases(cases_file(path), standard)
    assert not [fault.sentence() for fault in faults]
    assert cases
    wrong = {case.name: found for case in cases if (found := differences(case, standard))}
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_no_two_cases_bear_one_name(path: Path, catalogue: Catalogue) -> None:
    standard = catalogue.named(f"{path.parent.name}@{path.stem}")
    assert standard is not None
    names = [case.name for case in read_cases(cases_file(path), standard)[0]]
    assert len(names) == len(set(names))
