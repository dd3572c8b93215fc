"""Templates filled with values: what comes out, and what does not."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.paperwork import (
    KINDS,
    SEAL_MARK,
    MissingValues,
    WordsTable,
    capital_amount,
    check_template,
    default_template,
    example_values,
    fill,
    kind_named,
    paper_number,
    pdf,
    placeholders_of,
    read_words,
)
from luming.paperwork.filling import TemplateBroken, fill_checked


def _words(content: bytes) -> str:
    return "\n".join(
        "|".join("|".join(row) for row in one.rows) if isinstance(one, WordsTable) else one.text
        for one in read_words(content)
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_default_template_is_sound_and_fills(kind: object) -> None:
    template = default_template(kind)  # type: ignore[arg-type]
    checked = check_template(template, kind)  # type: ignore[arg-type]
    made = fill(template, kind, example_values(kind), used=checked.used, demo=True)  # type: ignore[arg-type]
    assert made == fill(template, kind, example_values(kind), used=checked.used, demo=True)  # type: ignore[arg-type]
    words = _words(made)
    assert "{" not in words
    assert "}" not in words
    assert SEAL_MARK in words
    assert "演示数据" in words
    assert "K7M4-QX9P" in words


def test_the_pdf_holds_the_same_words() -> None:
    kind = KINDS["decision"]
    template = default_template(kind)
    made = fill(template, kind, example_values(kind), used=check_template(template, kind).used)
    printed = pdf.render(made, title="决定书", note="阅读版", day=dt.date(2026, 3, 2))
    assert printed == pdf.render(made, title="决定书", note="阅读版", day=dt.date(2026, 3, 2))
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(printed))
    flat = "".join(text.split())
    assert "叁拾万元整" in flat
    assert "阅读版" in flat
    assert "演示数据" not in flat


def test_what_is_not_known_is_named_and_not_left_blank() -> None:
    kind = KINDS["rejection"]
    template = default_template(kind)
    values = example_values(kind) | {"不予受理理由": "", "联系人": ""}
    with pytest.raises(MissingValues) as raised:
        fill(template, kind, values, used=check_template(template, kind).used)
    assert raised.value.names == ("不予受理理由",)
    values["不予受理理由"] = "不属于本机关职权。"
    values["申请日期"] = ""
    words = _words(fill(template, kind, values, used=check_template(template, kind).used))
    assert "示范企业甲于——提交" in words
    assert "联系人" not in words


def test_an_optional_part_is_left_out() -> None:
    kind = KINDS["decision"]
    template = default_template(kind)
    values = example_values(kind) | {"金额": "", "金额大写": ""}
    assert "核定金额" not in _words(fill(template, kind, values, used=check_template(template, kind).used))


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
def test_values_are_words_and_never_template_or_markup(text: str) -> None:
    kind = KINDS["acceptance"]
    template = default_template(kind)
    values = example_values(kind) | {"主送": "甲" + text + "{{ 文号 }}{% if %}<w:p/>&amp;{_{"}
    words = _words(fill(template, kind, values, used=check_template(template, kind).used))
    assert "<w:p/>" in words
    assert "文号 }}" in words


def test_a_template_that_was_not_checked_does_nothing(word: Callable[..., bytes]) -> None:
    for hostile in (
        "{{ ().__class__ }}",
        "{{ 文号.__class__ }}",
        "{% set x = 1 %}",
        "{{ 文号|upper }}",
        "{% if %}",
    ):
        with pytest.raises(TemplateBroken):
            fill_checked(word(hostile, needed=False), {"文号": "1"})


def test_tables_repeat_their_rows(word: Callable[..., bytes]) -> None:
    kind = KINDS["supplement"]
    rows = [["{%tr for 项 in 补正事项 %}", ""], ["{{ 项.序号 }}", "{{ 项.内容 }}"], ["{%tr endfor %}", ""]]
    content = word(rows=rows)
    values = example_values(kind) | {
        "补正事项": [{"序号": str(n), "内容": f"第{n}项\n两行"} for n in range(1, 31)]
    }
    made = fill(content, kind, values, used=check_template(content, kind).used)
    table = docx.Document(io.BytesIO(made)).tables[0]
    assert len(table.rows) == 30
    assert table.cell(29, 1).text == "第30项\n两行"


def test_kinds_are_known_by_key_and_by_name() -> None:
    assert kind_named("督办函") is kind_named("supervision")
    with pytest.raises(KeyError):
        kind_named("seal")
    with pytest.raises(ValueError, match="begin at 1"):
        paper_number("包科受", 2026, 0)
    for kind in KINDS.values():
        assert set(example_values(kind)) == set(placeholders_of(kind))


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1000010", "壹佰万零壹拾元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("10500.07", "壹万零伍佰元零柒分"),
        ("3000000", "叁佰万元整"),
        ("101000", "壹拾万壹仟元整"),
    ],
)
def test_amounts_in_words(yuan: str, words: str) -> None:
    assert capital_amount(Decimal(yuan)) == words


def test_amounts_that_cannot_be_written() -> None:
    for wrong in ("-1", "0.001", "10000000000000000"):
        with pytest.raises(ValueError, match="whole fen"):
            capital_amount(Decimal(wrong))
