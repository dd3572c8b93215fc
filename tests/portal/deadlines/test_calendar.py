"""What stands in whose calendar, and the feed: address, rights, revoking, a file that others' readers understand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from luming_portal.accounts.roles import Role
from luming_portal.cases.models import CaseTurn
from luming_portal.deadlines.entry import KINDS, Entry, days_of
from luming_portal.deadlines.icalendar_file import calendar_file
from luming_portal.deadlines.models import FeedAddress
from luming_portal.deadlines.selectors import entries_for
from luming_portal.deadlines.services import MOST_ADDRESSES, make_address
from luming_portal.documents.models import Document
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.indicators.models import Indicator
from luming_portal.projects.models import Milestone, Project
from luming_portal.reporting.models import Report, ReportingMonth
from portal.conftest import recorded
from portal.small_cases import small_case

MakeUser, ClientOf = Callable[..., Any], Callable[..., Client]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def people(make_user: MakeUser) -> dict[str, Any]:
    """A firm, its department, another department, a district, the office, and what concerns them."""
    today = timezone.localdate()
    soon, now = today + dt.timedelta(days=3), timezone.now()
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
        changes.save(Qualification(enterprise=firm, title="高新技术企业", valid_until=soon))
        changes.save(Qualification(enterprise=firm, title="瞪羚企业"))
        project = changes.save(
            Project(key="P-1", name="中试线", district="青山区", steward="市科技局", published=True)
        )
        changes.save(Milestone(project=project, label="封顶", due=today - dt.timedelta(days=5)))
        changes.save(
            Milestone(
                project=project,
                label="开工",
                due=today - dt.timedelta(days=9),
                done_on=today,
                evidence="纪要",
            )
        )
        document = changes.save(Document(key="lushan.2026-1", title="文件", place="鹿山市", year=2026))
        month = changes.save(
            ReportingMonth(
                document=document,
                year=today.year,
                month=today.month,
                due_on=soon,
                verify_by=soon,
                publish_by=soon,
            )
        )
        indicator = changes.save(
            Indicator(key="rd", label="研发", definition="口径", unit="家", kind="stock", frequency="year")
        )
        changes.save(
            Report(
                reporting_month=month,
                unit="市科技局",
                lead="市科技局",
                indicator=indicator,
                subject="鹿山市",
                period="2026-02",
                of_measure="家",
            )
        )
    case = small_case(enterprise=firm, due_at=now + dt.timedelta(days=2))
    CaseTurn.objects.create(
        case=case,
        plays="department",
        unit="市科技局",
        part="unit",
        kind="move",
        labels=["同意"],
        since=now,
        due_at=now + dt.timedelta(days=2),
    )
    return {
        "firm": make_user(Role.ENTERPRISE, "firm", enterprise=firm),
        "unit": make_user(Role.DEPARTMENT, "unit", unit="市科技局"),
        "other": make_user(Role.DEPARTMENT, "other", unit="市工信局"),
        "district": make_user(Role.DISTRICT, "district", district="青山区"),
        "office": make_user(Role.OFFICE, "office"),
    }


def _kinds(user: Any) -> list[str]:
    return sorted(one.kind for one in entries_for(user, timezone.localdate()))


def test_everybody_finds_what_concerns_him_and_nothing_else(people: dict[str, Any]) -> None:
    assert {who: _kinds(user) for who, user in people.items()} == {
        "firm": ["case", "title"],
        "unit": ["milestone", "reporting", "turn"],
        "other": [],
        "district": ["milestone"],
        "office": ["milestone", "reporting", "reporting", "reporting"],
    }
    late = [one for one in entries_for(people["district"], timezone.localdate()) if one.over]
    assert [one.title for one in late] == ["中试线:封顶"]


def test_the_page_shows_it_day_by_day(people: dict[str, Any], client_of: ClientOf) -> None:
    page = client_of(people["unit"]).get("/calendar/").content.decode()
    assert "已逾期" in page
    assert "稀土永磁研究中心" in page
    only = client_of(people["unit"]).get("/calendar/?kind=milestone&format=json").json()["entries"]
    assert [one["kind"] for one in only] == ["milestone"]
    assert client_of(None).get("/calendar/").status_code == 403


def test_a_feed_is_read_by_whoever_has_its_address_until_it_is_revoked(
    people: dict[str, Any], client_of: ClientOf
) -> None:
    client, reader = client_of(people["firm"]), client_of(None)
    page = client.post("/calendar/", {"name": "手机"})
    assert page.status_code == 201
    path = re.search(r"/calendar/feed/[\w-]{43}\.ics", page.content.decode())
    assert path is not None
    assert path[0] not in client.get("/calendar/").content.decode()
    answer = reader.get(path[0])
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(one["UID"]).split("-")[0] for one in events} == {"case", "title"}
    again = Calendar.from_ical(reader.get(path[0]).content).walk("VEVENT")
    assert {str(one["UID"]) for one in events} == {str(one["UID"]) for one in again}
    address = FeedAddress.objects.get()
    assert address.last_used_at is not None
    assert client_of(people["unit"]).post(f"/calendar/{address.pk}/revoke/").status_code == 404
    assert client.post(f"/calendar/{address.pk}/revoke/").status_code == 302
    assert reader.get(path[0]).status_code == 404
    assert reader.get(f"/calendar/feed/{'a' * 43}.ics").status_code == 404
    assert client.post("/calendar/", {"name": " "}).status_code == 400


def test_a_feed_ends_with_its_owners_account(people: dict[str, Any], client_of: ClientOf) -> None:
    _address, secret = make_address("手机", by=people["unit"])
    assert client_of(None).get(f"/calendar/feed/{secret}.ics").status_code == 200
    with recorded() as changes:
        people["unit"].is_active = False
        changes.save(people["unit"])
    assert client_of(None).get(f"/calendar/feed/{secret}.ics").status_code == 404


def test_addresses_are_few(people: dict[str, Any], client_of: ClientOf) -> None:
    for at in range(MOST_ADDRESSES):
        make_address(f"第{at}个", by=people["unit"])
    assert client_of(people["unit"]).post("/calendar/", {"name": "再一个"}).status_code == 400


def test_the_file_is_as_rfc_5545_has_it() -> None:
    entries = [
        Entry("a-1", "turn", TODAY, "事项:很长" + "的标题" * 40, "第一行\n第二行;分号,逗号", "/cases/1/"),
        Entry(
            "b-2",
            "case",
            TODAY,
            "到点",
            moment=dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC),
            over=True,
            demo=True,
        ),
    ]
    now = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    written = calendar_file(
        entries, {"turn": "待我办理"}, name="日程", site="https://luming.example", now=now
    )
    assert written == calendar_file(
        entries, {"turn": "待我办理"}, name="日程", site="https://luming.example", now=now
    )
    lines = written.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    first, second = Calendar.from_ical(written).walk("VEVENT")
    assert first.decoded("dtstart") == TODAY
    assert first.decoded("dtend") == TODAY + dt.timedelta(days=1)
    assert str(first["description"]) == "第一行\n第二行；分号，逗号"
    assert str(first["url"]) == "https://luming.example/cases/1/"
    assert str(second["summary"]).startswith("【演示】【逾期】")
    assert second.decoded("dtstart") == dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


def test_a_kind_of_days_has_one_source() -> None:
    with pytest.raises(ValueError, match="already"):

        @days_of("turn", "另一种")
        def other(user: Any, first: dt.date, last: dt.date) -> list[Entry]:
            return []

    assert KINDS["turn"].source.__name__ == "turn_days"
