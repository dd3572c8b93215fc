"""The month's workbook as a round: handed out, filled, looked over, confirmed; and nothing saved before."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luming.reporting import Move
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.registers.models import StagedImport
from luming_portal.registers.plan import Outcome
from luming_portal.registers.staging import PlanChanged
from luming_portal.reporting import book_services
from luming_portal.reporting.book_entry import Entry
from luming_portal.reporting.book_marks import marked_book
from luming_portal.reporting.book_planning import _typed, plan_book
from luming_portal.reporting.book_reading import read_book
from luming_portal.reporting.book_services import book_of, confirm_book, stage_book
from luming_portal.reporting.models import Report
from luming_portal.reporting.selectors import reports_for
from luming_portal.reporting.services import move_reports
from luming_portal.reporting.workbook import workbook
from portal.reporting.conftest import World
from portal.reporting.month_book import (
    LETTERS,
    asked,
    book_for,
    filled,
    opened,
    outcomes,
    planned,
    saved,
    sentences,
)
from portal_records import fact, kept, seen, source

pytestmark = pytest.mark.django_db
V, S, N, E = (LETTERS[key] for key in ("value", "unchanged", "narrative", "evidence"))


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def _address(world: World, tail: str = "") -> str:
    return f"/reporting/{world.month.pk}/workbook/{tail}"


def _sent(client: Any, world: World, content: bytes, name: str = "报送.xlsx") -> Any:
    return client.post(_address(world, "upload/"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def _confirmed(client: Any, answer: Any, **more: str) -> Any:
    page = answer.content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest is not None, page
    address = answer.redirect_chain[-1][0] if answer.redirect_chain else answer.request["PATH_INFO"]
    return client.post(address, {"digest": digest[1], "do": "confirm", **more}, follow=True)


def _last(world: World, key: str, value: str) -> None:
    """A figure of the month before."""
    item = world.report(key)
    fact(
        item.indicator,
        source(f"s_{key}"),
        key=f"F-{key}",
        period="2025-08",
        period_start="2025-08-01",
        period_end="2025-08-31",
        value=Decimal(value),
    )


def test_it_holds_ones_own_rows_for_a_unit_and_all_or_one_unit_for_the_office(world: World, at: Any) -> None:
    def rows(who: str, query: str = "") -> list[str]:
        answer = at(who).get(_address(world) + query)
        assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
        return [row[2].value for row in opened(answer.content)["报送"].iter_rows(min_row=2)]

    assert rows("science") == ["企业数", "团队数"]
    assert rows("science", "?unit=市工信局") == ["企业数", "团队数"]
    assert rows("office") == ["产值", "企业数", "团队数"]
    assert rows("office", "?unit=市工信局") == ["产值"]
    assert at("office").get(_address(world) + "?unit=没有的局").status_code == 302
    assert at("other").get(_address(world)).status_code == 404
    assert Change.objects.filter(action="report.exported").count() == 4


def test_nothing_is_saved_before_it_is_confirmed_and_twice_is_once(world: World, at: Any) -> None:
    client = at("science")
    _last(world, "teams", "12")
    content = filled(
        client.get(_address(world)).content,
        {f"{V}2": 30, f"{N}2": "按台账\n=SUM(A1)", f"{S}3": "是", f"{E}3": "台账第3号"},
    )
    answer = _sent(client, world, content)
    page = seen(answer)
    assert "<del>(空)</del> → <ins>30家</ins>" in page
    assert "<ins>12家</ins>" in page
    assert world.report("firms").value is None
    done = _confirmed(client, answer, reason="九月台账")
    assert "已导入:修改2项,未变0项" in seen(done)
    firms, teams = world.report("firms"), world.report("teams")
    assert (firms.value, firms.narrative, firms.stage) == (30, "按台账\n=SUM(A1)", "draft")
    assert (teams.value, teams.unchanged, teams.evidence) == (12, True, "台账第3号")
    entries = Change.objects.filter(reason="九月台账")
    assert sorted(entries.values_list("action", flat=True)) == ["report.imported", "update", "update"]
    assert not StagedImport.objects.exists()
    again = _sent(client, world, content)
    assert "没有要保存的内容" in seen(again)


def test_the_office_sends_it_out_but_does_not_fill_it_in(world: World, at: Any) -> None:
    content = at("office").get(_address(world)).content
    assert at("office").get(_address(world, "upload/")).status_code == 403
    assert at("office").post(_address(world, "upload/"), {"file": ""}).status_code == 403
    plan = planned(world.month, filled(content, {f"{V}2": 1, f"{V}3": 2}), world.people["science"])
    assert {row.label: row.outcome for row in plan.rows} == {
        "产值": Outcome.REFUSED,
        "企业数 · 包头市": Outcome.CHANGED,
        "团队数 · 包头市": Outcome.UNCHANGED,
    }


def test_rows_of_others_and_rows_handed_in_are_refused_only_when_touched(world: World) -> None:
    science = world.people["science"]
    world.fill("firms", "30")
    content = workbook(world.month, list(reports_for(world.people["office"], world.month).order_by("pk")))
    names = [row[2].value for row in opened(content)["报送"].iter_rows(min_row=2)]
    output, firms, teams = (names.index(name) + 2 for name in ("产值", "企业数", "团队数"))
    move_reports([world.report("firms")], Move.SUBMIT, by=science)
    assert set(outcomes(planned(world.month, content, science)).values()) == {Outcome.UNCHANGED}
    touched = filled(content, {f"{V}{output}": 5, f"{V}{firms}": 31, f"{V}{teams}": 6})
    plan = planned(world.month, touched, science)
    assert outcomes(plan) == {
        output: Outcome.REFUSED,
        firms: Outcome.REFUSED,
        teams: Outcome.CHANGED,
    }
    assert "这一行是市工信局的,您不能填写" in sentences(plan, output)
    assert "现在是“待单位审核”" in sentences(plan, firms)


def test_a_workbook_of_another_month_changes_nothing(world: World) -> None:
    science = world.people["science"]
    other = kept(
        type(world.month)(
            document=world.month.document,
            year=2025,
            month=8,
            due_on=world.month.due_on,
            verify_by=world.month.verify_by,
            publish_by=world.month.publish_by,
        )
    )
    asked(other, ["市科技局"], 2)
    content = filled(book_for(other, science), {f"{V}2": 1})
    plan = planned(world.month, content, science)
    assert set(outcomes(plan).values()) == {Outcome.REFUSED}
    assert "这是2025年8月那一期的行,不是2025年9月报送" in sentences(plan, 2)


def test_what_a_colleague_saved_is_not_undone_by_a_row_nobody_touched(world: World) -> None:
    science = world.people["science"]
    content = book_for(world.month, science)
    world.fill("firms", "30")
    world.fill("teams", "5")
    plan = planned(world.month, filled(content, {f"{V}3": 6}), science)
    assert outcomes(plan) == {2: Outcome.UNCHANGED, 3: Outcome.CHANGED}
    assert plan.changed[0].doubts[0].startswith("下载以后这一项在平台上改过")


def test_reports_changed_since_the_preview_are_named_and_nothing_is_written(world: World, at: Any) -> None:
    client = at("science")
    content = filled(client.get(_address(world)).content, {f"{V}2": 30, f"{V}3": 5})
    answer = _sent(client, world, content)
    world.fill("firms", "29")
    refused = _confirmed(client, answer)
    assert refused.status_code == 409
    assert "第2行“企业数 · 包头市”在预览之后改过。 没有导入任何内容" in seen(refused)
    assert "<del>29家</del> → <ins>30家</ins>" in seen(refused)
    assert world.report("teams").value is None
    assert _confirmed(client, refused).status_code == 200
    assert (world.report("firms").value, world.report("teams").value) == (30, 5)


def test_a_row_handed_in_since_the_preview_stops_the_import(world: World, at: Any) -> None:
    client = at("science")
    answer = _sent(client, world, filled(client.get(_address(world)).content, {f"{V}2": 30}))
    world.fill("firms", "30")
    move_reports([world.report("firms")], Move.SUBMIT, by=world.people["science"])
    refused = _confirmed(client, answer)
    assert refused.status_code == 409
    assert "有1项已经提交,或不再由您填写" in seen(refused)


def test_a_save_in_the_very_moment_of_confirming_wins(world: World, monkeypatch: Any) -> None:
    science = world.people["science"]
    content = filled(book_for(world.month, science), {f"{V}2": 30, f"{V}3": 5})
    staged = stage_book(world.month, "报送.xlsx", content, by=science)
    plan = plan_book(book_of(staged), world.month, by=science)
    world.fill("teams", "4")
    monkeypatch.setattr(book_services, "plan_book", lambda *_args, **_named: plan)
    with pytest.raises(StaleVersion, match="团队数"):
        confirm_book(staged, world.month, plan.digest(), by=science)
    assert world.report("firms").value is None
    assert StagedImport.objects.filter(pk=staged.pk).exists()


def test_another_preview_than_the_one_confirmed_is_refused(world: World) -> None:
    science = world.people["science"]
    staged = stage_book(world.month, "a.xlsx", book_for(world.month, science), by=science)
    with pytest.raises(PlanChanged):
        confirm_book(staged, world.month, "0" * 64, by=science)


def test_sound_rows_go_ahead_only_by_choice_and_the_rest_comes_later(world: World, at: Any) -> None:
    client = at("science")
    content = filled(client.get(_address(world)).content, {f"{V}2": 30, f"{V}3": "约5"})
    answer = _sent(client, world, content)
    refused = _confirmed(client, answer)
    assert refused.status_code == 400
    assert "有1行有问题" in seen(refused)
    assert world.report("firms").value is None
    marked = client.get(answer.redirect_chain[-1][0] + "marked/")
    done = _confirmed(client, answer, partly="1")
    assert "有1行没有导入" in seen(done)
    assert (world.report("firms").value, world.report("teams").value) == (30, None)
    book = opened(marked.content)
    sheet = book["报送"]
    assert "约数字样" in sheet[f"{V}3"].comment.text
    assert sheet[f"{V}3"].fill.fgColor.rgb.endswith("FDD9D6")
    assert sheet[f"{V}2"].comment is None
    assert "约数字样" in sheet["N3"].value
    assert sheet["N1"].value == "问题"
    sheet[f"{V}3"] = 5
    again = _sent(client, world, saved(book))
    assert "行有问题" in seen(again)
    assert _confirmed(client, again).status_code == 200
    assert world.report("teams").value == 5


def test_marks_go_into_the_very_workbook_and_old_ones_go(world: World) -> None:
    science = world.people["science"]
    _last(world, "firms", "300")
    book = opened(book_for(world.month, science))
    sheet = book["报送"]
    sheet["N1"], sheet["N2"] = "我的备注", "自己记的"
    book.create_sheet("底数")["A1"] = "=1+1"
    sheet[f"{V}2"], sheet[f"{V}3"] = 30, "约5"
    for round_ in range(2):
        content = saved(book)
        read = read_book("a.xlsx", content)
        plan = plan_book(read, world.month, by=science)
        book = opened(marked_book(read, plan, content))
        sheet = book["报送"]
        assert sheet["N2"].value == "自己记的"
        assert book["底数"]["A1"].value == "=1+1"
        assert sheet["O1"].value == "问题"
        assert "相差约十倍" in sheet["O2"].value, round_
        assert sheet["O2"].fill.fgColor.rgb.endswith("FFF2CC")
        assert sheet[f"{V}3"].comment.text.count("约数字样") == 1
    sheet[f"{V}2"], sheet[f"{V}3"] = 300, 5
    content = saved(book)
    read = read_book("a.xlsx", content)
    sheet = opened(marked_book(read, plan_book(read, world.month, by=science), content))["报送"]
    assert sheet[f"{V}3"].comment is None
    assert [sheet[f"O{row}"].value for row in (1, 2, 3)] == ["问题", None, None]


def test_a_workbook_that_cannot_be_written_again_is_made_anew(world: World) -> None:
    science = world.people["science"]
    content = filled(book_for(world.month, science), {f"{V}2": "约3", f"{N}2": "'=1+1"})
    read = read_book("a.xlsx", content)
    sheet = opened(marked_book(read, plan_book(read, world.month, by=science), b"PK broken"))["报送"]
    assert sheet[f"{V}2"].value == "约3"
    assert "约数字样" in sheet[f"{V}2"].comment.text


def test_uploads_expire_and_are_ones_own(world: World, at: Any) -> None:
    client = at("science")
    answer = _sent(client, world, client.get(_address(world)).content)
    address = answer.redirect_chain[-1][0]
    assert at("science2").get(address).status_code == 404
    assert "报送.xlsx" in seen(client.get(_address(world, "upload/")))
    StagedImport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert client.get(address + "marked/").status_code == 404
    assert "报送.xlsx" not in seen(client.get(_address(world, "upload/")))
    _sent(client, world, client.get(_address(world)).content)
    assert StagedImport.objects.count() == 1


def test_an_import_can_be_dropped(world: World, at: Any) -> None:
    client = at("science")
    answer = _sent(client, world, filled(client.get(_address(world)).content, {f"{V}2": 3}))
    client.post(answer.redirect_chain[-1][0], {"do": "drop"})
    assert not StagedImport.objects.exists()
    assert world.report("firms").value is None


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("报送.xls", b"x", "旧版 .xls"),
        ("报送.csv", b"x", "只收 .xlsx 和 .xlsm"),
        ("报送.xlsx", b"", "空文件"),
        ("报送.xlsx", "编号,数值".encode(), "不是工作簿的文件"),
        ("a&b<i>.xlsx", b"PK", "a&amp;b&lt;i&gt;.xlsx"),
    ],
)
def test_what_cannot_be_read_is_told_with_status_400(
    world: World, at: Any, name: str, content: bytes, told: str
) -> None:
    answer = _sent(at("science"), world, content, name)
    assert answer.status_code == 400
    assert told in seen(answer)
    assert not StagedImport.objects.exists()


def test_no_file_at_all_is_told(world: World, at: Any) -> None:
    answer = at("science").post(_address(world, "upload/"))
    assert answer.status_code == 400
    assert "没有选择文件" in seen(answer)


_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.sampled_from("=+-@'\"\t\r\n _x0041 ,;\u200b\ufeff,家😀👨‍👩‍👧%"), max_size=30),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "@SUM(A1)", "-1+2", "'quoted", "长" * 4000, "a\r\nb", "_x0041_x0041_"]
    ),
)
_VALUES = st.one_of(
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20),
    st.integers(-(10**27), 10**27).map(Decimal),
    st.sampled_from(
        ["0", "0.0000", "1E+3", "0.1", "999999999999999", "9999999999999999", "0.000000000001"]
    ).map(Decimal),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(_VALUES, st.booleans(), _TEXTS, _TEXTS), min_size=3, max_size=3),
    st.sets(st.sampled_from([0, 1, 2]), min_size=1),
)
def test_what_is_handed_out_and_comes_back_changes_nothing(
    world: World, rows: list[tuple[Decimal | None, bool, str, str]], chosen: set[int]
) -> None:
    reports = list(Report.objects.select_related("indicator", "reporting_month").order_by("pk"))
    for report, (value, unchanged, narrative, evidence) in zip(reports, rows, strict=True):
        report.unit = "市科技局"
        report.value, report.unchanged = value, unchanged
        report.narrative, report.evidence = narrative.replace("\0", ""), evidence.replace("\0", "")
    out = [reports[at] for at in sorted(chosen)]
    kept(*reports)
    read = read_book("a.xlsx", workbook(world.month, out))
    for row, report in zip(read.rows, out, strict=True):
        assert _typed(row, report) == Entry.of(report)
    plan = plan_book(read, world.month, by=world.people["science"])
    assert set(outcomes(plan).values()) == {Outcome.UNCHANGED}
    assert not plan.problems


def test_the_marked_workbook_comes_back_the_same(world: World) -> None:
    science = world.people["science"]
    world.fill("firms", "30", narrative="=1+1\n@x _x0041_ '", evidence="-2")
    content = book_for(world.month, science)
    read = read_book("a.xlsx", content)
    again = read_book("b.xlsx", marked_book(read, plan_book(read, world.month, by=science), content))
    assert [row.cells for row in again.rows] == [row.cells for row in read.rows]
    assert not any(row.formulas for row in again.rows)


def test_progress_in_words_is_filled_in_too(world: World) -> None:
    science = world.people["science"]
    for at in (3, 4):
        kept(
            Report(
                reporting_month=world.month,
                position=9,
                unit="市科技局",
                lead="市科技局",
                title=f"第{at}条进展",
                measure=str(at),
                subject="包头市",
                period="2025-09",
            )
        )
    content = book_for(world.month, science)
    sheet = opened(content)["报送"]
    assert [sheet[f"C{row}"].value for row in (4, 5)] == ["第3条进展", "第4条进展"]
    assert sheet[f"{V}4"].protection.locked
    assert not sheet[f"{N}4"].protection.locked
    assert set(outcomes(planned(world.month, content, science)).values()) == {Outcome.UNCHANGED}
    told = filled(content, {f"{N}4": "已开工", f"{S}5": "是"})
    plan = planned(world.month, told, science)
    assert [row.item.narrative for row in plan.changed] == ["已开工"]
    assert "没有上期的进展" in sentences(plan, 5)
    figure = planned(world.month, filled(content, {f"{V}4": 5}), science)
    assert "只写进展,不填数值" in sentences(figure, 4)


def test_progress_can_be_the_same_as_last_time(world: World) -> None:
    science = world.people["science"]
    earlier = kept(
        type(world.month)(
            document=world.month.document,
            year=2025,
            month=8,
            due_on=world.month.due_on,
            verify_by=world.month.verify_by,
            publish_by=world.month.publish_by,
        )
    )
    for month, fields in ((earlier, {"stage": "published", "narrative": "已开工"}), (world.month, {})):
        kept(
            Report(
                **{
                    "reporting_month": month,
                    "position": 9,
                    "unit": "市科技局",
                    "lead": "市科技局",
                    "title": "第3条进展",
                    "measure": "3",
                    "subject": "包头市",
                    "period": f"2025-{month.month:02d}",
                    **fields,
                }
            )
        )
    content = book_for(world.month, science)
    assert opened(content)["报送"][f"{LETTERS['last']}4"].value == "已开工"
    (row,) = planned(world.month, filled(content, {f"{S}4": "是"}), science).changed
    assert (row.item.narrative, row.item.unchanged, row.item.value) == ("已开工", True, None)
    both = planned(world.month, filled(content, {f"{S}4": "是", f"{N}4": "已封顶"}), science)
    assert "又写了不同的进展" in sentences(both, 4)


def test_queries_do_not_grow_with_the_rows_of_a_batch(world: World) -> None:
    science = world.people["science"]

    def queries(subjects: int) -> list[int]:
        counts = []
        with CaptureQueriesContext(connection) as out:
            content = book_for(world.month, science)
        counts.append(len(out))
        content = filled(content, {f"{V}{row}": row + subjects for row in range(2, subjects + 2)})
        with CaptureQueriesContext(connection) as taken:
            staged = stage_book(world.month, "a.xlsx", content, by=science)
        counts.append(len(taken))
        plan = plan_book(book_of(staged), world.month, by=science)
        with CaptureQueriesContext(connection) as done:
            confirm_book(staged, world.month, plan.digest(), by=science)
        return [*counts, len(done)]

    few = queries(2)
    asked(world.month, ["市科技局"], 25)
    assert queries(27) == few
