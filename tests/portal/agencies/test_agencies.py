"""Service agencies: one line a year, a grade with its ground, and who counts as newly entered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from luming_portal.agencies.following import follow
from luming_portal.agencies.models import AgencyGrade
from luming_portal.agencies.selectors import newly_entered
from portal.conftest import recorded
from portal.panels.making import make_case

pytestmark = pytest.mark.django_db


def test_a_grade_says_on_what_it_rests() -> None:
    with pytest.raises(ValidationError):
        AgencyGrade(key="A1", name="甲", year=2025, grade="A").clean()
    AgencyGrade(key="A1", name="甲", year=2025, grade="A", basis="台账核查").clean()


def test_a_case_enters_grades_and_removes(make_user: Any) -> None:
    data: dict[str, Any] = {
        "service_types": ["检验检测"],
        "entered_on": "2025-04-01",
        "clients_last_year": 12,
    }
    case = make_case(process="service_agency", state="registered", data=data)
    case.moved_at = case.moved_at.replace(year=2025)
    follow(None, case, None, None)
    first = AgencyGrade.objects.get()
    assert (first.year, first.grade, first.entered_on) == (2025, "", dt.date(2025, 4, 1))
    case.data = {
        **data,
        "report_year": "2026",
        "grade": "B",
        "grade_reason": "客户30家",
        "clients_last_year": 30,
    }
    follow(None, case, None, None)
    second = AgencyGrade.objects.get(year=2026)
    assert (second.grade, second.basis, second.clients) == ("B", "客户30家", 30)
    assert AgencyGrade.objects.get(year=2025).grade == ""
    case.state = "removed"
    follow(None, case, None, None)
    assert AgencyGrade.objects.get(year=2026).left_on is not None


def test_newly_entered_are_distinct_and_count_once() -> None:
    rows = [
        ("甲", "91150291MA0N1C0R2D", 2025, dt.date(2025, 2, 1)),
        ("甲公司", "91150291MA0N1C0R2D", 2026, dt.date(2026, 2, 1)),
        ("乙", "", 2025, dt.date(2025, 3, 1)),
        ("乙", "", 2026, dt.date(2025, 3, 1)),
        ("丙", "", 2026, dt.date(2026, 3, 1)),
        ("丁", "", 2026, None),
    ]
    with recorded() as changes:
        for at, (name, code, year, day) in enumerate(rows):
            changes.save(AgencyGrade(key=f"A{at}", name=name, credit_code=code, year=year, entered_on=day))
    assert (newly_entered(2025), newly_entered(2026)) == (2, 1)
