"""Advice on 科技型中小企业 against the cheapest way reckoned by plain arithmetic, part by part."""

from __future__ import annotations

import datetime as dt
import math
import random
from fractions import Fraction
from pathlib import Path

import pytest

from luming.standards import Outcome, Standard, assess, read_standards
from luming.standards.advice import advise
from luming.standards.evaluator import Fact

PACKS = Path(__file__).parents[2] / "packs"
DAY = dt.date(2026, 1, 5)
NO = [
    "prohibited_products",
    "major_accident",
    "serious_environmental_offence",
    "research_dishonesty",
    "abnormal_list",
    "illegal_list",
    "no_deduction_industry",
    "hnte_valid",
    "national_award_5y_top3",
    "standard_lead_5y",
]
YES = ["resident_in_china", "audited_collection", "rd_bookable"]
SHARES = {4: 10, 8: 15, 12: 20, 16: 25, 20: 30}


@pytest.fixture(scope="module")
def standard() -> Standard:
    found = read_standards([PACKS / "national"]).named("tech_sme@2017")
    assert found is not None
    adjusts = {
        key: (item.adjust.direction, item.adjust.step, item.adjust.cost)
        for key, item in found.inputs.items()
        if item.adjust
    }
    assert adjusts == {
        "revenue": ("up", 100000, 3),  # never helps
        "rd": ("up", 10000, 1),
        "class1_ip": ("up", 1, 20),
        "class2_ip": ("up", 1, 5),
        "employees": ("up", 1, 1),
        "tech_staff": ("up", 1, 2),
    }, "the arithmetic below follows these"
    return found


def staff_ways(employees: int, tech: int) -> dict[int, int]:
    """Points of the staff part → the least cost of hiring; nobody is advised to let people go."""
    found: dict[int, int] = {}
    for total in range(employees, min(500, employees + 40) + 1):
        for points, share in SHARES.items():
            need = max(tech, math.ceil(Fraction(share, 100) * total))
            if need <= total:
                cost = abs(total - employees) + 2 * (need - tech)
                found[points] = min(found.get(points, cost), cost)
    return found


def rd_points(rd: int, revenue: int, cost: int) -> int:
    by_sales = min(max(math.floor(Fraction(rd * 100, revenue)) - 1, 0), 5) * 10
    by_cost = min(max(math.floor(Fraction(rd * 20, cost)) - 1, 0), 5) * 10
    return max(by_sales, by_cost)


def rd_ways(rd: int, revenue: int, cost: int) -> dict[int, int]:
    found: dict[int, int] = {}
    steps = 0
    while 50 not in found:
        found.setdefault(rd_points(rd + steps, revenue, cost), steps)
        steps += 1
    return found


def rights_ways(class2: int) -> dict[int, int]:
    found = {30: 20}
    for more in range(5):
        found.setdefault(min(class2 + more, 4) * 6, 5 * more)
    return found


@pytest.mark.parametrize("seed", range(24))
def test_the_cheapest_way_is_that_of_plain_arithmetic(seed: int, standard: Standard) -> None:
    chance = random.Random(seed)
    while True:
        employees, class2 = chance.randint(5, 500), chance.randint(0, 3)
        tech = chance.randint(0, employees // 3)
        revenue, cost = chance.randint(100, 15000), chance.randint(100, 9000)
        rd = chance.randint(0, revenue // 15 + 1)
        facts: dict[str, Fact] = dict.fromkeys(NO, False) | dict.fromkeys(YES, True)
        facts |= {"rd_body_level": "无", "employees": Fraction(employees), "tech_staff": Fraction(tech)}
        facts |= {
            "class1_ip": Fraction(0),
            "class2_ip": Fraction(class2),
            "total_assets": Fraction(5 * 10**7),
        }
        facts |= {"revenue": Fraction(revenue * 10**4), "rd": Fraction(rd * 10**4)}
        facts |= {"cost_and_expense": Fraction(cost * 10**4)}
        if assess(standard, facts, DAY).outcome is Outcome.FAIL:
            break
    cheapest = min(
        one + two + three
        for points, one in staff_ways(employees, tech).items()
        for more, two in rd_ways(rd, revenue, cost).items()
        for most, three in rights_ways(class2).items()
        if points + more + most >= 60
    )
    (plan, *_) = advise(standard, facts, DAY).plans
    assert (plan.cost, plan.proven) == (cheapest, True)
