"""The field review: nobody sees others' scores before the end, and after the end nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from luming.monitor import CRITERIA
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused, visible
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ReasonMissing, StaleVersion, change
from luming_portal.audit.models import Change
from luming_portal.projects.models import Correction, Reviewed, ReviewRound, RoundSettled, Score
from luming_portal.projects.results import results
from luming_portal.projects.services.review import (
    close_round,
    correct_result,
    give_score,
    open_round,
    prepare_round,
)
from portal.projects.progress_records import project
from portal_records import seen

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
VECTOR_13 = (92, 88, 85, 85, 80, 78, 60)
ALL = [one.key for one in CRITERIA]


def points(value: Any) -> dict[str, Decimal]:
    """The same points for each criterion."""
    return {key: Decimal(value) for key in ALL}


@pytest.fixture
def office(make_user: Any) -> User:
    """Who convenes the panel."""
    user: User = make_user(Role.OFFICE, "convener", unit="领导小组办公室")
    return user


@pytest.fixture
def panel(make_user: Any, office: User) -> Callable[..., Any]:
    """Makes an open round with so many experts over projects of two districts."""

    def make(count: int) -> tuple[ReviewRound, list[User], list[Reviewed]]:
        people = [make_user(Role.EXPERT, f"expert-{number}") for number in range(count)]
        projects = [project("A"), project("B", district="昆都仑区", steward="市工信局")]
        item = prepare_round(
            ReviewRound(quarter="2026-Q1", title="一季度观摩"), projects, people, by=office, reason=""
        )
        return open_round(item, by=office), people, list(item.entries.order_by("project__key"))

    return make


def _closed(panel: Any, office: User, scores: tuple[int, ...]) -> tuple[ReviewRound, list[Reviewed]]:
    item, people, entries = panel(len(scores))
    for person, value in zip(people, scores, strict=True):
        give_score(entries[0], points(value), "", by=person)
    return close_round(item, by=office, reason="评完"), entries


def test_seven_scores_are_trimmed_as_the_reference_says(panel: Any, office: User) -> None:
    item, _entries = _closed(panel, office, VECTOR_13)
    lines = {line.entry.project.key: line for group in results(item) for line in group.lines}
    assert (lines["A"].shown, lines["A"].scores, lines["A"].trimmed, lines["A"].place) == ("83.2", 7, True, 1)
    assert (lines["B"].shown, lines["B"].scores, lines["B"].place) == ("", 0, None)
    assert [words for _label, words in lines["A"].by_criterion] == ["83.2"] * len(ALL)


def test_five_scores_are_not(panel: Any, office: User) -> None:
    item, _entries = _closed(panel, office, VECTOR_13[:5])
    (line,) = [line for group in results(item) for line in group.lines if line.scores]
    assert (line.shown, line.trimmed) == ("86", False)


def test_nobody_sees_the_scores_of_others_before_the_end(
    panel: Any, office: User, make_user: Any, client_of: Any
) -> None:
    item, (one, two), entries = panel(2)
    give_score(entries[0], points("87.3"), "好得很", by=one)
    assert results(item) == []
    for reader in (two, office, make_user(Role.AUDITOR), make_user(Role.DEPARTMENT)):
        assert not visible(reader, Score.objects.all()).exists()
        page = seen(client_of(reader).get(f"/projects/reviews/{item.pk}/"))
        assert "87.3" not in page
        assert "好得很" not in page
    assert "87.3" in seen(client_of(one).get(f"/projects/reviews/{item.pk}/"))
    assert "已收到1份评分,应收4份" in seen(client_of(office).get(f"/projects/reviews/{item.pk}/"))
    auditor = client_of(make_user(Role.AUDITOR, "reader"))
    for change_ in Change.objects.filter(model="projects.score"):
        page = seen(auditor.get(f"/audit/{change_.pk}/"))
        assert "87.3" not in page
        assert "好得很" not in page


def test_after_the_end_the_result_is_there_for_all_who_see_the_round(
    panel: Any, office: User, make_user: Any, client_of: Any
) -> None:
    item, _entries = _closed(panel, office, VECTOR_13)
    page = seen(client_of(make_user(Role.DISTRICT, district="九原区")).get(f"/projects/reviews/{item.pk}/"))
    assert "83.2" in page
    assert "去头尾" in page
    assert (
        client_of(make_user(Role.EXPERT, "stranger")).get(f"/projects/reviews/{item.pk}/").status_code == 404
    )


def test_a_closed_round_never_changes(panel: Any, office: User) -> None:
    item, entries = _closed(panel, office, VECTOR_13)
    person = item.reviewers.first().person
    score = Score.objects.first()
    with pytest.raises(RoundSettled):
        give_score(entries[1], points(50), "", by=person)
    with pytest.raises(RoundSettled):
        prepare_round(ReviewRound.objects.get(pk=item.pk), [project("C")], [person], by=office, reason="改")
    with pytest.raises(RoundSettled):
        close_round(item, by=office, reason="再关")
    with pytest.raises(RoundSettled):
        open_round(item, by=office)
    for thing, field, value in (
        (ReviewRound.objects.get(pk=item.pk), "title", "别的"),
        (ReviewRound.objects.get(pk=item.pk), "state", "open"),
        (Score.objects.get(pk=score.pk), "points", dict.fromkeys(ALL, "1")),
        (Reviewed.objects.get(pk=entries[0].pk), "district", "九原区"),
    ):
        setattr(thing, field, value)
        with pytest.raises(RoundSettled), change("改") as changes:
            changes.save(thing)
    assert [line.shown for group in results(item) for line in group.lines if line.scores] == ["83.2"]


def test_a_correction_is_a_new_entry_with_its_reason(panel: Any, office: User, client_of: Any) -> None:
    item, entries = _closed(panel, office, VECTOR_13)
    client = client_of(office)
    base = f"/projects/reviews/{item.pk}/entries/{entries[0].pk}/correction/"
    assert client.get(base).status_code == 200
    for bad in ("", "101", "-1", "NaN", "很高"):
        assert client.post(base, {"result": bad, "reason": "误录"}).status_code == 400
    assert client.post(base, {"result": "85.5", "reason": ""}).status_code == 400
    assert client.post(base, {"result": "85.5", "reason": "专家三误录"}).status_code == 302
    (line,) = [line for group in results(item) for line in group.lines if line.scores]
    assert (line.shown, line.reckoned, len(line.corrections)) == ("85.5", "83.2", 1)
    assert Correction.objects.get().reason == "专家三误录"
    page = seen(client.get(f"/projects/reviews/{item.pk}/"))
    assert "评分结果83.2,更正为85.5" in page
    assert Score.objects.count() == 7


def test_an_open_round_takes_no_corrections(panel: Any, office: User) -> None:
    _item, _people, entries = panel(1)
    with pytest.raises(RoundSettled):
        correct_result(entries[0], Decimal(80), by=office, reason="改")


def test_a_round_that_has_begun_keeps_its_criteria_projects_and_people(panel: Any, office: User) -> None:
    item, people, entries = panel(2)
    stored = ReviewRound.objects.get(pk=item.pk)
    with pytest.raises(RoundSettled):
        prepare_round(stored, [entries[0].project], people, by=office, reason="减项目")
    assert item.entries.count() == 2


def test_only_a_reviewer_scores_and_not_what_is_his_own(office: User, make_user: Any, client_of: Any) -> None:
    district = make_user(Role.DISTRICT, district="青山区")
    unit = make_user(Role.DEPARTMENT, unit="市工信局")
    item = prepare_round(
        ReviewRound(quarter="2026-Q2", title="二季度"),
        [project("A"), project("B", district="昆都仑区", steward="市工信局")],
        [district, unit],
        by=office,
        reason="",
    )
    open_round(item, by=office)
    a, b = item.entries.order_by("project__key")
    give_score(b, points(80), "", by=district)
    give_score(a, points(80), "", by=unit)
    for person, entry in ((district, a), (unit, b)):
        with pytest.raises(Refused, match="回避"):
            give_score(entry, points(99), "", by=person)
        address = f"/projects/reviews/{item.pk}/entries/{entry.pk}/score/"
        assert client_of(person).get(address).status_code == 403
    for stranger in (office, make_user(Role.DISTRICT, "other", district="九原区")):
        with pytest.raises(Refused, match="不是这一轮的评委"):
            give_score(a, points(99), "", by=stranger)
    with pytest.raises(Refused):
        give_score(a, points(99), "", by=make_user(Role.ENTERPRISE))
    assert "应收2份" in seen(client_of(office).get(f"/projects/reviews/{item.pk}/"))


def test_only_the_office_convenes_and_closes(panel: Any, make_user: Any, client_of: Any) -> None:
    item, people, _entries = panel(1)
    for user in (people[0], make_user(Role.DEPARTMENT), make_user(Role.DISTRICT), make_user(Role.AUDITOR)):
        client = client_of(user)
        assert client.get("/projects/reviews/new/").status_code == 403
        for deed in ("open", "close"):
            answer = client.post(f"/projects/reviews/{item.pk}/{deed}/", {"reason": "x", "version": "2"})
            assert answer.status_code == 403
    assert ReviewRound.objects.get().state == "open"


def test_a_score_given_in_two_windows_is_not_overwritten(panel: Any) -> None:
    _item, (one, _two), entries = panel(2)
    give_score(entries[0], points(80), "", by=one, expected_version=0)
    with pytest.raises(StaleVersion):
        give_score(entries[0], points(90), "", by=one, expected_version=0)
    give_score(entries[0], points(70), "", by=one, expected_version=1)
    assert Score.objects.get().version == 2


def test_points_out_of_range_are_refused(panel: Any, client_of: Any) -> None:
    item, (one,), entries = panel(1)
    base = f"/projects/reviews/{item.pk}/entries/{entries[0].pk}/score/"
    given = {f"points-{key}": "80" for key in ALL}
    client = client_of(one)
    assert client.get(base).status_code == 200
    for bad in ("", "100.1", "-1", "80.55", "NaN", "很好"):
        assert client.post(base, {**given, "points-quality": bad}).status_code == 400
    with pytest.raises(ValueError, match="0到100"):
        give_score(entries[0], {**points(80), "quality": Decimal(101)}, "", by=one)
    assert client.post(base, {**given, "version": "0"}).status_code == 302
    assert Score.objects.get().points == dict.fromkeys(ALL, "80")
    assert client.post(base, {**given, "version": "0"}).status_code == 409


def test_closing_needs_a_score_a_reason_and_the_version_that_was_seen(panel: Any, office: User) -> None:
    item, (one,), entries = panel(1)
    with pytest.raises(RoundSettled, match="还没有收到评分"):
        close_round(item, by=office, reason="完")
    give_score(entries[0], points(80), "", by=one)
    with pytest.raises(ReasonMissing):
        close_round(item, by=office, reason="")
    with pytest.raises(StaleVersion):
        close_round(item, by=office, reason="完", expected_version=1)
    assert ReviewRound.objects.get().is_open


def test_a_round_is_prepared_by_form(office: User, make_user: Any, client_of: Any) -> None:
    client, one, expert = client_of(office), project(), make_user(Role.EXPERT)
    page = seen(client.get("/projects/reviews/new/"))
    assert "形象进度 30" in page
    given = {
        "quarter": "2026-Q1",
        "title": "一季度",
        "criteria": "形象进度 30\n绿化: 10",
        "projects": [str(one.pk)],
        "people": [str(expert.pk)],
    }
    for bad in (
        {"quarter": "2026"},
        {"quarter": "2026-Q5"},
        {"criteria": ""},
        {"criteria": "形象进度"},
        {"criteria": "形象进度 0"},
        {"criteria": "甲 1\n甲 2"},
        {"projects": []},
        {"people": [str(make_user(Role.AUDITOR).pk)]},
    ):
        assert client.post("/projects/reviews/new/", {**given, **bad}).status_code == 400, bad
    assert client.post("/projects/reviews/new/", given).status_code == 302
    item = ReviewRound.objects.get()
    assert [(one.key, one.weight) for one in item.measures()] == [
        ("progress", Decimal(30)),
        ("own1", Decimal(10)),
    ]
    assert client.post("/projects/reviews/new/", given).status_code == 400  # one round a quarter
    base = f"/projects/reviews/{item.pk}/"
    changed = {**given, "people": [str(office.pk)], "reason": "换人", "version": "1"}
    assert client.post(f"{base}change/", {**changed, "version": "7", "title": "x"}).status_code == 409
    assert client.post(f"{base}change/", changed).status_code == 302
    assert [one.person for one in item.reviewers.all()] == [office]
    assert client.post(f"{base}open/", {"version": "1"}).status_code == 302
    assert client.post(f"{base}open/", {"version": "2"}).status_code == 409


def test_an_empty_round_is_not_opened(office: User) -> None:
    item = prepare_round(ReviewRound(quarter="2026-Q3", title="空"), [], [], by=office, reason="")
    with pytest.raises(RoundSettled, match="还没有选项目"):
        open_round(item, by=office)
