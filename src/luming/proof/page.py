"""The page of proofs: the chain of every code of a board, where the codes on papers and pages lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luming.facts import Fact
from luming.monitor import Board
from luming.proof.code import written
from luming.proof.explanation import Step, chain, fact_words, part_words
from luming.proof.model import Proof
from luming.report.board import Child, Element, el, foot, masthead, section, whole_page

_LISTED = 6
"""Up to so many facts stand in the chain itself; longer series stand once, at the end of the page."""
_HOW = (
    "每个数字一节:条款、规则、数据、结果。在存有本文件夹的电脑上输入 luming recompute 核验码,"
    "即由 proofs.json 里存下的内容重新算出同一个数。"
)


def proof_page(board: Board, proofs: Sequence[Proof], home: str) -> str:
    """The page, as HTML that reads without script.

    Args:
        proofs: of this board, with their codes.
        home: address of the board's page.
    """
    heading = f"{board.pack.document.place}{board.pack.document.year}年监测数字核验"
    long = {proof.inputs.facts: 0 for proof in proofs if len(proof.inputs.facts) > _LISTED}
    numbers = {facts: at for at, facts in enumerate(long, 1)}
    groups: dict[str, list[Proof]] = {}
    for proof in proofs:
        groups.setdefault(proof.group, []).append(proof)
    parts = {proof.sha256: proof for proof in proofs}
    lists = [
        section(f"group-{at}", group, [_proof(one, numbers, parts) for one in held])
        for at, (group, held) in enumerate(groups.items(), 1)
    ]
    series = [_series(facts, number, proofs) for facts, number in numbers.items()]
    body: list[Child] = [
        masthead(board, heading, [el("a", "回到看板", href=home)]),
        el(
            "main",
            el("p", _HOW, class_="note"),
            lists,
            section("series", "用到的数据组", series) if series else None,
            id="main",
            class_="wide",
            tabindex=-1,
        ),
        foot(board),
    ]
    return whole_page(f"{heading}({board.as_of.isoformat()})", body, demo=board.demo)


def _proof(proof: Proof, numbers: dict[tuple[Fact, ...], int], parts: dict[str, Proof]) -> Element:
    return el(
        "article",
        el("h3", f"{proof.label} {proof.result.words} ", el("code", written(proof.code))),
        el("dl", [_step(step, proof, numbers, parts) for step in chain(proof)], class_="facts-of"),
        id=proof.code,
        class_="proof",
    )


def _step(step: Step, proof: Proof, numbers: dict[tuple[Fact, ...], int], parts: dict[str, Proof]) -> Element:
    lines = el("ul", [el("li", line) for line in _lines(step, proof, numbers, parts)])
    return el("div", el("dt", step.name), el("dd", lines))


def _lines(
    step: Step, proof: Proof, numbers: dict[tuple[Fact, ...], int], parts: dict[str, Proof]
) -> Iterator[Child]:
    number = numbers.get(proof.inputs.facts)
    if step.name != "数据" or number is None:
        yield from step.lines
        if step.name == "数据":
            for one in proof.inputs.parts:
                yield el("a", part_words(parts[one]), href=f"#{parts[one].code}", class_="leads")
        return
    yield from step.lines[: len(step.lines) - len(proof.inputs.facts)]
    yield el("a", f"数据组{number}({len(proof.inputs.facts)}个数)", href=f"#series-{number}", class_="leads")


def _series(facts: tuple[Fact, ...], number: int, proofs: Sequence[Proof]) -> Element:
    first = next(proof for proof in proofs if proof.inputs.facts == facts)
    lines = [el("li", fact_words(fact, first.inputs.sources)) for fact in facts]
    return el(
        "details", el("summary", f"数据组{number}({len(facts)}个数)"), el("ul", lines), id=f"series-{number}"
    )
