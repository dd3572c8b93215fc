"""Entries behind the door: one person once, evidence withdrawn, what a report is offered, and what stays secret."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from luming.counting import WhyLeft
from luming.period import parse_period
from luming.reporting import Move
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.counting.models import CountedEntry, EntryPaper, PublishedCount
from luming_portal.counting.offers import counted_for
from luming_portal.counting.selectors import made_under_another_secret, standings
from luming_portal.counting.services import (
    CountingRefused,
    Paper,
    add_entry,
    add_paper,
    let_typed_stand,
    use_entries,
    withdraw_paper,
)
from luming_portal.counting.values import counted, rules
from luming_portal.indicators.models import Fact
from luming_portal.reporting.services import move_reports, save_draft
from portal.counting.conftest import CODES, World, number

pytestmark = pytest.mark.django_db


def talent(known: str = "2030-01-01") -> Any:
    """The count of the year."""
    return counted(rules()["talent"], parse_period("2025"), dt.date.fromisoformat(known), demo=False)


def withdraw(entry: CountedEntry, who: Any, reason: str = "材料不实") -> EntryPaper:
    """Withdraw the last paper of an entry."""
    paper = entry.papers.order_by("-pk")[0]
    return withdraw_paper(
        paper, withdrawn_on=dt.date(2025, 6, 1), reason=reason, by=who, expected_version=paper.version
    )


def test_a_person_counted_by_two_departments_is_found_and_counts_once(world: World) -> None:
    world.enter("science", counted_on="2025-02-01")
    world.enter("staff", counted_on="2025-03-01", name="张 三1")
    world.enter("staff", serial=2)
    (pair,) = talent().duplicates
    assert talent().number == 2
    assert (pair.first.unit, pair.again.unit) == ("市科技局", "市人社局")


def test_a_unit_does_not_enter_the_same_one_twice(world: World) -> None:
    first = world.enter("science")
    again = CountedEntry(
        indicator=first.indicator, identity=first.identity, unit=first.unit, counted_on=dt.date(2025, 4, 1)
    )
    with pytest.raises(CountingRefused, match=first.key):
        add_entry(again, None, by=world.people["science"])
    withdraw(first, world.people["science"])
    world.enter("science", counted_on="2025-04-01")
    assert (CountedEntry.objects.count(), talent().number) == (2, 1)


def test_no_number_of_a_document_lies_anywhere(world: World) -> None:
    world.enter("science", serial=7)
    stored = json.dumps(list(CountedEntry.objects.values()), default=str)
    told = json.dumps(list(Change.objects.values("before", "after", "object_label")), default=str)
    assert number(7) not in stored + told
    entry = CountedEntry.objects.get()
    assert entry.id_tail == number(7)[-4:]
    assert entry.identity not in told
    assert (str(entry), entry.name) == ("张*", "张三7")
    assert "张*" in {one.object_label for one in Change.objects.filter(model="counting.countedentry")}


def test_a_withdrawal_lowers_the_count_and_says_so(world: World) -> None:
    entry = world.enter("science")
    world.enter("staff", serial=2)
    done = withdraw(entry, world.people["science"])
    assert (done.count_before, done.count_after, done.withdrawn_by) == (2, 1, "市科技局")
    assert talent().number == 1
    assert talent().left_for(WhyLeft.WITHDRAWN) == 1
    told = Change.objects.get(action="counting.withdrawn")
    assert (told.after["count_before"], told.after["count_after"], told.reason) == (2, 1, "材料不实")
    assert told.object_id == str(entry.pk)
    assert CountedEntry.objects.get(pk=entry.pk).evidence_state == "withdrawn"


def test_withdrawing_the_first_of_two_leaves_the_other_to_count(world: World) -> None:
    first = world.enter("science", counted_on="2025-02-01")
    world.enter("staff")
    done = withdraw(first, world.people["office"])
    assert (done.count_before, done.count_after) == (1, 1)
    assert [one.unit for one in talent().counted] == ["市人社局"]


def test_the_past_is_not_changed_by_a_withdrawal(world: World) -> None:
    entry = world.enter("science")
    withdraw(entry, world.people["science"])
    recorded = CountedEntry.objects.get().recorded_on
    # as if both had happened on the days before
    for model, field, days in ((CountedEntry, "recorded_on", 5), (EntryPaper, "recorded_on", 5)):
        from portal.conftest import recorded as door

        with door() as changes:
            changes.update_many(model.objects.all(), {field: recorded - dt.timedelta(days=days)})
    yesterday = (recorded - dt.timedelta(days=1)).isoformat()
    assert talent(yesterday).number == 1
    assert talent(recorded.isoformat()).number == 0


def test_a_new_paper_brings_an_entry_back(world: World) -> None:
    entry = world.enter("science")
    withdraw(entry, world.people["science"])
    add_paper(entry, Paper("任职文件", "新号"), by=world.people["science"])
    assert talent().number == 1
    assert CountedEntry.objects.get().evidence_state == "stands"


def test_withdrawal_has_its_limits(world: World) -> None:
    entry = world.enter("science")
    paper = entry.papers.get()
    with pytest.raises(Refused):
        withdraw(entry, world.people["staff"])
    with pytest.raises(Refused, match="理由"):
        withdraw(entry, world.people["science"], reason=" ")
    with pytest.raises(CountingRefused, match="今天"):
        withdraw_paper(
            paper,
            withdrawn_on=dt.date(2999, 1, 1),
            reason="试",
            by=world.people["science"],
            expected_version=1,
        )
    with pytest.raises(StaleVersion):
        withdraw_paper(
            paper,
            withdrawn_on=dt.date(2025, 1, 1),
            reason="试",
            by=world.people["science"],
            expected_version=9,
        )
    assert EntryPaper.objects.get().withdrawn_on is None
    withdraw(entry, world.people["science"])
    with pytest.raises(CountingRefused, match="已于"):
        withdraw(entry, world.people["science"])


def test_a_firm_of_two_kinds_counts_once(world: World) -> None:
    for kind in ("高新技术企业", "科技型中小企业"):
        world.enter("science", "firms", name="甲公司", category=kind, credit_code=CODES[0])
    world.enter("staff", "firms", name="乙公司", category="高新技术企业", credit_code=CODES[1].lower())
    (one,) = standings(2025, timezone.localdate(), key="firms")
    assert (one.value, one.counted.sum_of_categories) == (2, 3)


def test_a_key_made_under_another_secret_is_told(world: World, settings: Any) -> None:
    world.enter("science")
    world.enter("science", "teams", name="甲队", host="甲公司")
    assert made_under_another_secret() == 0
    settings.PERSON_KEY = "another"
    assert made_under_another_secret() == 1


# --- what a report is offered -----------------------------------------------------------------------------------------


def submit(world: World, key: str = "talent") -> tuple[str, ...]:
    """Hand a report in."""
    return move_reports([world.report(key)], Move.SUBMIT, by=world.people["staff"]).left


def publish(world: World, key: str = "talent") -> None:
    """The whole way, the unit leading itself."""
    assert submit(world, key) == ()
    for move, who in ((Move.APPROVE, "staff2"), (Move.VERIFY, "office"), (Move.PUBLISH, "office")):
        done = move_reports([world.report(key)], move, by=world.people[who])
        assert done.count == 1, done.left


def draft(world: World, value: str, key: str = "talent") -> None:
    """Type a figure."""
    report = world.report(key)
    save_draft(
        report,
        by=world.people["staff"],
        value=Decimal(value),
        narrative="",
        evidence="",
        unchanged=False,
        expected_version=report.version,
    )


def test_without_entries_a_typed_total_stands_in_and_says_so(world: World) -> None:
    draft(world, "40")
    publish(world)
    fact = Fact.objects.get()
    assert fact.value == 40
    assert "手填总数,暂代台账计数" in fact.note
    assert not PublishedCount.objects.exists()
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert (one.typed, one.from_entries, one.difference) == (fact, None, None)


def test_with_entries_the_figure_is_the_count_whatever_is_typed(world: World) -> None:
    world.enter("science")
    world.enter("staff", serial=2)
    world.enter("staff", serial=3, counted_on="2025-10-01")
    draft(world, "40")
    assert world.report("talent").value == 2
    world.enter("science", serial=4)
    publish(world)
    fact = Fact.objects.get()
    assert (fact.value, fact.note) == (3, "由台账4条汇总")
    assert PublishedCount.objects.get().number == 3


def test_entries_that_come_after_a_typed_total_was_submitted_do_not_pass_for_its_origin(world: World) -> None:
    draft(world, "40")
    assert submit(world) == ()
    world.enter("science")
    for move, who in ((Move.APPROVE, "staff2"), (Move.VERIFY, "office"), (Move.PUBLISH, "office")):
        move_reports([world.report("talent")], move, by=world.people[who])
    assert (Fact.objects.get().value, Fact.objects.get().note) == (40, "发布时台账计数为1")
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert (one.from_entries, one.to_revise, one.difference) == (None, True, -39)


def test_what_is_withdrawn_after_publication_waits_for_a_revision(world: World) -> None:
    entry = world.enter("science")
    world.enter("staff", serial=2)
    publish(world)
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert not one.to_revise
    withdraw(entry, world.people["science"])
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert (one.to_revise, one.typed and one.typed.value, one.now) == (True, 2, 1)
    move_reports([world.report("talent")], Move.REVISE, by=world.people["office"], reason="台账更正")
    publish(world)
    assert Fact.objects.get(superseded=False).value == 1
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert not one.to_revise
    assert PublishedCount.objects.count() == 2


def test_the_office_lets_a_typed_total_stand_in_while_entries_are_incomplete(world: World) -> None:
    world.enter("science")
    item = world.report("talent").indicator
    with pytest.raises(Refused):
        let_typed_stand(item, "补录中", by=world.people["staff"])
    with pytest.raises(Refused, match="理由"):
        let_typed_stand(item, " ", by=world.people["office"])
    let_typed_stand(item, "补录中", by=world.people["office"])
    draft(world, "40")
    assert world.report("talent").value == 40
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert not one.uses_entries
    use_entries(item, by=world.people["office"])
    assert submit(world) == ()
    assert world.report("talent").value == 1


def test_entries_of_another_year_do_not_take_the_figure(world: World) -> None:
    world.enter("science", counted_on="2024-05-01")
    offer = counted_for(world.report("talent"))
    assert offer is not None
    assert not offer.used


def test_all_evidence_withdrawn_is_zero_and_not_unknown(world: World) -> None:
    withdraw(world.enter("science"), world.people["science"])
    offer = counted_for(world.report("talent"))
    assert offer is not None
    assert (offer.used, offer.value) == (True, 0)


def test_a_report_that_is_not_counted_is_left_alone(world: World) -> None:
    from portal_records import indicator, kept

    report = world.report("firms")
    report.indicator = indicator("plain")
    kept(report)
    assert counted_for(report) is None


def test_invented_entries_do_not_reach_a_real_report(world: World) -> None:
    from portal.conftest import recorded

    world.enter("science")
    with recorded() as changes:
        changes.update_many(CountedEntry.objects.all(), {"demo": True})
        changes.update_many(EntryPaper.objects.all(), {"demo": True})
    offer = counted_for(world.report("talent"))
    assert offer is not None
    assert not offer.used
    (one,) = standings(2025, timezone.localdate(), key="talent")
    assert (one.demo, one.counted.number) == (True, 1)
