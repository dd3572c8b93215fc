"""The rules are data: their standing is told, and figures that make no sense are refused, all at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from appraisal.making import RULES
from luming.appraisal import AppraisalFaults, load_rules
from luming.errors import PackFaults
from luming.mark import Mark

FILE = Path(__file__).parents[2] / "packs" / "national" / "appraisal.yaml"


def test_no_rule_claims_more_than_is_known() -> None:
    marks = {key: getattr(RULES, key).mark for key in type(RULES).model_fields}
    assert marks == {
        "panel": Mark.SECONDARY,
        "withdrawal": Mark.OURS,
        "scoring": Mark.OURS,
        "vote": Mark.OURS,
        "credit": Mark.OURS,
        "income": Mark.MEMORY,
    }
    assert all(getattr(RULES, key).note for key in marks)
    assert all(getattr(RULES, key).source for key, mark in marks.items() if mark is not Mark.OURS)


def test_shares_are_exact() -> None:
    assert (RULES.panel.technical_share, RULES.vote.needed) == (Fraction(2, 3), Fraction(2, 3))


@pytest.mark.parametrize(
    ("line", "bad", "key"),
    [
        ("fewest: 5", "fewest: 10", "panel.fewest"),
        ("technical_share: 2/3", "technical_share: 4/3", "panel.technical_share"),
        ("per_unit: 2", "per_unit: 0", "panel.per_unit"),
        ("joint_work_years: 5", "joint_work_years: -1", "withdrawal.joint_work_years"),
        ("trim_from: 7", "trim_from: 2", "scoring.trim_from"),
        ("discuss_above: 30", "discuss_above: -1", "scoring.discuss_above"),
        ("needed: 2/3", "needed: 0", "vote.needed"),
        ("transfer_floor: 1/2", "transfer_floor: 3/2", "income.transfer_floor"),
        ("own_use_floor: 1/20", "own_use_floor: -1/20", "income.own_use_floor"),
        ("own_use_years_fewest: 3", "own_use_years_fewest: 6", "income.own_use_years_fewest"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(tmp_path: Path, line: str, bad: str, key: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert line in text
    (tmp_path / "rules.yaml").write_text(text.replace(line, bad), encoding="utf-8")
    with pytest.raises(AppraisalFaults) as problem:
        load_rules(tmp_path / "rules.yaml")
    assert [key in fault.where for fault in problem.value.faults] == [True]


def test_two_wrong_figures_are_told_together(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("per_unit: 2", "per_unit: 0")
    (tmp_path / "rules.yaml").write_text(text.replace("needed: 2/3", "needed: 5/3"), encoding="utf-8")
    with pytest.raises(AppraisalFaults) as problem:
        load_rules(tmp_path / "rules.yaml")
    assert len(problem.value.faults) == 2


def test_an_unknown_key_is_a_fault_of_the_file(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("per_unit: 2", "per_units: 2")
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults):
        load_rules(tmp_path / "rules.yaml")
