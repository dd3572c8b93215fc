"""Score schemes: those that come with Luming stand, faulty ones are named, and what is measured is never guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from appraisal.making import RULES
from luming.appraisal import AppraisalFaults, Expert, Speciality, panel_faults, read_schemes
from luming.errors import PackFaults
from luming.mark import Mark

BAOTOU = Path(__file__).parents[2] / "packs" / "baotou"
GOOD = """\
scheme: sample
version: "1"
name: 样例
mark: ours
conclusion: 同意
items:
  - {id: a, label: 甲, weight: 60}
  - {id: b, label: 乙, weight: 40}
grades: [{floor: 60, label: 过}, {floor: 0, label: 不过}]
"""


def _read(tmp_path: Path, text: str, name: str = "sample.yaml"):
    folder = tmp_path / "panels"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return read_schemes([tmp_path])


def test_the_schemes_that_come_with_luming_are_ours_and_say_so() -> None:
    schemes = read_schemes([BAOTOU])
    assert set(schemes) == {
        "rd_project",
        "rd_acceptance",
        "platform_recognition",
        "platform_performance",
        "result_evaluation",
        "innovation_award",
    }
    for one in schemes.values():
        assert one.mark is Mark.OURS
        assert one.not_found
        assert "平台默认口径" in one.note
        assert len(one.sha256) == 64
        for category in one.categories or ("",):
            assert sum(item.weight for item in one.items_of(category)) == 100


def test_the_weights_of_results_by_category() -> None:
    """Mechanisms reference, section 3.3: the three columns."""
    found = read_schemes([BAOTOU])["result_evaluation"]
    columns = {key: [int(one.weight) for one in found.items_of(key)] for key in found.categories}
    assert columns == {
        "basic": [55, 20, 5, 12, 8],
        "applied": [20, 40, 15, 10, 15],
        "development": [5, 30, 35, 10, 20],
    }


def test_the_weights_of_platforms() -> None:
    """Mechanisms reference, section 4.3."""
    found = read_schemes([BAOTOU])["platform_performance"]
    assert [int(one.weight) for one in found.items_of("concept")] == [20, 25, 40, 10, 5]
    assert [int(one.weight) for one in found.items_of("pilot")] == [25, 30, 25, 10, 10]


def test_a_grade_holds_from_its_floor_on(tmp_path: Path) -> None:
    found = _read(tmp_path, GOOD)["sample"]
    assert [found.grade_of(Decimal(x)) for x in ("59.99", "60.00", "100")] == ["不过", "过", "过"]


def test_sixty_measured_and_forty_judged() -> None:
    award = read_schemes([BAOTOU])["innovation_award"]
    assert award.final(Fraction(80), Decimal(90)) == Decimal("86.00")
    assert award.final(Fraction(80), None) is None, "what nobody has measured is no nought"


def test_where_technical_experts_are_not_asked_for_the_other_rules_stay() -> None:
    award = read_schemes([BAOTOU])["innovation_award"]
    panel = [Expert(str(at), f"人{at}", f"单位{at}", Speciality.MANAGEMENT) for at in range(5)]
    assert panel_faults(panel, award.rule(RULES.panel)) == ()
    assert [one.code for one in panel_faults(panel, RULES.panel)] == ["appraisal.technical"]
    assert [one.code for one in panel_faults(panel[:4], award.rule(RULES.panel))] == ["appraisal.number"]


def test_a_category_that_is_none() -> None:
    found = read_schemes([BAOTOU])["result_evaluation"]
    for category in ("", "other"):
        with pytest.raises(AppraisalFaults):
            found.items_of(category)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (("weight: 60", "weight: 61"), ["appraisal.weights"]),
        (("weight: 60", "weights: {x: 60}"), ["scheme.weight"]),
        (("scheme: sample", "scheme: other"), ["scheme.name"]),
        (("floor: 0", "floor: 60"), ["scheme.grade", "scheme.lowest"]),
        (("floor: 60", "floor: 101"), ["scheme.floor"]),
        (("conclusion: 同意", "conclusion: 同意\nexpert_share: 2/5"), ["scheme.measured"]),
        (("conclusion: 同意", "conclusion: 同意\nexpert_share: 0\nmeasured: 量"), ["scheme.share"]),
        (("conclusion: 同意", "conclusion: 同意\ncategories: {c: 丙}"), ["scheme.weights"] * 2),
        (("id: b", "id: a"), ["appraisal.item_twice"]),
    ],
)
def test_a_faulty_scheme_is_refused_with_every_fault(
    tmp_path: Path, change: tuple[str, str], codes: list[str]
) -> None:
    with pytest.raises(PackFaults) as problem:
        _read(tmp_path, GOOD.replace(*change))
    assert [one.code for one in problem.value.faults] == codes
    assert all("sample.yaml" in one.where for one in problem.value.faults)


def test_two_files_of_one_scheme_and_a_file_that_is_none(tmp_path: Path) -> None:
    _read(tmp_path, GOOD)
    with pytest.raises(PackFaults) as problem:
        _read(tmp_path, GOOD, "second.yaml")
    assert [one.code for one in problem.value.faults] == ["scheme.twice", "scheme.name"][::-1] or len(
        problem.value.faults
    ) == 2
    with pytest.raises(PackFaults):
        _read(tmp_path, "- a\n", "third.yaml")
