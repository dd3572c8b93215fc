"""Who is told what, once; the inbox; mail that waits, is sent, tried again and given up; the message to webhooks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.api.models import Webhook
from luming_portal.api.webhooks.events import message
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.cases.effects import run_effects
from luming_portal.cases.models import Case, CaseTurn, Escalation
from luming_portal.cases.signals import case_escalated, case_moved
from luming_portal.enterprises.models import Enterprise
from luming_portal.notices.mailing import MOST_ATTEMPTS, run, words_of
from luming_portal.notices.models import Mail, MailStatus, Notice, NoticeKind
from luming_portal.notices.of_cases import remind
from luming_portal.notices.selectors import inbox, unread_count
from luming_portal.notices.services import mark_read, set_preference, tell
from portal.conftest import recorded
from portal.small_cases import small_case, small_event

pytestmark = pytest.mark.both_databases
MakeUser, ClientOf = Callable[..., Any], Callable[..., Client]
NOW = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)


@pytest.fixture
def firm(db: None) -> Enterprise:
    with recorded() as changes:
        firm: Enterprise = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
    return firm


@pytest.fixture
def people(firm: Enterprise, make_user: MakeUser) -> dict[str, Any]:
    return {
        "firm": make_user(Role.ENTERPRISE, "firm", enterprise=firm, email="firm@example.org"),
        "office": make_user(Role.OFFICE, "office", email="office@example.org"),
        "unit": make_user(Role.DEPARTMENT, "unit", unit="市科技局", email="unit@example.org"),
        "other": make_user(Role.DEPARTMENT, "other", unit="市工信局"),
    }


def _turn(case: Case, plays: str, unit: str = "", due_at: dt.datetime | None = None) -> None:
    CaseTurn.objects.create(
        case=case, plays=plays, unit=unit, part="unit", kind="move", labels=["同意"], since=NOW, due_at=due_at
    )


def _moved(case: Case, seq: int, by: Any = None) -> None:
    event = small_event(case, seq, "提交", by=by)
    with change():
        case_moved.send(sender=Case, case=case, event=event, by=by)


def _told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("recipient__username", "kind"))


def test_a_step_tells_whose_turn_it_is_and_whom_it_is_about(firm: Enterprise, people: dict[str, Any]) -> None:
    case = small_case(enterprise=firm)
    _turn(case, "department", "市科技局")
    _moved(case, 2, by=people["office"])
    assert _told() == {("unit", "turn"), ("firm", "progress")}
    notice = Notice.objects.get(kind="turn")
    assert "同意" in notice.body
    _moved_again = small_event(case, 3, "又一步", by=people["unit"])
    with change():
        case_moved.send(sender=Case, case=case, event=_moved_again, by=people["unit"])
        case_moved.send(sender=Case, case=case, event=_moved_again, by=people["unit"])
    assert Notice.objects.filter(recipient=people["unit"]).count() == 1, "who acted is not told what he did"
    assert Notice.objects.filter(recipient=people["firm"]).count() == 2


def test_a_draft_tells_nobody(firm: Enterprise, people: dict[str, Any]) -> None:
    case = small_case(enterprise=firm, submitted_at=None)
    _moved(case, 1)
    assert not Notice.objects.exists()


def test_what_is_taken_back_tells_nobody(firm: Enterprise, people: dict[str, Any], settings: Any) -> None:
    settings.MAIL_ON = True
    set_preference(["progress"], by=people["firm"])
    case = small_case(enterprise=firm)
    event = small_event(case, 2, "提交")
    with pytest.raises(ZeroDivisionError):
        _send_and_fail(case, event)
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def _send_and_fail(case: Case, event: Any) -> None:
    with change():
        case_moved.send(sender=Case, case=case, event=event, by=None)
        raise ZeroDivisionError


def test_an_escalation_tells_the_office_and_the_department_in_charge(
    firm: Enterprise, people: dict[str, Any]
) -> None:
    case = small_case(enterprise=firm)
    with recorded() as changes:
        escalation = changes.save(
            Escalation(
                case=case,
                clock="accept",
                clock_label="受理时限",
                step=1,
                to="分管副职",
                due_at=NOW,
                started_at=NOW,
                raised_at=NOW,
                paper="督办函",
            )
        )
    with change():
        case_escalated.send(sender=Case, case=case, escalation=escalation)
    assert _told() == {("office", "escalation"), ("unit", "escalation")}
    assert case.papers.get().kind == "supervision"


def test_effects_tell_roles_and_subjects(firm: Enterprise, people: dict[str, Any]) -> None:
    case = small_case(enterprise=firm)
    _turn(case, "department", "市科技局")
    with change():
        run_effects(("notify:unit", "notify:subject"), case, small_event(case, 2, "评审结束"), None)
    assert _told() == {("unit", "progress"), ("firm", "progress")}


def test_a_turn_that_ends_within_a_day_is_reminded_of_once(firm: Enterprise, people: dict[str, Any]) -> None:
    case = small_case(enterprise=firm)
    _turn(case, "department", "市科技局", NOW + dt.timedelta(hours=20))
    _turn(case, "enterprise", "", NOW + dt.timedelta(hours=30))
    assert [remind(NOW), remind(NOW + dt.timedelta(hours=1))] == [1, 0]
    assert _told() == {("unit", "deadline")}


def test_nobody_is_told_the_same_twice(people: dict[str, Any]) -> None:
    for _ in range(2):
        tell([people["unit"], people["unit"]], NoticeKind.PAPER, "甲", key="k", now=NOW)
    assert Notice.objects.count() == 1
    with pytest.raises(IntegrityError), recorded() as changes:
        changes.save(Notice(recipient=people["unit"], kind="paper", title="乙", key="k", told_at=NOW))


def test_reading_is_noted_and_one_reads_only_ones_own(people: dict[str, Any], client_of: ClientOf) -> None:
    tell([people["unit"], people["other"]], NoticeKind.PROGRESS, "进展", key="k", href="/cases/1/", now=NOW)
    tell([people["unit"]], NoticeKind.TURN, "待办<b>", key="l", now=NOW)
    client, theirs = client_of(people["unit"]), Notice.objects.get(recipient=people["other"])
    page = client.get("/notices/").content.decode()
    assert "2条未读" in page
    assert "<b>" not in page.split("待办", 1)[1][:12]
    mine = Notice.objects.get(recipient=people["unit"], key="k")
    assert client.get(f"/notices/{mine.pk}/open/").headers["Location"] == "/cases/1/"
    assert client.get(f"/notices/{theirs.pk}/open/").status_code == 404
    assert unread_count(people["unit"]) == 1
    assert client.get("/notices/?unread=1&format=json").json()["count"] == 1
    assert client.post("/notices/read/", {"notice": str(theirs.pk)}).status_code == 302
    assert unread_count(people["other"]) == 1
    client.post("/notices/read/", {"notice": "all"})
    assert unread_count(people["unit"]) == 0
    assert client.post("/notices/read/", {"notice": "x"}).status_code == 400
    assert not inbox(None).exists()
    mine.refresh_from_db()
    assert mark_read([mine], by=people["unit"]) == 0


def test_preferences_are_ones_own(people: dict[str, Any], client_of: ClientOf) -> None:
    client = client_of(people["unit"])
    assert client.post("/notices/preference/", {"mail": ["turn", "paper"]}).status_code == 302
    page = client.get("/notices/preference/").content.decode()
    assert page.count("checked") == 2
    assert client.post("/notices/preference/", {"mail": ["turn", "other"]}).status_code == 400
    assert client_of(None).get("/notices/preference/").status_code == 403


def test_mail_is_written_with_its_notice_and_holds_no_content(people: dict[str, Any], settings: Any) -> None:
    set_preference(["turn"], by=people["unit"])
    tell([people["unit"]], NoticeKind.TURN, "机密事项", key="a", now=NOW)
    assert not Mail.objects.exists(), "off until a mail server is named"
    settings.MAIL_ON = True
    settings.SITE_ADDRESS = "https://luming.example"
    tell([people["unit"], people["office"]], NoticeKind.TURN, "机密事项", key="b", now=NOW)
    tell([people["unit"]], NoticeKind.PAPER, "机密事项", key="c", now=NOW)
    mail = Mail.objects.get()
    subject, body = words_of(mail.notice)
    assert "机密" not in subject + body
    assert f"https://luming.example/notices/{mail.notice_id}/open/" in body
    sent: list[str] = []
    outcome = run(lambda address, *_words: sent.append(address), lambda: NOW)
    assert (outcome.sent, sent) == (1, ["unit@example.org"])
    assert run(lambda address, *_words: sent.append(address), lambda: NOW).sent == 0


def test_mail_is_tried_again_and_given_up(people: dict[str, Any], settings: Any) -> None:
    settings.MAIL_ON = True
    set_preference(["turn"], by=people["unit"])
    tell([people["unit"]], NoticeKind.TURN, "甲", key="a", now=NOW)

    def refuse(*_words: str) -> None:
        raise SMTPServerDisconnected

    def failed(days: int) -> int:
        return run(refuse, lambda: NOW + dt.timedelta(days=days)).failed

    for attempt in range(MOST_ATTEMPTS):
        assert failed(attempt) == (0 if attempt == MOST_ATTEMPTS - 1 else 1)
        assert failed(attempt) == 0, "not before its time"
    mail = Mail.objects.get()
    assert mail.status == MailStatus.GIVEN_UP
    assert "SMTPServerDisconnected" in mail.note


def test_webhooks_learn_whom_to_ring_and_not_what_it_is_about(
    people: dict[str, Any], make_user: MakeUser
) -> None:
    tell([people["unit"]], NoticeKind.TURN, "机密事项", key="a", now=timezone.now())
    row = Change.objects.filter(model="notices.notice").get()
    told = message(row, make_user(Role.SYSTEM))
    assert told is not None
    assert told.event == "notice.create"
    assert json.loads(told.body)["data"]["recipient"] == "unit"
    assert "机密" not in told.body
    assert message(row, people["other"]) is None
    assert Webhook.objects.count() == 0
