"""Every number a proof: what papers print is reckoned again from what was stored, and from nothing else."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from decimal import Decimal

import docx as word
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.facts import Fact
from luming.monitor import Light, Override, assess
from luming.proof import (
    Book,
    Kind,
    Proof,
    ProofFaults,
    chain,
    find,
    from_bytes,
    make_book,
    recompute,
    sign_words,
    to_bytes,
    written,
)
from luming.proof.owed import owed_result
from luming.report import (
    all_missing,
    compose_brief,
    compose_bulletin,
    compose_monthly_sheet,
    compose_reminders,
    docx,
    html,
    pdf,
    xlsx,
)
from luming.report.code_table import codes_in
from luming.report.model import inlines_of, keys_in

CODE = re.compile(r"(?<![A-Z0-9-])[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}(?![A-Z0-9-])")
PAPERS = (
    "bulletin.html",
    "bulletin.pdf",
    "bulletin.docx",
    "brief.pdf",
    "brief.docx",
    "sheet.xlsx",
    "letters.docx",
)


def papers_of(proved) -> list:
    letters = [letter.paper for letter in compose_reminders(proved.board, proved.desk)]
    return [compose_bulletin(proved.board, proved.desk), compose_brief(proved.board, proved.desk), *letters]


def text_of(proved, name: str) -> str:
    """The words of one document as a reader finds them in the file itself."""
    board, desk = proved.board, proved.desk
    compose = compose_brief if name.startswith("brief") else compose_bulletin
    if name == "sheet.xlsx":
        made = xlsx.render(compose_monthly_sheet(board, desk))
        book = openpyxl.load_workbook(io.BytesIO(made))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)
    if name == "letters.docx":
        return "\n".join(_word(docx.render(letter.paper)) for letter in compose_reminders(board, desk))
    if name.endswith("html"):
        return html.render(compose(board, desk))
    if name.endswith("docx"):
        return _word(docx.render(compose(board, desk)))
    pages = pypdfium2.PdfDocument(pdf.render(compose(board, desk)))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def _word(made: bytes) -> str:
    document = word.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def printed(demo) -> dict[str, list[str]]:
    """The codes that each document of the demonstration year prints, in reading order."""
    return {name: list(dict.fromkeys(CODE.findall(text_of(demo, name)))) for name in PAPERS}


def test_two_hundred_random_figures_from_the_documents_are_recomputed_equal(demo, printed) -> None:
    stored = from_bytes(to_bytes(demo.book), "proofs.json")
    found = sorted({code for codes in printed.values() for code in codes})
    chosen = random.Random(20251115).sample(found, 200)
    results = [recompute(*find([stored], code)) for code in chosen]
    assert [written(one.proof.code) for one in results if not one.is_equal] == []
    assert len({one.proof.kind for one in results}) >= 12


def test_every_figure_of_a_book_is_recomputed_equal(either) -> None:
    stored = from_bytes(to_bytes(either.book), "proofs.json")
    assert len(stored.proofs) >= 50
    assert [proof.label for proof in stored.proofs if not recompute(stored, proof).is_equal] == []


def test_every_document_carries_codes_that_are_all_in_the_book(demo, printed) -> None:
    known = {written(code) for code in demo.book.by_code}
    for name, codes in printed.items():
        assert codes, name
        assert set(codes) <= known, name


def test_word_pdf_and_page_of_a_bulletin_print_the_same_codes(printed) -> None:
    assert printed["bulletin.pdf"] == printed["bulletin.docx"]
    assert set(printed["bulletin.pdf"]) == set(printed["bulletin.html"])
    assert printed["brief.pdf"] == printed["brief.docx"]


def test_every_reckoned_figure_of_the_demonstration_has_a_code(demo) -> None:
    """The keys that papers know and the kinds that are proved agree; none is misspelt."""
    for paper in papers_of(demo):
        keys = {key for inlines in inlines_of((*paper.blocks, *paper.annex)) for key in keys_in(inlines)}
        assert keys
        assert keys <= set(demo.book.of_day(demo.board.as_of))


def test_words_beside_a_code_on_the_page_are_the_words_of_its_proof(either) -> None:
    page = html.render(compose_bulletin(either.board, either.desk))
    links = re.findall(r'<a class="proved" href="proofs.html#(\w+)"[^>]*>(.*?)</a>', page)
    assert links
    same = 0
    for code, words in links:
        proof = either.book.by_code[code]
        if proof.kind in (Kind.COMPLETION, Kind.SCHEDULE, Kind.COUNT, Kind.CHANCE):
            assert words == proof.result.words
            same += 1
        elif proof.kind is Kind.DEVIATION:
            digits = re.sub(r"[^\d.]", "", proof.result.words)
            assert re.sub(r"[^\d.]", "", words) in (digits, "")
        elif proof.kind is Kind.VALUE:
            assert words.replace("（", "(").replace("）", ")") == proof.result.words
    assert same


def test_a_paper_without_codes_prints_none(demo) -> None:
    bare = replace(demo.desk, codes=type(demo.desk.codes)())
    paper = compose_bulletin(demo.board, bare)
    assert codes_in(paper) == ()
    page = html.render(paper)
    assert "核验码" not in page
    assert "proved" not in page.partition("</style>")[2]
    assert "核验码" not in {sheet.name for sheet in compose_monthly_sheet(demo.board, bare).sheets}


def test_the_brief_stays_on_one_page(either) -> None:
    made = pdf.render(compose_brief(either.board, either.desk))
    assert len(pypdfium2.PdfDocument(made)) == 1


def test_proofs_need_nothing_but_the_file(real, demo, tmp_path, monkeypatch) -> None:
    """Another folder, no pack and no facts in sight: the stored inputs are enough."""
    monkeypatch.chdir(tmp_path)
    stored = [from_bytes(to_bytes(one.book), "proofs.json") for one in (real, demo)]
    for kind in Kind:
        book, proof = next((book, one) for book in stored for one in book.proofs if one.kind is kind)
        assert recompute(book, proof).is_equal, kind


def test_only_facts_known_on_the_day_are_stored(demo) -> None:
    late = [
        fact
        for proof in demo.book.proofs
        for fact in proof.inputs.facts
        if fact.recorded_on > demo.board.as_of
    ]
    assert not late


def test_the_figure_of_the_day_rests_on_few_facts(demo) -> None:
    """A completion names its figure and its base, not sixty months."""
    counts = [len(proof.inputs.facts) for proof in demo.book.proofs if proof.kind is Kind.COMPLETION]
    assert max(counts) <= 24
    assert min(counts) == 1 or min(counts) == 2


# --- missing figures ---


def test_every_missing_figure_of_the_real_board_has_a_code_and_is_counted(real) -> None:
    gaps = all_missing(real.board)
    held = real.book.of_day(real.board.as_of)
    assert {f"missing {gap.indicator} {gap.period.text}" for gap in gaps} == {
        key for key in held if key.startswith("missing ")
    }
    late = sum(gap.due_on < real.board.as_of for gap in gaps)
    assert held["owed all"].result.value == str(len(gaps))
    assert held["owed late"].result.value == str(late)
    assert held["owed early"].result.value == str(len(gaps) - late)


def test_every_letter_and_the_brief_of_the_real_board_carry_a_code(real) -> None:
    letters = compose_reminders(real.board, real.desk)
    assert letters
    for letter in letters:
        found = codes_in(letter.paper)
        assert [one for one in found if one.kind == "owed"], letter.unit
        assert CODE.findall(_word(docx.render(letter.paper)))
    assert {"owed late", "owed early"} <= {one.key for one in codes_in(compose_brief(real.board, real.desk))}


def test_every_reckoned_figure_of_the_real_papers_has_a_code(real) -> None:
    for paper in papers_of(real):
        keys = {key for inlines in inlines_of((*paper.blocks, *paper.annex)) for key in keys_in(inlines)}
        assert keys <= set(real.book.of_day(real.board.as_of)), paper.title


def test_on_its_day_a_figure_is_not_late_yet() -> None:
    gaps = [("甲", "2025-08-14", "市统计局"), ("乙", "2025-08-15", "市统计局"), ("丙", "2025-08-13", "")]
    made = {asked: owed_result(asked, gaps, "2025-08-14").value for asked in ("all", "late", "early")}
    assert made == {"all": "3", "late": "1", "early": "2"}
    assert owed_result("late 市统计局", gaps, "2025-08-16").words == "2个"


def test_a_count_over_a_missing_figure_that_came_in_is_not_reckoned(real) -> None:
    proof = next(one for one in real.book.proofs if one.kind is Kind.MISSING)
    other = replace(proof, inputs=replace(proof.inputs, asked="1999"))
    assert recompute(real.book, other).again is None
    count = next(one for one in real.book.proofs if one.kind is Kind.OWED)
    assert recompute(Book({}, (count, other)), count).again is None


# --- altered inputs ---


def _with_fact(proof: Proof, at: int, **changes: object) -> Proof:
    facts = list(proof.inputs.facts)
    facts[at] = replace(facts[at], **changes)  # type: ignore[arg-type]
    return replace(proof, inputs=replace(proof.inputs, facts=tuple(facts)))


@settings(max_examples=40)
@given(data=st.data())
def test_an_altered_fact_gives_another_code(demo, data) -> None:
    from luming.proof.seal import Sealer

    held = [proof for proof in demo.book.proofs if proof.inputs.facts]
    proof = data.draw(st.sampled_from(held))
    at = data.draw(st.integers(0, len(proof.inputs.facts) - 1))
    change = data.draw(
        st.sampled_from(
            [
                {"value": proof.inputs.facts[at].value + Decimal("0.01")},
                {"unit": "万元"},
                {"note": "改过"},
                {"source": "别处"},
                {"subject": "别处"},
            ]
        )
    )
    assert Sealer().sealed(_with_fact(proof, at, **change)).sha256 != proof.sha256


def test_an_altered_figure_is_told_apart_from_the_printed_one(demo) -> None:
    proof = next(one for one in demo.book.proofs if one.kind is Kind.VALUE)
    last = len(proof.inputs.facts) - 1
    other = recompute(demo.book, _with_fact(proof, last, value=proof.inputs.facts[last].value * 2))
    assert not other.is_equal
    assert other.again is not None
    assert other.again.words != proof.result.words


def test_inputs_that_cannot_be_reckoned_with_give_no_figure(demo) -> None:
    proof = next(one for one in demo.book.proofs if one.kind is Kind.COMPLETION)
    assert recompute(demo.book, _with_fact(proof, -1, unit="吨")).again is None
    none = replace(proof, inputs=replace(proof.inputs, target=None))
    assert recompute(demo.book, none).again is None
    count = next(one for one in demo.book.proofs if one.kind is Kind.COUNT)
    assert recompute(Book({}, (count,)), count).again is None


def test_a_number_that_the_sentence_does_not_say_has_no_proof(demo) -> None:
    proof = next(one for one in demo.book.proofs if one.kind is Kind.TARGET and one.inputs.target.value)
    target = proof.inputs.target.model_copy(update={"value": proof.inputs.target.value + 1})
    assert recompute(demo.book, replace(proof, inputs=replace(proof.inputs, target=target))).again is None
    shifted = proof.inputs.target.model_copy(update={"start": proof.inputs.target.start + 1})
    assert recompute(demo.book, replace(proof, inputs=replace(proof.inputs, target=shifted))).again is None


def test_a_board_of_figures_that_do_not_follow_from_facts_has_no_codes(demo) -> None:
    """A standing written by hand cannot be reckoned again, so nothing vouches for it."""
    item = next(one for one in demo.board.assessments if one.standing.completion)
    wrong = replace(item, standing=replace(item.standing, completion=Decimal("0.99")))
    board = replace(demo.board, assessments=(wrong,), rankings=())
    kinds = {proof.kind for proof in make_book([board], demo.facts).proofs}
    assert Kind.COMPLETION not in kinds
    assert Kind.TARGET in kinds


def test_a_light_set_by_hand_is_proved_with_who_set_it(order, pack) -> None:
    override = Override(
        "pv_output", Light.YELLOW, "张某", "停产检修", order.as_of.replace(day=1), order.as_of
    )
    board = assess(pack, order.facts, order.as_of, overrides=[override])
    book = make_book([board], order.facts, [override])
    light = next(one for one in book.proofs if one.key == "light pv_output")
    assert light.result.value == "yellow"
    assert recompute(book, light).is_equal
    assert any("张某" in line for step in chain(light) for line in step.lines)
    count = next(one for one in book.proofs if one.key == "count yellow")
    assert count.result.words == "黄灯1项"
    assert recompute(book, count).is_equal
    unsaid = make_book([board], order.facts)
    assert "light pv_output" not in {one.key for one in unsaid.proofs}
    assert not [one for one in unsaid.proofs if one.kind is Kind.COUNT], (
        "a count over an unproved light is none"
    )


def test_same_inputs_same_code_another_day_another_code(order, pack) -> None:
    days = [order.as_of, order.as_of.replace(month=6, day=30)]
    one, again, other = (make_book([assess(pack, order.facts, day)], order.facts) for day in (days[0], *days))
    assert one.proofs == again.proofs
    assert not set(one.by_code) & set(other.by_code)


def test_facts_that_play_no_part_leave_a_code_as_it_is(order, pack) -> None:
    """A code changes with the inputs of its figure, not with every line of the facts."""
    elsewhere: tuple[Fact, ...] = tuple(fact for fact in order.facts if fact.indicator != "gdp")
    assert len(elsewhere) < len(order.facts)
    full = make_book([assess(pack, order.facts, order.as_of)], order.facts)
    less = make_book([assess(pack, elsewhere, order.as_of)], elsewhere)
    assert set(full.by_code) == set(less.by_code)


# --- words ---


def test_the_chain_names_clause_rule_inputs_and_result(demo) -> None:
    proof = next(one for one in demo.book.proofs if one.key == "completion pv_output")
    steps = {step.name: "\n".join(step.lines) for step in chain(proof)}
    assert list(steps) == ["条款", "规则", "数据", "结果"]
    assert "第" in steps["条款"]
    assert "1200亿元" in steps["条款"]
    assert "completion/1" in steps["规则"]
    assert "演示数据" in steps["数据"]
    assert "编号" in steps["数据"]
    assert proof.result.words in steps["结果"]
    assert "÷" in steps["结果"]


def test_a_sign_holds_the_chain_and_is_small_enough_to_scan(either) -> None:
    for proof in either.book.proofs:
        words = sign_words(proof)
        assert written(proof.code) in words
        assert len(words.encode()) <= 900
        assert "条款" in words


def test_a_sign_stays_small_whatever_the_names(demo) -> None:
    proof = replace(demo.book.proofs[0], group="很长的目标名称" * 60, clause="很长的文件名" * 60)
    assert len(sign_words(proof).encode()) <= 1100


def test_an_unknown_code_is_told_with_near_ones(demo) -> None:
    right = written(demo.book.proofs[0].code)
    wrong = ("3" if right[0] != "3" else "4") + right[1:]
    with pytest.raises(ProofFaults) as caught:
        find([demo.book], wrong)
    said = str(caught.value)
    assert "最后一位校验不符" in said
    assert f"是否想查{right}" in said
    assert "没有核验" in said
    assert CODE.findall(said)[:2] == [wrong, right]
