"""领导参阅: one page for a leader, whatever the number of targets behind schedule.

The page has room for so many lines. Counts, the light bar and what is asked for always stand; of the red and yellow
targets, the contradictions and the missing figures as many are shown as fit, and the number left out is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luming.monitor import Assessment, Board, Contradiction, Light
from luming.report.by_hand import by_hand_line
from luming.report.chart import light_bar
from luming.report.citation import references
from luming.report.code_table import printed_codes
from luming.report.desk import Desk
from luming.report.model import (
    Block,
    BulletList,
    ChartBlock,
    Heading,
    Inline,
    Inlines,
    Paper,
    Paragraph,
    Reckoned,
    Strong,
    Text,
    number_references,
    plain,
)
from luming.report.naming import title_in_marks
from luming.report.phrases import (
    all_missing,
    asked_units,
    counts_figures,
    counts_words,
    overdue,
    owed_figure,
    sentence,
    short_sentence,
    total_figure,
    units_words,
    with_light,
)
from luming.report.references import reference_line
from luming.report.typeset import typeset
from luming.report.width import lines_needed
from luming.report.wording import chinese_date

# Room on the page in points: 257 mm are 728, and each part below is put a little higher than any program sets it.
_ROOM = 710.0
_PITCH, _LINE_EM = 18.0, 38.0
_REFERENCE_PITCH, _REFERENCE_EM = 12.5, 51.0
_CODE_PITCH, _CODE_EM, _SIGN = 11.5, 44.0, 75.0
_CHART = 90.0
_HEAD = 92.0
_TAIL = 56.0
_LONGEST = 140
_STOPS = " 。;,、\uff1b\uff0c."
_OPENING, _CLOSING = "(\uff08《“〔[", ")\uff09》”〕]"


def compose_brief(board: Board, desk: Desk) -> Paper:
    """The one-page brief of a board."""
    late = (*with_light(board, Light.RED), *with_light(board, Light.YELLOW))
    shown_late, shown_conflicts = len(late), len(board.contradictions)
    while True:
        paper = _paper(board, desk, late[:shown_late], late, board.contradictions[:shown_conflicts])
        if height(paper) <= _ROOM or not (shown_late or shown_conflicts):
            return paper
        if shown_late > max(2, shown_conflicts):
            shown_late -= 1
        elif shown_conflicts:
            shown_conflicts -= 1
        else:
            shown_late -= 1


def _paper(
    board: Board,
    desk: Desk,
    shown: Sequence[Assessment],
    late: Sequence[Assessment],
    conflicts: Sequence[Contradiction],
) -> Paper:
    document = board.pack.document
    blocks = [*_overview(board), *_attention(board, shown, late, conflicts), *_asked(board, desk, late)]
    return Paper(
        title=f"{board.pack.document.year}年重点目标进展情况",
        issuer=_short(desk.issuer, 24),
        date=board.as_of,
        blocks=tuple(blocks),
        subtitle=f"（{document.number or title_in_marks(_short(document.title, 22))}，数据截至{chinese_date(board.as_of)}）",
        demo=board.demo,
        draft=True,
        refs=references(board),
        footer=_short(desk.version, 90),
        single_page=True,
        codes=desk.codes,
    )


def _overview(board: Board) -> list[Block]:
    counts, total = board.counts(), len(board.assessments)
    words = "。" + _clipped(by_hand_line(board), _LONGEST)
    if counts[Light.GREY]:
        words += "灰灯表示本年数据缺失、过期或尚未到考核时点，暂不能判断，不代表进度滞后。"
    first = (
        Text("纳入监测的"),
        total_figure(board),
        Text("定量目标中，"),
        *counts_figures(board),
        Text(words),
    )
    blocks: list[Block] = [Heading("总体情况"), Paragraph(first)]
    if total:
        blocks.append(ChartBlock(light_bar(counts), "目标亮灯情况", counts_words(board)))
    return blocks


def _attention(
    board: Board, shown: Sequence[Assessment], late: Sequence[Assessment], conflicts: Sequence[Contradiction]
) -> list[Block]:
    items = [short_sentence(_shortened(item), board.rule) for item in shown]
    items += [_conflict_item(item) for item in conflicts]
    left_late, left_conflicts = len(late) - len(shown), len(board.contradictions) - len(conflicts)
    left = [f"{left_late}项亮红灯或者黄灯的目标"] if left_late else []
    left += [f"{left_conflicts}处目标与数据不一致"] if left_conflicts else []
    blocks: list[Block] = [Heading("需要关注")]
    if items:
        blocks.append(BulletList(tuple(items), numbered=True))
    if left:
        blocks.append(Paragraph((Text(f"另有{'、'.join(left)}未列入本页，详见通报。"),)))
    if not items and not left:
        blocks.append(Paragraph((Text("没有亮红灯、黄灯的目标，也没有发现目标与数据相互矛盾的情况。"),)))
    return blocks


def _shortened(item: Assessment) -> Assessment:
    """The assessment with name and units cut to what a line of a brief can hold."""
    label, lead = _short(item.target.label, 40), _short("、".join(item.lead), 40)
    return replace(item, target=item.target.model_copy(update={"label": label}), lead=(lead,) if lead else ())


def _conflict_item(item: Contradiction) -> Inlines:
    return (
        Strong(_short(item.title.rstrip("。"), 40)),
        Text(f":{_clipped(sentence(item.sentence), _LONGEST)}"),
    )


def _asked(board: Board, desk: Desk, late: Sequence[Assessment]) -> list[Block]:
    missing = all_missing(board)
    due = overdue(missing, board)
    words: list[Inline] = []
    if late:
        words.append(Text(f"红灯、黄灯目标的牵头单位于{chinese_date(desk.answer_by)}前说明原因和整改措施。"))
    if due:
        units = _short(units_words(asked_units(due), 4), 120)
        told = Text(f"数据已到应取得日期尚未取得，联系单位为{units}。")
        words += [owed_figure("late", len(due)), told]
    if len(missing) > len(due):
        early = owed_figure("early", len(missing) - len(due))
        words += [Text("另有"), early, Text("数据尚未到应取得日期。")]
    if not words:
        words.append(Text("各项数据均已取得，按月调度。"))
    return [Heading("数据缺口和下一步"), Paragraph(tuple(words))]


def _short(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis where it would take too much of the page."""
    return text if len(text) <= length else text[: seam(text, length - 1)] + "…"


