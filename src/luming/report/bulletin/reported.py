"""措施推进情况: what the leading units told of each measure in words, in the order of the document. Nothing is reworded."""

from __future__ import annotations

from collections.abc import Sequence

from luming.monitor import Board
from luming.pack import Measure
from luming.report.bulletin.span import months_spoken_of, span_words
from luming.report.desk import Desk, ReportedProgress
from luming.report.model import Block, Heading, Paragraph, Strong, Text
from luming.report.naming import given_title
from luming.report.phrases import sentence

_OTHERS = "其他事项"


def reported(board: Board, desk: Desk) -> list[Block]:
    """The part on measures: each with what its units told in the months that the bulletin speaks of.

    Nothing at all where nothing was told; otherwise the measures of which nothing was told are counted.
    """
    months = months_spoken_of(board.as_of, board.pack.document.year)
    told = [one for one in desk.progress if one.month in months and _plain(one.text)]
    if not told:
        return []
    measures = [one for one in board.pack.measures if one.number and one.id.startswith("m")]
    titles = {measure.id: _title(measure) for measure in measures}
    by_title: dict[str, list[ReportedProgress]] = {title: [] for title in titles.values()}
    for one in told:
        by_title.setdefault(titles.get(one.measure, _OTHERS), []).append(one)
    span = span_words(board.as_of, board.pack.document.year)
    first = f"以下为牵头单位报送、经核定发布的{span}进展,文字为各单位所写。"
    silent = sum(not by_title[title] for title in titles.values())
    if silent:
        first += f"其余{silent}条措施没有已发布的进展。"
    blocks: list[Block] = [Heading("措施推进情况"), Paragraph((Text(first),))]
    for title, found in by_title.items():
        if found:
            blocks.append(Heading(title, 2, numbered=False))
            blocks += [_paragraph(unit, found) for unit in dict.fromkeys(one.unit for one in found)]
    return blocks


def _title(measure: Measure) -> str:
    return f"第{measure.number}条 {given_title(measure)}".rstrip()


def _paragraph(unit: str, found: Sequence[ReportedProgress]) -> Paragraph:
    """What one unit told, month by month; months in which it told the same stand together."""
    parts: list[tuple[list[int], str]] = []
    for one in sorted((one for one in found if one.unit == unit), key=lambda one: one.month):
        text = sentence(_plain(one.text))
        if parts and parts[-1][1] == text:
            parts[-1][0].append(one.month)
        else:
            parts.append(([one.month], text))
    words = "".join(f"{'、'.join(f'{month}月' for month in months)}:{text}" for months, text in parts)
    return Paragraph((Strong(unit), Text(f" {words}")))


def _plain(text: str) -> str:
    """The text on one line, without what cannot be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
