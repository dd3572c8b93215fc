"""What every paper of the office keeps: exact counts, each number with its reference, one mark at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.facts.fact import Status
from luming.monitor.model import Assessment, Board, Light, Standing
from luming.report import docx, html, pdf, xlsx
from luming.report.brief import compose_brief
from luming.report.bulletin import compose_bulletin
from luming.report.chat import compose_chat
from luming.report.desk import Desk, default_desk, next_report_day
from luming.report.model import Figure, Paper, Paragraph, figures, plain
from luming.report.monthly_sheet import compose_monthly_sheet
from luming.report.reminder import compose_reminders
from luming.report.typeset import typeset
from luming.report.xlsx import LightCell

DOUBLED = re.compile(r"[。\uff0c\uff1b\uff1a、]{2,}|\uff08\uff09|“”")


def words_of(value: Any) -> Iterator[str]:
    """All texts inside a model, except quotations."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from words_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("quote", "spec", "address", "key", "codes"):
                yield from words_of(getattr(value, field.name))


def papers_of(board: Board, desk: Desk) -> list[Paper]:
    letters = [reminder.paper for reminder in compose_reminders(board, desk)]
    return [compose_bulletin(board, desk), compose_brief(board, desk), *letters]


def sentences(paper: Paper) -> str:
    blocks = (*typeset(paper).blocks, *typeset(paper).annex)
    return "\n".join(plain(block.inlines) for block in blocks if isinstance(block, Paragraph))


@pytest.fixture(params=["board", "demo_board", "grey_board"])
def any_board(request: pytest.FixtureRequest) -> Board:
    made: Board = request.getfixturevalue(request.param)
    return made


def test_no_mark_is_doubled_and_no_bracket_is_empty(any_board: Board, desk: Desk) -> None:
    for paper in papers_of(any_board, desk):
        for words in words_of(typeset(paper)):
            assert not DOUBLED.search(words), words
    for line in compose_chat(any_board, desk).splitlines():
        assert not DOUBLED.search(line), line


def test_no_half_width_mark_stands_beside_chinese(any_board: Board, desk: Desk) -> None:
    for paper in papers_of(any_board, desk):
        for words in words_of(typeset(paper)):
            assert not re.search(r"[\u4e00-\u9fff][,;:()]", words), words


def test_no_english_word_and_no_programmers_word_reaches_a_reader(any_board: Board, desk: Desk) -> None:
    for paper in papers_of(any_board, desk):
        text = "".join(words_of(sentences(paper)))
        assert not re.search(r"None|nan|Decimal|green|yellow|grey|\bred\b", text)


def test_every_figure_leads_to_a_reference(board: Board, desk: Desk) -> None:
    for paper in papers_of(board, desk):
        cited = [figure for figure in figures((*paper.blocks, *paper.annex)) if isinstance(figure, Figure)]
        assert all(figure.ref for figure in cited)
        assert {"fact re", "fact pv", "fact wind"} & {figure.ref for figure in cited} or "补报" in paper.title


def test_demonstration_is_carried_into_every_paper(demo_board: Board, board: Board, desk: Desk) -> None:
    assert all(paper.demo for paper in papers_of(demo_board, desk))
    assert not any(paper.demo for paper in papers_of(board, desk))
    assert compose_monthly_sheet(demo_board, desk).demo
    assert compose_chat(demo_board, desk).startswith("【演示数据")
    assert "演示数据" not in compose_chat(board, desk)


def test_all_is_marked_a_draft(board: Board, desk: Desk) -> None:
    assert all(paper.draft for paper in papers_of(board, desk))


def test_same_board_same_bytes(board: Board, desk: Desk) -> None:
    for paper, again in zip(papers_of(board, desk), papers_of(board, desk), strict=True):
        assert docx.render(paper) == docx.render(again)
        assert pdf.render(paper) == pdf.render(again)
        assert html.render(paper) == html.render(again)
    sheet = compose_monthly_sheet(board, desk)
    assert xlsx.render(sheet) == xlsx.render(compose_monthly_sheet(board, desk))


def test_the_desk_asks_for_answers_by_the_next_fifth_that_is_worked(board: Board) -> None:
    assert str(default_desk(board).answer_by) == "2025-10-09"
    assert str(next_report_day(dt.date(2025, 10, 6))) == "2025-10-09"
    assert str(next_report_day(dt.date(2025, 10, 9))) == "2025-11-05"
    assert str(next_report_day(board.as_of.replace(day=4))) == "2025-09-05"
    assert str(next_report_day(board.as_of.replace(month=12))) == "2026-01-05"


def test_in_a_year_without_a_calendar_the_fifth_stands() -> None:
    assert next_report_day(dt.date(2031, 7, 1)) == dt.date(2031, 7, 5)


# --- 通报 ---


def test_the_bulletin_counts_exactly(board: Board, desk: Desk) -> None:
    words = sentences(compose_bulletin(board, desk))
    assert "定量目标共4项，其中绿灯1项、黄灯1项、红灯1项、灰灯1项。" in words
    assert "其中1项目标的数据序列可以支持年末预测，其余3项数据不足，不作预测。" in words