def _clipped(text: str, length: int) -> str:
    """Sentences, or as many whole sentences or clauses of them as the length holds, saying that there is more."""
    if len(text) <= length:
        return text
    return text[: seam(text, length)].rstrip(_STOPS) + "。（下略，详见通报）"


def seam(text: str, length: int) -> int:
    """Where to cut a text to at most `length`: after a sentence, else a clause, else anywhere outside brackets.

    >>> text = "甲为1（见表，第2页）。乙为2，丙为3"
    >>> text[:seam(text, 13)], text[:seam(text, 9)], text[:seam(text, 17)]
    ('甲为1（见表，第2页）。', '甲为1', '甲为1（见表，第2页）。')
    """
    depth, best = 0, {0: 0, 1: 0, 2: 0}
    for at, char in enumerate(text[:length], 1):
        depth = max(depth + (char in _OPENING) - (char in _CLOSING), 0)
        if depth == 0:
            best[0 if char in "。！？\uff1b;" else 1 if char in "\uff0c,、" else 2] = at
    return next((at for at in best.values() if at > length // 3), 0) or best[2] or length


def height(paper: Paper) -> float:
    """Height that the paper takes when set tightly, in points, on the safe side."""
    paper = typeset(paper)
    used = _HEAD + _TAIL + sum(_block_height(block) for block in paper.blocks)
    for number, ref in enumerate(number_references(paper).refs, 1):
        used += _REFERENCE_PITCH * lines_needed(reference_line(number, ref), _REFERENCE_EM)
    return used + _codes_height(paper)


def _codes_height(paper: Paper) -> float:
    """The lines of codes beside their sign; nothing for a paper without codes."""
    printed = printed_codes(paper)
    if printed is None:
        return 0.0
    lines = lines_needed(plain(printed.line), _CODE_EM) + lines_needed(printed.sign_note, _CODE_EM)
    return max(_SIGN, _CODE_PITCH * lines) + _CODE_PITCH


def _block_height(block: Block) -> float:
    if isinstance(block, Heading):
        return _PITCH * 1.2
    if isinstance(block, ChartBlock):
        return _CHART
    if isinstance(block, Paragraph):
        return _PITCH * lines_needed(_marked(block.inlines), _LINE_EM, indent_em=2)
    if isinstance(block, BulletList):
        return sum(_PITCH * lines_needed(_marked(item), _LINE_EM - 3) for item in block.items)
    raise ValueError(f"a brief holds no {type(block).__name__}")


def _marked(inlines: Inlines) -> str:
    """The words with room for shapes and reference numbers."""
    return plain(inlines) + "□" * sum(not isinstance(inline, Text | Strong | Reckoned) for inline in inlines)
