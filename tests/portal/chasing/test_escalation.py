"""Who owes what since when, whom the rule tells and what was sent; and only to whom it concerns."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from luming.reporting import Move, Reminding, Told
from luming_portal.accounts.rights import Refused
from luming_portal.chasing.models import Channel, Reminder
from luming_portal.chasing.selectors import ChaseFilter, escalation, notices_for
from luming_portal.chasing.services import ChasingRefused, note_reminders, withdraw_letter
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.services import move_reports
from portal.chasing.conftest import RED_DAY, issued
from portal.reporting.conftest import World
from portal_records import kept, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def note(world: World, *units: str, channel: Channel = Channel.CHAT, day: int = 6, **given: Any) -> Any:
    """Reminders of a day in October, noted on the day of red."""
    return note_reminders(
        world.month,
        units,
        channel,
        by=world.people["office"],
        sent_on=dt.date(2025, 10, day),
        today=RED_DAY,
        **given,
    )


def second_month(world: World) -> ReportingMonth:
    """October, due a month later, in which 市商务局 owes a figure."""
    month: ReportingMonth = kept(
        ReportingMonth(
            document=world.month.document,
            year=2025,
            month=10,
            due_on=dt.date(2025, 11, 5),
            verify_by=dt.date(2025, 11, 8),
            publish_by=dt.date(2025, 11, 10),
        )
    )
    kept(
        Report(
            reporting_month=month,
            unit="市商务局",
            lead="市商务局",
            indicator=world.report("firms").indicator,
            subject="包头市",
            period="2025-10",
            of_measure="家",
        )
    )
    return month


def test_the_worst_come_first_over_all_open_months(world: World) -> None:
    second_month(world)
    lines = escalation(world.people["office"], dt.date(2025, 11, 6))
    assert [(one.unit, one.owed, one.step, one.late) for one in lines] == [
        ("市科技局", 2, Reminding.MEETING, 32),
        ("市工信局", 1, Reminding.MEETING, 32),
        ("市商务局", 1, Reminding.BLUE, 1),
    ]
    assert lines[0].figures == ("企业数", "团队数")
    assert (lines[0].reminded, lines[0].last, lines[0].letters) == (0, None, ())


@pytest.mark.parametrize(
    ("day", "step", "told"),
    [
        (dt.date(2025, 10, 1), Reminding.NOT_YET, ()),
        (dt.date(2025, 10, 2), Reminding.AHEAD, (Told.CONTACT,)),
        (dt.date(2025, 10, 5), Reminding.TODAY, (Told.CONTACT,)),
        (dt.date(2025, 10, 6), Reminding.BLUE, (Told.CONTACT,)),
        (dt.date(2025, 10, 10), Reminding.YELLOW, (Told.CONTACT, Told.VICE_LEADER)),
        (dt.date(2025, 10, 15), Reminding.RED, (Told.CONTACT, Told.VICE_LEADER, Told.LETTER)),
        (dt.date(2025, 10, 20), Reminding.MEETING, tuple(Told)),
    ],
)
def test_each_day_has_its_step_and_whom_it_tells(
    world: World, day: dt.date, step: Reminding, told: tuple[Told, ...]
) -> None:
    line = escalation(world.people["office"], day)[0]
    assert (line.step, line.step.tells) == (step, told)


def test_whoever_has_handed_in_is_off_the_list_and_back_when_it_is_returned(world: World) -> None:
    world.fill("output", "80.5")
    move_reports([world.report("output")], Move.SUBMIT, by=world.people["industry"])
    assert [one.unit for one in escalation(world.people["office"], RED_DAY)] == ["市科技局"]
    move_reports([world.report("output")], Move.RETURN, by=world.people["industry2"], reason="口径")
    line = escalation(world.people["office"], RED_DAY)[1]
    assert (line.unit, line.returned) == ("市工信局", 1)


def test_reminders_are_counted_with_the_last_day(world: World) -> None:
    assert note(world, "市科技局", "市工信局").count == 2
    note(world, "市科技局", channel=Channel.PHONE, day=10)
    issued(world, "市科技局")
    line = escalation(world.people["office"], RED_DAY)[0]
    assert (line.unit, line.reminded, line.last) == ("市科技局", 3, RED_DAY)
    assert [one.number for one in line.letters] == ["包创办催〔2025〕1号"]
    row = Reminder.objects.get(channel="phone")
    assert (row.step, row.owed, row.sent_by) == ("yellow", 2, world.people["office"])


def test_a_letter_taken_back_is_no_reminder(world: World) -> None:
    letter = issued(world)
    withdraw_letter(letter, by=world.people["office"], reason="发错")
    line = next(one for one in escalation(world.people["office"], RED_DAY) if one.unit == "市工信局")
    assert (line.reminded, line.last, line.letters) == (0, None, ())


def test_the_same_reminder_is_noted_once_a_day(world: World) -> None:
    note(world, "市科技局")
    noted = note(world, "市科技局", "市工信局", "市商务局")
    assert noted.count == 1
    assert "已经登记过" in noted.left[0]
    assert "没有未报的数" in noted.left[1]
    assert Reminder.objects.count() == 2


def test_reminders_of_tomorrow_letters_by_hand_and_by_others_are_refused(world: World) -> None:
    with pytest.raises(ChasingRefused, match="还没有到"):
        note(world, "市科技局", day=17)
    with pytest.raises(ChasingRefused, match="自动记入"):
        note(world, "市科技局", channel=Channel.LETTER)
    with pytest.raises(Refused):
        note_reminders(
            world.month,
            ["市科技局"],
            Channel.CHAT,
            by=world.people["science"],
            sent_on=RED_DAY,
            today=RED_DAY,
        )
    assert not Reminder.objects.exists()


def test_the_list_narrows_by_words_step_and_month(world: World) -> None:
    month = second_month(world)
    lines = escalation(world.people["office"], dt.date(2025, 11, 6))
    assert [one.unit for one in lines if ChaseFilter("科技").takes(one)] == ["市科技局"]
    assert [one.unit for one in lines if ChaseFilter(step="blue").takes(one)] == ["市商务局"]
    assert [one.unit for one in lines if ChaseFilter(month=month.pk).takes(one)] == ["市商务局"]


def test_a_unit_sees_its_own_line_alone(world: World, at: Any) -> None:
    told = at("industry").get("/chasing/?format=json").json()["lines"]
    assert [one["unit"] for one in told] == ["市工信局"]
    page = seen(at("industry").get("/chasing/"))
    assert "市科技局" not in page
    assert "发函" not in page


def test_the_page_says_what_to_do_and_filters(world: World, at: Any) -> None:
    page = seen(at("office").get("/chasing/"))
    assert "2 个单位共 3 项未报" in page
    assert "按规则该发函而还没有发的有 2 个" in page
    assert "平台默认口径" in page
    page = seen(at("office").get("/chasing/?q=工信&step=x&month=999999999999999999999"))
    assert "1 个单位共 1 项未报" in page
    assert "没有符合条件的单位" in seen(at("office").get("/chasing/?q=没有"))


def test_nothing_owed_has_a_sentence_of_its_own(world: World, at: Any) -> None:
    assert "您单位没有未报的数" in seen(at("other").get("/chasing/"))


def test_both_files_hold_what_the_page_shows(world: World, at: Any) -> None:
    note(world, "市科技局")
    answer = at("office").get("/chasing/?q=科技&format=xlsx")
    (heads, row) = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    told = dict(zip(heads, row, strict=True))
    assert told["单位"] == "市科技局"
    assert told["未报项数"] == 2
    assert told["已提醒次数"] == 1
    assert told["最近提醒"].date() == dt.date(2025, 10, 6)
    text = at("office").get("/chasing/?format=csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 3


def test_the_month_page_has_a_text_for_the_group_and_one_for_a_unit(world: World, at: Any) -> None:
    group = seen(at("office").get(f"/chasing/{world.month.pk}/"))
    assert "尚有2个单位3项未报" in group
    one = seen(at("office").get(f"/chasing/{world.month.pk}/?unit=市工信局"))
    assert "市工信局尚有1项未报" in one
    assert "市科技局" not in one.partition("<main")[2]


def test_reminders_are_noted_from_the_page_for_the_ticked_units(world: World, at: Any) -> None:
    address = f"/chasing/{world.month.pk}/remind/"
    given = {"channel": "chat", "sent_on": "2025-10-06", "note": "=1+1"}
    client = at("office")
    answer = client.post(address, {**given, "unit": ["市科技局", "市工信局"]}, follow=True)
    assert "已登记提醒2个单位" in seen(answer)
    assert "已提醒 1 次,最近 10月6日" in seen(answer)
    answer = client.post(address, given)
    assert answer.status_code == 400
    assert "没有选择单位" in seen(answer)
    for bad in ({"channel": "letter"}, {"channel": "pigeon"}, {"sent_on": "昨天"}, {"sent_on": ""}):
        assert client.post(address, {**given, "unit": ["市科技局"], **bad}).status_code == 400
    assert client.post(address, {**given, "unit": ["市科技局"], "sent_on": "2099-01-01"}).status_code == 409
    assert Reminder.objects.count() == 2


def test_a_unit_is_told_on_its_own_pages_by_the_rule_of_the_day(world: World, at: Any) -> None:
    unit = world.people["science"]
    assert notices_for(unit, "市科技局", dt.date(2025, 10, 1)) == []
    (notice,) = notices_for(unit, "市科技局", dt.date(2025, 10, 2))
    assert (notice.owed, notice.ahead, notice.step) == (2, 3, Reminding.AHEAD)
    assert "天,未报 2 项" in seen(at("science").get("/reporting/"))
    assert "天,未报 2 项" in seen(at("science").get(f"/reporting/{world.month.pk}/sheet/"))
    assert "未报 1 项" not in seen(at("science").get("/reporting/"))


def test_invented_months_say_so_everywhere(world: World, at: Any) -> None:
    world.month.demo = True
    kept(world.month)
    assert "演示数据" in seen(at("office").get("/chasing/")).partition("<main")[2]
    assert "【演示数据】" in seen(at("office").get(f"/chasing/{world.month.pk}/"))
    note(world, "市科技局")
    assert Reminder.objects.get().demo