def test_the_bulletin_says_where_a_target_stands(board: Board, desk: Desk) -> None:
    words = sentences(compose_bulletin(board, desk))
    assert (
        "稀土产业产值2025年1—9月完成864亿元，目标为1300亿元以上，完成率66.5%，序时进度74.8%，"
        "落后序时进度8.3个百分点，亮绿灯。预计2025年为1210.4亿元（80%区间为1180至1240亿元），"
        "达到目标的可能性约12%。" in words
    )
    assert "全社会研发投入（目标100亿元以上、增长10%以上）本年尚无数据，亮灰灯。" in words


def test_the_bulletin_says_what_is_missing_and_asks_only_for_what_is_due(board: Board, desk: Desk) -> None:
    paper = compose_bulletin(board, desk)
    text = "".join(words_of(typeset(paper).blocks))
    assert "判断各项目标尚缺2个数据：1个已到应取得日期，1个尚未到期。" in text
    assert "2025年8月14日（已逾期47天）" in text
    assert (
        "请市统计局（1项）于2025年10月5日前提供“数据缺口”所列已到期的数据；确无数据的，书面说明原因。" in text
    )
    assert "请市工信局于2025年10月5日前书面说明滞后原因、整改措施、责任人和完成时限。" in text


def test_the_bulletin_shows_the_reckoning_of_a_contradiction(board: Board, desk: Desk) -> None:
    assert (
        "研发投入两个口径对不上。100亿元目标倒推上年应为90.9亿元，与公布强度不符。"
        "测算：4575.1×1.67%=76.4亿元。所据数据：2025年1—9月864亿元。现行目标：全社会研发投入100亿元以上、增长10%以上。联系单位：市统计局。"
        in sentences(compose_bulletin(board, desk))
    )


def test_a_bulletin_without_facts_says_so_plainly(grey_board: Board, desk: Desk) -> None:
    words = sentences(compose_bulletin(grey_board, desk))
    assert "定量目标共18项，其中绿灯0项、黄灯0项、红灯0项、灰灯18项。" in words
    assert "不代表进度滞后；全部目标为灰灯" in words
    assert "各项目标的数据序列均不足以支持预测，本期不作年末预测。" in words
    assert "本期没有亮红灯、黄灯的目标" in words


@pytest.mark.parametrize(
    ("day", "span"),
    [
        ("2025-09-30", "2025年三季度"),
        ("2025-12-31", "2025年四季度"),
        ("2025-10-31", "2025年1—10月"),
        ("2025-10-15", "2025年三季度"),
        ("2025-11-15", "2025年1—10月"),
        ("2026-01-15", "2025年四季度"),
        ("2025-01-20", "2025年"),
        ("2025-01-31", "2025年1月"),
    ],
)
def test_the_bulletin_names_the_stretch_it_speaks_of(board: Board, desk: Desk, day: str, span: str) -> None:
    dated = replace(board, as_of=type(board.as_of).fromisoformat(day))
    assert compose_bulletin(dated, desk).title == f"关于{span}创新驱动发展重点目标推进情况的通报"


# --- 参阅 ---


@pytest.mark.parametrize(
    "words", ["晶硅光伏产业产值", "很长的目标名称" * 20, "W" * 300], ids=["short", "long", "latin"]
)
@pytest.mark.parametrize("count", [0, 1, 3, 5, 9, 40])
def test_the_brief_is_one_page_whatever_it_holds(
    wordy_board: Callable[[int, str], Board], desk: Desk, count: int, words: str
) -> None:
    made = pdf.render(compose_brief(wordy_board(count, words), desk))
    assert len(pypdfium2.PdfDocument(made)) == 1


def test_the_brief_says_how_many_it_leaves_out(wordy_board: Callable[[int, str], Board], desk: Desk) -> None:
    paper = compose_brief(wordy_board(40, "晶硅光伏产业产值"), desk)
    count = r"(\d+)"
    found = re.search(
        f"另有{count}项亮红灯或者黄灯的目标、{count}处目标与数据不一致未列入本页", sentences(paper)
    )
    assert found is not None
    text = "".join(words_of(typeset(paper).blocks))
    assert text.count("牵头单位") - 1 == 40 - int(found[1])


def test_the_brief_shows_all_when_all_fit(board: Board, desk: Desk) -> None:
    paper = compose_brief(board, desk)
    assert "未列入本页" not in sentences(paper)
    text = "".join(words_of(typeset(paper).blocks))
    assert "陆上风电装备产业产值" in text
    assert "研发投入两个口径对不上" in text


# --- 督办函 ---


def test_each_unit_gets_one_letter_and_nobody_is_asked_for_what_is_not_due(board: Board, desk: Desk) -> None:
    letters = compose_reminders(board, desk)
    assert [letter.unit for letter in letters] == ["市工信局", "市统计局"]
    assert [letter.paper.recipient for letter in letters] == ["市工信局", "市统计局"]
    first, second = (letter.paper for letter in letters)
    assert first.title == "关于督办陆上风电装备产业产值等2项目标进度的函"
    assert second.title == "关于补报全社会研发投入数据的函"
    owed = "".join(words_of(typeset(second).blocks))
    assert "2025年上半年" in owed
    assert "2026年" not in owed


