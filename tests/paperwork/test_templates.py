"""What a template may hold, and that all that is wrong with a file is told at once, with its paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from luming.paperwork import KINDS, TemplateFaults, check_template
from paperwork.conftest import with_entry

KIND = KINDS["supplement"]
Word = Callable[..., bytes]


def _codes(content: bytes, kind: Any = KIND) -> list[str]:
    with pytest.raises(TemplateFaults) as raised:
        check_template(content, kind)
    return [fault.code for fault in raised.value.faults]


def test_a_plain_template_stands(word: Word) -> None:
    rows = [["{%tr for 项 in 补正事项 %}", ""], ["{{ 项.序号 }}", "{{ 项.内容 }}"], ["{%tr endfor %}", ""]]
    content = word(
        "{{ 主送 }}：",
        "{% if 补正期限 and 申请人 != '甲' %}期限{{ 补正期限 }}{% else %}尽快{% endif %}",
        rows=rows,
    )
    used = check_template(content, KIND).used
    assert {"文号", "主送", "补正事项", "补正期限", "申请人"} <= set(used)


def test_all_faults_are_told_at_once_each_with_its_paragraph(word: Word) -> None:
    content = word(
        "{{ 文好 }}",
        "{{ 申请人.__class__ }}",
        "{{ 申请人 }",
        "{%p for 项 in 补正事项 %}",
        "{{ 项.名字 }}",
        "{{ 补正事项 }}",
        "{% macro x() %}",
        needed=False,
    )
    with pytest.raises(TemplateFaults) as raised:
        check_template(content, KIND)
    found = {(fault.code, fault.where.partition("“")[0]) for fault in raised.value.faults}
    assert {
        ("placeholder.unknown", "正文第1段"),
        ("tag.not_a_name", "正文第2段"),
        ("tag.half", "正文第3段"),
        ("block.open", "正文第4段"),
        ("field.unknown", "正文第5段"),
        ("list.as_text", "正文第6段"),
        ("tag.unknown_word", "正文第7段"),
        ("placeholder.missing", "全文"),
    } <= found
    unknown = next(fault for fault in raised.value.faults if fault.code == "placeholder.unknown")
    assert "文号" in unknown.remedy
    assert raised.value.consequence in str(raised.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 申请人.__init__.__globals__ }}",
        "{{ 申请人['__class__'] }}",
        "{{ 申请人|attr('x') }}",
        "{{ 申请人|upper }}",
        "{{ range(9) }}",
        "{{ 申请人() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 申请人 ~ 标题 }}",
        "{{ self }}",
        "{{ cycler }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% set x = 1 %}",
        "{% if 申请人.__class__ %}x{% endif %}",
        "{% if 申请人 is defined %}x{% endif %}",
        "{% if 申请人 < '乙' %}x{% endif %}",
        "{%p for 项 in range(9) %}",
        "{%p for a, b in 补正事项 %}",
        "{# comment #}",
        "{{r 申请人 }}",
        "{% cellbg 申请人 %}",
        "{%- if 申请人 -%}x{% endif %}",
        "｛｛ 申请人 ｝｝",
    ],
)
def test_nothing_but_names_lists_and_conditions_gets_through(word: Word, hostile: str) -> None:
    assert _codes(word(hostile))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("{%p endif %}",), "block.not_open"),
        (("{%p if 主送 %}", "a", "{% endif %}"), "block.forms_differ"),
        (("{% if 主送 %}a",), "block.open"),
        (("{%p if 主送 %} und", "{%p endif %}"), "block.not_alone"),
        (("{%tr for 项 in 补正事项 %}", "{%tr endfor %}"), "block.no_table"),
        (("{{ 项.内容 }}",), "field.no_loop"),
        (("{%p for 主送 in 补正事项 %}", "{%p endfor %}"), "list.name_taken"),
        (("{%p for 项 in 主送 %}", "{%p endfor %}"), "list.not_a_list"),
        (("{{ " + "长" * 300 + " }}",), "tag.too_long"),
    ],
)
def test_blocks_open_and_close_in_order(word: Word, lines: tuple[str, ...], code: str) -> None:
    assert code in _codes(word(*lines))


def test_tags_that_word_has_split_over_runs_are_read(word: Word) -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("{", "{ 主", "送 }", "}"):
            paragraph.add_run(piece).bold = True

    assert "主送" in check_template(word(edit=split), KIND).used


def test_headers_are_read_too(word: Word) -> None:
    def head(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ 没有的 }}"

    with pytest.raises(TemplateFaults) as raised:
        check_template(word(edit=head), KIND)
    assert raised.value.faults[0].where.startswith("页眉第1段")


def _archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.not_word"),
        (b"%PDF-1.7", "file.not_word"),
        (b"PK\x03\x04 broken", "file.not_word"),
        (_archive(a=b"x"), "file.not_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "file.old_or_locked"),
        (b"0" * (2 * 1024 * 1024 + 1), "file.too_large"),
    ],
)
def test_files_are_told_by_their_content(content: bytes, code: str) -> None:
    assert _codes(content) == [code]


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("word/vbaProject.bin", b"x", "file.macros"),
        ("word/media/image1.png", b"x", "file.embedded"),
        ("word/embeddings/oleObject1.bin", b"x", "file.embedded"),
        ("word/comments.xml", f"<w:comments {_W}/>".encode(), "file.comments"),
        ("word/header9.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "file.damaged"),
        (
            "word/footer9.xml",
            f"<w:ftr {_W}><w:p><w:r><w:instrText>DDEAUTO c:\\x</w:instrText></w:r></w:p></w:ftr>".encode(),
            "file.field",
        ),
        (
            "word/header8.xml",
            f"<w:hdr {_W}><w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p></w:hdr>".encode(),
            "file.element",
        ),
        (
            "word/_rels/settings.xml.rels",
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
            b'Type="http://x/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/></Relationships>',
            "file.external",
        ),
    ],
)
def test_what_runs_hides_or_is_fetched_is_refused(word: Word, name: str, data: bytes, code: str) -> None:
    assert code in _codes(with_entry(word(), name, data))


def test_a_file_that_unpacks_to_very_much_is_refused(word: Word) -> None:
    assert _codes(with_entry(word(), "word/theme/x.xml", b" " * (9 * 1024 * 1024))) == ["file.too_large"]


def test_a_macro_document_under_another_name_is_refused(word: Word) -> None:
    content = word()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    assert "file.macros" in _codes(with_entry(content, "[Content_Types].xml", types))
