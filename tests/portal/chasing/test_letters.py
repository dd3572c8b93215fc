"""Reminder letters: issued by the rule or with a reason, numbered, never changed; withdrawn or answered once."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pytest

from luming.reporting import Move
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import StaleVersion, change
from luming_portal.audit.models import Change
from luming_portal.chasing.models import Channel, Letter, LetterAnswer, LetterHead, LetterWithdrawal, Reminder
from luming_portal.chasing.services import (
    ChasingRefused,
    answer_letter,
    issue_letter,
    note_reminders,
    set_letterhead,
    withdraw_letter,
)
from luming_portal.registers.demonstration import remove_demonstration
from luming_portal.reporting.models import Report
from luming_portal.reporting.services import move_reports
from portal.chasing.conftest import RED_DAY, issued
from portal.reporting.conftest import World
from portal_records import kept, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def test_a_letter_says_which_figures_how_late_and_what_went_before(world: World) -> None:
    note_reminders(
        world.month,
        ["市科技局"],
        Channel.PHONE,
        by=world.people["office"],
        sent_on=dt.date(2025, 10, 8),
        today=RED_DAY,
    )
    letter = issued(world, "市科技局")
    words = letter.words()
    assert letter.number == words.number == "包创办催〔2025〕1号"
    assert [row[0] for row in words.rows] == ["企业数（家）", "团队数（家）"]
    assert {row[3] for row in words.rows} == {"11天"}
    assert any("2025年10月8日（电话）" in one for one in words.before)
    assert (letter.step, letter.ordinal, letter.issued_by) == ("red", 1, world.people["office"])
    assert (letter.reminder.channel, letter.reminder.sent_on) == ("letter", RED_DAY)


def test_numbers_run_without_gaps_within_the_year_whatever_becomes_of_the_letters(world: World) -> None:
    first = issued(world)
    withdraw_letter(first, by=world.people["office"], reason="发错")
    second = issued(world, "市科技局")
    third = issued(world)
    later = issued(world, today=dt.date(2026, 1, 5), answer_by=dt.date(2026, 1, 12))
    assert [one.number for one in (first, second, third, later)] == [
        "包创办催〔2025〕1号",
        "包创办催〔2025〕2号",
        "包创办催〔2025〕3号",
        "包创办催〔2026〕1号",
    ]
    assert any("（包创办催〔2025〕3号）" in one for one in later.words().before)
    assert not any(
        "1号）" in one and "2025年10月16日（包创办催〔2025〕1号）" in one for one in third.words().before
    )


def test_what_fails_takes_no_number(world: World) -> None:
    issued(world)
    for given in ({"ordinal": 1}, {"ordinal": 5}, {"answer_by": RED_DAY}):
        with pytest.raises(ChasingRefused):
            issued(world, **given)
    with pytest.raises(ChasingRefused, match="都已报"):
        issued(world, "市商务局")
    assert issued(world, "市科技局").serial == 2


def test_two_officers_who_mean_the_same_letter_issue_it_once(world: World) -> None:
    issued(world, ordinal=1)
    with pytest.raises(ChasingRefused, match="刚才已经发出"):
        issued(world, ordinal=1)
    assert Letter.objects.count() == 1


def test_before_red_a_letter_needs_a_reason(world: World) -> None:
    early = {"today": dt.date(2025, 10, 14)}
    with pytest.raises(ChasingRefused, match="写明原因"):
        issued(world, reason=" ", **early)
    letter = issued(world, reason="连续两月迟报", **early)
    assert any("发函原因：连续两月迟报。" in one for one in letter.words().before)


def test_only_the_office_issues_withdraws_and_sets_the_head(world: World) -> None:
    letter = issued(world)
    unit = world.people["industry"]
    with pytest.raises(Refused):
        issue_letter(
            world.month, "市科技局", by=unit, ordinal=1, answer_by=dt.date(2026, 1, 1), today=RED_DAY
        )
    with pytest.raises(Refused):
        withdraw_letter(letter, by=unit, reason="不服")
    with pytest.raises(Refused):
        set_letterhead("包头市", by=unit, mark="甲", issuer="乙", expected_version=None)


def test_an_issued_letter_never_changes(world: World) -> None:
    letter = issued(world)
    letter.title = "别的"
    with pytest.raises(RuntimeError, match="never changes"), change("改") as changes:
        changes.save(letter)
    assert Letter.objects.get().title == "关于补报产值数据的函"
    world.fill("output", "80.5")
    move_reports([world.report("output")], Move.SUBMIT, by=world.people["industry"])
    assert Letter.objects.get().words() == letter.words()


def test_the_unit_answers_once_with_the_day(world: World) -> None:
    letter = issued(world)
    with pytest.raises(Refused, match="市工信局"):
        answer_letter(letter, by=world.people["science"], text="不是我")
    with pytest.raises(Refused):
        answer_letter(letter, by=world.people["office"], text="代答")
    with pytest.raises(ChasingRefused, match="没有内容"):
        answer_letter(letter, by=world.people["industry"], text=" \n")
    answer = answer_letter(letter, by=world.people["industry"], text="本周内补报")
    assert answer.answered_on == dt.datetime.now().astimezone().date()
    with pytest.raises(ChasingRefused, match="已经答复"):
        answer_letter(letter, by=world.people["industry2"], text="再答")
    with pytest.raises(ChasingRefused, match="已经答复"):
        withdraw_letter(letter, by=world.people["office"], reason="发错")
    assert LetterAnswer.objects.count() == 1


def test_a_withdrawal_needs_a_reason_and_ends_the_letter(world: World) -> None:
    letter = issued(world)
    with pytest.raises(ChasingRefused, match="理由"):
        withdraw_letter(letter, by=world.people["office"], reason=" ")
    withdraw_letter(letter, by=world.people["office"], reason="发错单位")
    with pytest.raises(ChasingRefused, match="已经撤回"):
        withdraw_letter(letter, by=world.people["office"], reason="再撤")
    with pytest.raises(ChasingRefused, match="已经撤回"):
        answer_letter(letter, by=world.people["industry"], text="答")
    assert LetterWithdrawal.objects.get().reason == "发错单位"
    entry = Change.objects.filter(model="chasing.letterwithdrawal").first()
    assert entry is not None
    assert entry.reason == "发错单位"


def test_letters_on_invented_figures_take_no_real_number(world: World) -> None:
    world.month.demo = True
    kept(world.month)
    invented = issued(world)
    world.month.demo = False
    kept(world.month)
    real = issued(world, "市科技局")
    assert (invented.number, invented.demo) == ("演示包创办催〔2025〕1号", True)
    assert (real.number, real.demo) == ("包创办催〔2025〕1号", False)
    assert invented.words().demo


def test_invented_letters_go_with_the_demonstration(world: World) -> None:
    real = issued(world, "市科技局")
    world.month.demo = True
    kept(world.month)
    answer_letter(issued(world), by=world.people["industry"], text="答")
    withdraw_letter(issued(world), by=world.people["office"], reason="发错")
    with change("移除演示数据") as changes:
        remove_demonstration(changes)
    assert list(Letter.objects.all()) == [real]
    assert Reminder.objects.get().letter == real


def test_the_head_is_ours_until_the_office_sets_it_and_old_letters_keep_theirs(world: World) -> None:
    office = world.people["office"]
    first = issued(world)
    head = set_letterhead("包头市", by=office, mark="包科创办函", issuer="某办公室", expected_version=None)
    second = issued(world, "市科技局")
    assert (first.number, second.number) == ("包创办催〔2025〕1号", "包科创办函〔2025〕2号")
    assert second.words().issuer == "某办公室"
    with pytest.raises(ChasingRefused, match="刚才"):
        set_letterhead("包头市", by=office, mark="甲", issuer="乙", expected_version=None)
    set_letterhead("包头市", by=office, mark="丙", issuer="丁", expected_version=head.version)
    with pytest.raises(StaleVersion):
        set_letterhead("包头市", by=office, mark="甲", issuer="乙", expected_version=1)
    assert LetterHead.objects.get().mark == "丙"


# --- pages -------------------------------------------------------------------------------------------------------------


def test_the_office_issues_from_the_page_and_downloads_both_files(world: World, at: Any) -> None:
    client, address = at("office"), f"/chasing/{world.month.pk}/letter/?unit=市工信局"
    page = seen(client.get(address))
    assert "包创办催〔" in page
    assert "平台默认口径" in page
    given = {"ordinal": "1", "answer_by": "2099-01-01", "reason": ""}
    answer = client.post(address, given, follow=True)
    assert "已发出“包创办催〔" in seen(answer)
    letter = Letter.objects.get()
    base = f"/chasing/letters/{letter.pk}/"
    file = client.get(f"{base}file/docx/")
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert letter.number in said
    assert client.get(f"{base}file/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{base}file/exe/").status_code == 404
    again = client.post(address, given)
    assert again.status_code == 409
    assert "刚才已经发出" in seen(again)


@pytest.mark.parametrize(
    "bad",
    [{"ordinal": "x"}, {"ordinal": "0"}, {"answer_by": ""}, {"answer_by": "明天"}, {"reason": "长" * 1001}],
)
def test_a_form_filled_in_wrongly_issues_nothing(world: World, at: Any, bad: dict[str, str]) -> None:
    given = {"ordinal": "1", "answer_by": "2099-01-01", "reason": "", **bad}
    answer = at("office").post(f"/chasing/{world.month.pk}/letter/?unit=市工信局", given)
    assert answer.status_code == 400
    assert not Letter.objects.exists()


def test_a_unit_that_owes_nothing_gets_a_sentence_instead_of_a_form(world: World, at: Any) -> None:
    for unit in ("", "市商务局", "没有的局"):
        answer = at("office").get(f"/chasing/{world.month.pk}/letter/?unit={unit}")
        assert answer.status_code == 400


def test_the_unit_finds_its_letter_on_its_sheet_and_answers_there(world: World, at: Any) -> None:
    letter = issued(world)
    sheet = seen(at("industry").get(f"/reporting/{world.month.pk}/sheet/"))
    assert f"/chasing/letters/{letter.pk}/" in sheet
    assert "前答复" in sheet
    other = at("science")
    assert letter.number not in seen(other.get(f"/reporting/{world.month.pk}/sheet/"))
    for address in ("", "file/pdf/"):
        assert other.get(f"/chasing/letters/{letter.pk}/{address}").status_code == 404
    client, address = at("industry"), f"/chasing/letters/{letter.pk}/answer/"
    assert client.post(address, {"text": ""}).status_code == 400
    page = seen(client.post(address, {"text": "<b>本周</b>补报"}, follow=True))
    assert "&lt;b&gt;本周&lt;/b&gt;补报" in page
    assert client.post(address, {"text": "再"}).status_code == 409
    assert at("office").post(address, {"text": "代"}).status_code == 403


def test_the_office_withdraws_from_the_page_with_a_reason(world: World, at: Any) -> None:
    letter = issued(world)
    client, address = at("office"), f"/chasing/letters/{letter.pk}/withdraw/"
    assert client.post(address, {"reason": " "}).status_code == 400
    page = seen(client.post(address, {"reason": "发错单位"}, follow=True))
    assert "撤回:发错单位" in page
    assert client.post(address, {"reason": "再"}).status_code == 409
    file = client.get(f"/chasing/letters/{letter.pk}/file/docx/")
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert "撤回" in said


def test_letters_are_found_by_words_state_and_year(world: World, at: Any) -> None:
    first, second = issued(world), issued(world, "市科技局")
    answer_letter(first, by=world.people["industry"], text="本周补报")
    client = at("office")
    for query, numbers in (
        ("", {first.number, second.number}),
        ("q=科技", {second.number}),
        ("q=产值", {first.number}),
        ("state=answered", {first.number}),
        ("state=late", {second.number}),
        ("state=waiting", {second.number}),
        ("state=withdrawn", set()),
        ("year=2025", {first.number, second.number}),
        ("year=1999", {first.number, second.number}),
    ):
        page = seen(client.get(f"/chasing/letters/?{query}"))
        assert {one for one in (first.number, second.number) if f">{one}</a>" in page} == numbers, query
    book = openpyxl.load_workbook(io.BytesIO(client.get("/chasing/letters/?format=xlsx").content)).active
    assert [row[0] for row in book.iter_rows(min_row=2, values_only=True)] == [second.number, first.number]
    assert "本周补报" in client.get("/chasing/letters/?format=csv").content.decode()
    assert [
        one for one in (first.number, second.number) if one in seen(at("industry").get("/chasing/letters/"))
    ] == [first.number]


def test_the_head_is_set_on_its_page(world: World, at: Any) -> None:
    client = at("office")
    page = seen(client.get("/chasing/letterhead/"))
    assert "还没有设定" in page
    answer = client.post("/chasing/letterhead/", {"mark": "包创办催〔2025〕1号", "issuer": "某办"})
    assert answer.status_code == 400
    assert "只写1至12个汉字" in seen(answer)
    client.post("/chasing/letterhead/", {"mark": "包科创办函", "issuer": "某办"})
    assert LetterHead.objects.get().mark == "包科创办函"
    assert client.post("/chasing/letterhead/", {"mark": "甲", "issuer": "某办"}).status_code == 409
    assert (
        client.post("/chasing/letterhead/", {"mark": "甲", "issuer": "某办", "version": "9"}).status_code
        == 409
    )


def test_progress_in_words_is_chased_like_a_figure(world: World, at: Any) -> None:
    kept(
        Report(
            reporting_month=world.month,
            unit="市商务局",
            lead="市商务局",
            measure="m1",
            title="第一条进展",
            subject="包头市",
            period="2025-09",
        )
    )
    words = issued(world, "市商务局").words()
    assert words.title == "关于补报第一条进展数据的函"
    assert words.rows[0][0] == "第一条进展"
    assert "第一条进展" in seen(at("office").get("/chasing/?q=商务"))
