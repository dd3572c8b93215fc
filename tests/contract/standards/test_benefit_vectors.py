"""Worked examples of computed benefits: project reference on standards, section 8 (RD-1, RD-2, SM-1), and on mechanisms,
section 16 (1 to 4 and 9). Money in 万元."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from luming.standards import Assessment, Catalogue, Outcome, assess, read_facts, read_standards

PACKS = Path(__file__).parents[3] / "packs"
DAY = dt.date(2025, 6, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_standards(PACKS / owner for owner in ("national", "neimenggu", "baotou"))


def said(catalogue: Catalogue, name: str, day: dt.date = DAY, **row: Any) -> Assessment:
    standard = catalogue.named(name)
    assert standard is not None
    facts, faults = read_facts(row, standard.inputs)
    assert not faults
    assert set(row) <= set(standard.inputs)
    return assess(standard, facts, day)


def money(found: Assessment, key: str) -> Fraction:
    span = found.amounts[key]
    assert span.low == span.high
    return span.low / 10000


DEDUCTION = {
    "resident_in_china": True,
    "audited_collection": True,
    "rd_bookable": True,
    "no_deduction_industry": False,
    "ic_or_machine_tool": False,
    "enjoys_small_low_profit": False,
    "in_inner_mongolia": False,
    "rd_five": 900,
    "rd_other": 150,
    "rd_entrusted_domestic": 100,
    "rd_entrusted_overseas": 0,
}


@pytest.mark.parametrize(("hnte", "saving"), [(True, 162), (False, 270)])
def test_rd_1_super_deduction(catalogue: Catalogue, hnte: bool, saving: int) -> None:
    found = said(catalogue, "super_deduction@2023", **DEDUCTION, hnte_valid=hnte)
    assert found.outcome is Outcome.PASS
    assert found.values["other_limit"].low == 100 * 10000
    assert money(found, "deduction") == 1080
    assert money(found, "saving") == saving


@pytest.mark.parametrize(
    ("small", "deducted", "subsidy"), [(False, 5000, 150), (False, 8000, 200), (True, 3000, 150)]
)
def test_rd_2_baotou_after_subsidy(catalogue: Catalogue, small: bool, deducted: int, subsidy: int) -> None:
    found = said(
        catalogue, "baotou_rd_subsidy@2022", in_baotou=True, small_or_micro=small, deducted_rd=deducted
    )
    assert money(found, "subsidy") == subsidy


@pytest.mark.parametrize(("income", "tax"), [("300", "15"), ("300.01", "75.0025"), ("260", "13")])
def test_sm_1_small_low_profit(catalogue: Catalogue, income: str, tax: str) -> None:
    found = said(
        catalogue,
        "small_low_profit@2023",
        taxable_income=income,
        employees_mean=100,
        assets_mean=3000,
        prohibited_products=False,
    )
    assert money(found, "tax") == Fraction(tax)


REGION = {"in_inner_mongolia": True, "resident_in_china": True, "illegal_list": False}


@pytest.mark.parametrize(
    ("this_year", "last_year", "above_scale", "subsidy"),
    [(8000, 5000, True, 380), (30000, 20000, True, 500), (8000, 5000, False, 80)],
)
def test_vectors_1_to_3_regional_after_subsidy(
    catalogue: Catalogue, this_year: int, last_year: int, above_scale: bool, subsidy: int
) -> None:
    row = {"deducted_rd": this_year, "deducted_rd_y2": last_year, "above_scale_industrial": above_scale}
    found = said(catalogue, "nmg_rd_subsidy@2021", **REGION, **row)
    assert found.outcome is Outcome.PASS
    assert money(found, "subsidy") == subsidy


def test_vector_4_no_record_is_unknown_not_no(catalogue: Catalogue) -> None:
    found = said(catalogue, "nmg_rd_subsidy@2021", **REGION, above_scale_industrial=True)
    assert found.outcome is Outcome.UNKNOWN
    assert "deducted_rd" in found.missing


def test_vector_9_split_of_a_guaranteed_loss(catalogue: Catalogue) -> None:
    found = said(
        catalogue,
        "guarantee_tier@2024",
        little_giant_valid=False,
        specialised_valid=False,
        national_project_sme=False,
        hnte_valid=True,
        guarantee_balance=1000,
        loan_loss=800,
        bank_share=20,
        province_share=20,
    )
    assert found.outcome is Outcome.PASS
    assert found.class_ == "tier35"
    shares = {key: money(found, key) for key in ("bank", "national", "province", "local")}
    assert shares == {"bank": 160, "national": 280, "province": 160, "local": 200}
    assert sum(shares.values()) == 800
