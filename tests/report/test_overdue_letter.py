"""The letter that asks for overdue figures: what it says, that its words keep, and both files of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import docx as word
import pytest

from luming.report import (
    EarlierReminder,
    LetterText,
    OverdueLetter,
    OwedFigure,
    compose_overdue_letter,
    docx,
    letter_paper,
    pdf,
)

LETTER = OverdueLetter(
    number="包创办催〔2025〕1号",
    issuer="市委科技创新领导小组办公室",
    issued_on=dt.date(2025, 10, 16),
    unit="市工信局",
    document="包党发〔2025〕1号",
    month="2025年9月",
    due_on=dt.date(2025, 10, 5),
    owed=(OwedFigure("规上工业增加值", "2025年1—9月", "亿元"), OwedFigure("企业数", "2025年9月", "家")),
    reminders=(
        EarlierReminder(dt.date(2025, 10, 6), "工作群"),
        EarlierReminder(dt.date(2025, 10, 10), "电话"),
    ),
    reason="",
    answer_by=dt.date(2025, 10, 23),
)


def words(text: LetterText) -> str:
    """All that it says."""
    return "\n".join((text.title, *text.before, *("|".join(row) for row in text.rows), *text.after))


def test_it_says_which_figures_since_when_and_what_went_before() -> None:
    said = words(compose_overdue_letter(LETTER))
    for part in (
        "关于补报规上工业增加值等2项数据的函",
        "已逾期11天",
        "此前已提醒2次",
        "2025年10月6日（工作群）、2025年10月10日（电话）",
        "规上工业增加值（亿元）|2025年1—9月|2025年10月5日|11天",
        "请于2025年10月23日前补报",
        "签发人",
    ):
        assert part in said
    assert "发函原因" not in said


def test_before_the_due_day_it_speaks_of_no_delay() -> None:
    early = replace(LETTER, issued_on=dt.date(2025, 10, 5), reason="已连续两月迟报。", reminders=())
    said = words(compose_overdue_letter(early))
    assert "关于按时报送" in said
    assert "发函原因：已连续两月迟报。" in said
    assert "未逾期" in said
    assert "此前" not in said
    assert "已逾期" not in said


def test_a_letter_without_figures_is_none() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compose_overdue_letter(replace(LETTER, owed=()))


def test_its_words_keep() -> None:
    text = compose_overdue_letter(LETTER)
    assert LetterText.from_data(json.loads(json.dumps(text.as_data()))) == text


def test_both_files_hold_number_recipient_and_table_and_are_the_same_twice() -> None:
    paper = letter_paper(compose_overdue_letter(LETTER))
    made = docx.render(paper)
    assert made == docx.render(paper)
    file = word.Document(io.BytesIO(made))
    said = "\n".join(one.text for one in file.paragraphs)
    assert "包创办催〔2025〕1号" in said
    assert "市工信局：" in said
    assert len(file.tables[0].rows) == 3
    assert pdf.render(paper).startswith(b"%PDF")


def test_one_that_was_withdrawn_says_so() -> None:
    paper = letter_paper(compose_overdue_letter(LETTER), withdrawn_on=dt.date(2025, 10, 20))
    said = "\n".join(one.text for one in word.Document(io.BytesIO(docx.render(paper))).paragraphs)
    assert "已于2025年10月20日撤回" in said


def test_one_on_invented_figures_says_so() -> None:
    assert letter_paper(compose_overdue_letter(replace(LETTER, demo=True))).demo
