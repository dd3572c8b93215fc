"""What the leading units told of the measures goes into the bulletin once it is published, for those who may read it all."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from luming_portal.accounts.roles import Role
from luming_portal.documents.models import Document
from luming_portal.reporting.models import Report, ReportingMonth
from portal_records import kept

pytestmark = pytest.mark.django_db


def _told(month: int, text: str, *, demo: bool = False, **fields: Any) -> None:
    period = ReportingMonth.objects.filter(month=month, demo=demo).first() or kept(
        ReportingMonth(
            document=Document.objects.get(key="baotou.2025-1"),
            year=2025,
            month=month,
            due_on=dt.date(2026, 1, 5),
            verify_by=dt.date(2026, 1, 8),
            publish_by=dt.date(2026, 1, 10),
            demo=demo,
        )
    )
    given = {
        "unit": "市科技局",
        "lead": "市科技局",
        "measure": "m19",
        "subject": "包头市",
        "period": f"2025-{month:02d}",
        "stage": "published",
        **fields,
    }
    kept(Report(reporting_month=period, narrative=text, demo=demo, **given))


def _bulletin(client: Client, base: str = "/") -> str:
    answer = client.get(f"{base}papers/bulletin/")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())


def test_published_words_of_the_quarter_are_in_the_bulletin(
    baotou: None, make_user: Any, client_of: Any
) -> None:
    _told(11, "新设服务窗口2个")
    _told(12, "还在起草的话", stage="draft")
    _told(12, "配合单位的话", unit="市财政局")
    _told(9, "上一季度的话")
    _told(11, "虚构的话", demo=True)
    _told(9, "虚构的三季度的话", demo=True)
    office = client_of(make_user(Role.OFFICE))
    text = _bulletin(office)
    assert "措施推进情况" in text
    assert "新设服务窗口2个" in text
    for left_out in ("还在起草的话", "配合单位的话", "上一季度的话", "虚构"):
        assert left_out not in text
    demo = _bulletin(office, "/demo-year/")
    assert "虚构的三季度的话" in demo
    assert "上一季度的话" not in demo


@pytest.mark.parametrize("role", [None, Role.ENTERPRISE, Role.DEPARTMENT])
def test_whoever_may_not_read_all_reports_gets_the_bulletin_without_them(
    role: Role | None, baotou: None, make_user: Any, client_of: Any
) -> None:
    _told(11, "新设服务窗口2个")
    client = client_of(make_user(role, unit="市科技局") if role else None)
    text = _bulletin(client)
    assert "总体情况" in text
    assert "措施推进情况" not in text
    assert "新设服务窗口2个" not in text
