"""总体情况: how many targets show which light, by which rule, and what changed."""

from __future__ import annotations

from luming.monitor import Board, Light, NoForecast
from luming.report.by_hand import by_hand_line
from luming.report.chart import light_bar
from luming.report.citation import RULE
from luming.report.model import Block, BulletList, Callout, ChartBlock, Figure, Heading, Paragraph, Text
from luming.report.naming import document_name
from luming.report.phrases import counts_figures, counts_words, rule_words, sentence, total_figure
from luming.report.wording import chinese_date


def overview(board: Board) -> list[Block]:
    """Part one: how many targets show which light, and what grey means."""
    total, counts = len(board.assessments), board.counts()
    document = board.pack.document
    by_hand = by_hand_line(board)
    first = f"截至{chinese_date(board.as_of)},{document_name(document)}纳入监测的定量目标共"
    blocks: list[Block] = [
        Heading("总体情况"),
        Paragraph(
            (
                Text(first),
                total_figure(board),
                Text("，其中"),
                *counts_figures(board),
                Text(f"。{by_hand}{_meaning_of_grey(counts[Light.GREY], total)}"),
            )
        ),
    ]
    blocks.append(Paragraph((Text(_forecast_count(board)),)))
    if total:
        summary = f"{total}项目标中，{counts_words(board)}。"
        blocks.append(ChartBlock(light_bar(counts), "目标亮灯情况", summary))
    blocks.append(_rule(board))
    if board.changes:
        blocks.append(Paragraph((Text("与上期相比，有以下变化："),)))
        blocks.append(BulletList(tuple((Text(sentence(change)),) for change in board.changes), numbered=True))
    return blocks


def _meaning_of_grey(grey: int, total: int) -> str:
    if not grey:
        return "各项目标均有数据可判断。"
    whole = "全部目标" if grey == total else f"{grey}项目标"
    return f"灰灯表示本年数据缺失、过期或尚未到考核时点、暂不能判断，不代表进度滞后；{whole}为灰灯，所缺数据见“数据缺口”部分。"


def _forecast_count(board: Board) -> str:
    made = sum(not isinstance(item.forecast, NoForecast) for item in board.assessments)
    rest = len(board.assessments) - made
    if not made:
        return "各项目标的数据序列均不足以支持预测，本期不作年末预测。"
    words = f"其中{made}项目标的数据序列可以支持年末预测"
    return f"{words}，其余{rest}项数据不足，不作预测。" if rest else f"{words}。"


def _rule(board: Board) -> Callout:
    return Callout(
        (Text(f"亮灯规则：{rule_words(board.rule)}"), Figure(f"({board.rule.mark.label})", RULE), Text("。"))
    )
