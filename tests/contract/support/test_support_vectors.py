"""Worked examples of support: project reference on mechanisms, section 16 (1 to 4, 9, 11, 16, 17, 20, 25). Money in 万元."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from luming.standards import Outcome, assess, read_facts
from luming.support import (
    Binding,
    Catalogue,
    Entitlement,
    Payment,
    Verdict,
    entitlement,
    entitlements,
    read_support,
)

PACKS = Path(__file__).parents[3] / "packs"
DAY = dt.date(2025, 6, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_support(PACKS / owner for owner in ("national", "neimenggu", "baotou"))


def facts_of(catalogue: Catalogue, **row: Any) -> dict[str, Any]:
    facts, faults = read_facts(row, catalogue.inputs)
    assert not faults
    assert set(row) <= set(catalogue.inputs)
    return facts


def said(catalogue: Catalogue, key: str, day: dt.date = DAY, **row: Any) -> Entitlement:
    return entitlement(catalogue.items[key], facts_of(catalogue, **row), day)


def wan(fen: int) -> Fraction:
    return Fraction(fen, 10**6)


REGION = {"in_inner_mongolia": True, "resident_in_china": True, "illegal_list": False}


@pytest.mark.parametrize(
    ("this_year", "last_year", "above_scale", "subsidy"),
    [(8000, 5000, True, 380), (30000, 20000, True, 500), (8000, 5000, False, 80)],
)
def test_vectors_1_to_3(
    catalogue: Catalogue, this_year: int, last_year: int, above_scale: bool, subsidy: int
) -> None:
    row = {"deducted_rd": this_year, "deducted_rd_y2": last_year, "above_scale_industrial": above_scale}
    found = said(catalogue, "nm_rd_subsidy", **REGION, **row)
    assert found.verdict is Verdict.YES
    assert wan(found.amount.high) == subsidy
    assert (wan(found.expected.low), wan(found.expected.high)) == (0, subsidy)
    assert not found.told


def test_vector_4_no_record_is_unknown_not_no(catalogue: Catalogue) -> None:
    found = said(catalogue, "nm_rd_subsidy", **REGION, above_scale_industrial=True, deducted_rd_y2=5000)
    assert found.verdict is Verdict.UNKNOWN
    assert found.asked == ("deducted_rd",)


def test_vector_9_split_of_a_guaranteed_loss(catalogue: Catalogue) -> None:
    found = said(
        catalogue, "nat_guarantee", little_giant_valid=False, specialised_valid=False, national_project_sme=False,
        hnte_valid=True, guarantee_balance=1000, loan_loss=800, bank_share=20, province_share=20,
    )  # fmt: skip
    assert found.verdict is Verdict.YES
    assert found.assessment is not None
    amounts = found.assessment.amounts
    shares = [amounts[key].low / 10000 for key in ("bank", "national", "province", "local")]
    assert shares == [160, 280, 160, 200]
    assert found.payable.high == 0


LISTED = """
document: {title: 呼和浩特市新型工业化十条(写法示例), issuer: 呼和浩特市, issued: 2024-03-05}
mark: verified
in_force: {from: 2024-03-05}
items:
  listed_industry:
    name: 入规奖励
    kind: award
    condition: above_scale_industrial
    amount: {instalments: [10万元, 20万元, 30万元]}
"""


def test_vector_11_instalments_end_with_dropping_out(catalogue: Catalogue, tmp_path: Path) -> None:
    """The firm is on the list in year 1, leaves it in year 2, is back in year 3: 100,000 yuan in all."""
    (tmp_path / "town" / "support").mkdir(parents=True)
    (tmp_path / "town" / "support" / "list.yaml").write_text(LISTED, encoding="utf-8")
    item = read_support([tmp_path / "town"], catalogue.standards).items["listed_industry"]

    def paid_over(years: list[bool]) -> Fraction:
        paid: list[Payment] = []
        for year, holds in enumerate(years, 2025):
            facts = facts_of(catalogue, above_scale_industrial=holds)
            found = entitlement(item, facts, dt.date(year, 6, 1), paid)
            if found.verdict is Verdict.YES:
                paid.append(Payment(item.key, found.payable.high, year))
        return wan(sum(payment.amount for payment in paid))

    assert paid_over([True, False, True]) == 10
    assert paid_over([True, True, True]) == 60
    assert paid_over([True, True, True, True]) == 60
    assert paid_over([False, True, True, True]) == 60
    assert paid_over([True, True, False, True]) == 30


@pytest.mark.parametrize(
    ("trade", "share", "outcome"), [(4000, "0.65", Outcome.PASS), (3999, "0.649875", Outcome.FAIL)]
)
def test_vector_16_green_power_share(catalogue: Catalogue, trade: int, share: str, outcome: Outcome) -> None:
    standard = catalogue.standards.named("green_power_share@2025")
    assert standard is not None
    row = {"power_use": 8000, "green_power_traded": trade, "green_power_own": 500, "green_certificates": 700}
    found = assess(standard, facts_of(catalogue, **row), DAY)
    assert found.outcome is outcome
    assert found.values["green_share"].low == Fraction(share)
    assert found.values["physical_share"].low == Fraction(trade + 500, 8000)


def test_vector_17_one_certificate_pays_once(catalogue: Catalogue) -> None:
    day = dt.date(2024, 6, 1)
    facts = facts_of(catalogue, in_inner_mongolia=True, illegal_list=False, hnte_first=True)
    item = catalogue.items["nm_hnte_first"]
    number = {"certificate_no": "GR202415000001"}
    first = entitlement(item, facts, day, (), number)
    assert (first.verdict, wan(first.payable.high)) == (Verdict.YES, 30)
    paid = [Payment(item.key, first.payable.high, day.year, number["certificate_no"])]
    second = entitlement(item, facts, day, paid, number)
    assert (second.verdict, second.payable.high, second.binding) == (Verdict.NO, 0, Binding.PAID)
    assert "不再重复" in second.against[-1]


def test_vector_20_envoys(catalogue: Catalogue) -> None:
    found = said(catalogue, "nm_envoy_excellent", excellent_stations=16, excellent_envoys=39)
    assert found.verdict is Verdict.YES
    assert wan(found.payable.low) == wan(found.payable.high) == 437


@pytest.mark.parametrize("key", ["bt_result_tax_12"])
def test_vector_25_a_clause_is_repealed_by_itself(catalogue: Catalogue, key: str) -> None:
    facts = facts_of(catalogue, result_industrialised=True)
    before, after = dt.date(2025, 1, 10), dt.date(2025, 3, 1)
    found = entitlements(catalogue, facts, before).of(key)
    assert found.verdict is Verdict.YES
    assert found.manual
    with pytest.raises(KeyError):
        entitlements(catalogue, facts, after).of(key)
    late = entitlement(catalogue.items[key], facts, after)
    assert (late.verdict, late.manual) == (Verdict.NO, "")
    assert "包府发〔2025〕3号" in late.against[0]


@pytest.mark.parametrize(
    ("key", "fact", "cap"),
    [
        ("bt_poc_platform", "poc_conditions_met", 30),
        ("bt_pilot_platform", "pilot_conditions_met", 30),
        ("bt_scenario_project", "scenario_selected", 500),
    ],
)
def test_the_three_caps_of_the_document_are_ceilings(
    catalogue: Catalogue, key: str, fact: str, cap: int
) -> None:
    unknown = said(catalogue, key)
    assert unknown.verdict is Verdict.UNKNOWN
    assert unknown.asked == (fact,)
    sure = said(catalogue, key, **{fact: True})
    assert (wan(sure.expected.low), wan(sure.expected.high)) == (0, cap)