def test_a_letter_gives_reason_number_and_deadline(board: Board, desk: Desk) -> None:
    text = "".join(words_of(typeset(compose_reminders(board, desk)[0].paper).blocks))
    assert "由你单位牵头的目标中有2项落后于序时进度（红灯1项、黄灯1项）" in text
    for words in ("−34.8", "40%", "80亿元", "进度落后序时10至30个百分点（含）亮黄灯", "请于2025年10月5日前"):
        assert words in text
    assert "请核对分工后再行文" in text


def test_without_anything_late_there_is_no_letter(board: Board, desk: Desk) -> None:
    calm = replace(board, assessments=(board.assessments[1],))
    assert compose_reminders(calm, desk) == ()


# --- 群消息 ---


def test_the_chat_text_is_short_and_plain(board: Board, desk: Desk) -> None:
    assert compose_chat(board, desk) == (
        "【包头市重点目标调度】数据截至2025年9月30日\n"
        "监测目标4项：绿灯1项、黄灯1项、红灯1项、灰灯1项。\n"
        "红灯1项：\n"
        "1.陆上风电装备产业产值，完成率40%，落后序时进度34.8个百分点（牵头：市工信局）\n"
        "黄灯1项：\n"
        "1.晶硅光伏产业产值，完成率55%，落后序时进度19.8个百分点（牵头：市工信局）\n"
        "已到期未取得的数据1个，请市统计局（1项）于2025年10月5日前提供。\n"
        "目标与数据不一致1处，详见通报。\n"
        "亮灯规则为平台默认口径，明细见月调度表。\n"
    )


def test_the_chat_text_stays_short_with_many(wordy_board: Callable[[int, str], Board], desk: Desk) -> None:
    text = compose_chat(wordy_board(40, "晶硅光伏产业产值"), desk)
    assert "另有红灯35项未列出。" in text
    assert len(text.splitlines()) <= 14


# --- 调度表 ---


def test_the_monthly_sheet_holds_the_board(board: Board, desk: Desk) -> None:
    book = compose_monthly_sheet(board, desk)
    assert [sheet.name for sheet in book.sheets] == [
        "总表",
        "分项明细",
        "数据缺口",
        "亮灯理由",
        "事实与来源",
        "口径说明",
        "区县排名",
    ]
    rows = book.sheets[0].rows
    assert len(rows) == 4
    assert rows[1][4:11] == (
        Decimal("864"),
        "亿元",
        "2025年1—9月",
        Decimal("0.665"),
        Decimal("0.748"),
        Decimal("-8.3"),
        LightCell(Light.GREEN),
    )
    assert rows[0][4] is None
    assert rows[0][11] == "不作预测：2个数据，至少需要8个"


def test_the_sheet_shows_rank_and_reason(board: Board, desk: Desk) -> None:
    sheet = compose_monthly_sheet(board, desk).sheets[-1]
    assert [row[0] for row in sheet.rows] == [1, None]
    assert sheet.notes == ("得分=0.4×完成率。",)


# --- any board ---


@st.composite
def any_assessment(draw: st.DrawFn, given_one: Assessment) -> Assessment:
    words = draw(st.text(min_size=1, max_size=30))
    share = st.none() | st.decimals(0, 3, places=4)
    latest = draw(st.sampled_from([None, given_one.standing.latest]))
    if latest is not None:
        latest = replace(latest, note=words, status=draw(st.sampled_from(Status)))
    known = latest is not None
    standing = Standing(
        latest,
        draw(share) if known else None,
        draw(share) if known else None,
        draw(st.none() | st.decimals(-120, 120, places=3)) if known else None,
        None,
        draw(st.none() | st.decimals(-90, 90, places=2)) if known else None,
        draw(st.sampled_from([None, True, False])),
        words,
        draw(st.sampled_from([None, given_one.standing.latest])),
    )
    light = replace(
        given_one.light,
        light=draw(st.sampled_from(Light)),
        reason=words,
        override_by=draw(st.sampled_from(["", "某人"])),
    )
    target = given_one.target.model_copy(update={"label": words})
    lead = tuple(draw(st.lists(st.text(min_size=1, max_size=12), max_size=3)))
    return replace(given_one, standing=standing, light=light, target=target, lead=lead)


@settings(max_examples=8)
@given(data=st.data())
def test_any_board_can_be_written(board: Board, desk: Desk, data: st.DataObject) -> None:
    items = tuple(data.draw(any_assessment(item)) for item in board.assessments)
    drawn = replace(board, assessments=items)
    for paper in papers_of(drawn, desk):
        assert docx.render(paper).startswith(b"PK")
        assert pdf.render(paper).startswith(b"%PDF")
        assert html.render(paper).startswith("<!DOCTYPE html>")
    assert len(pypdfium2.PdfDocument(pdf.render(compose_brief(drawn, desk)))) == 1
    assert xlsx.render(compose_monthly_sheet(drawn, desk)).startswith(b"PK")
    assert compose_chat(drawn, desk).endswith("\n")
