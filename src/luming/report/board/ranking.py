"""区县排名: the ranking with its formula and every input, so that a district can check its own place."""

from __future__ import annotations

from decimal import Decimal

from luming.monitor import Ranking, RankRow, number
from luming.report.board.code_list import all_codes
from luming.report.board.element import Element, el
from luming.report.board.figure import UNKNOWN, percent, sentence
from luming.report.board.frame import section
from luming.report.board.table import Row, table

_COLUMNS = ("区县", "组别", "名次", "得分", "完成率", "增速(标准化)", "贡献份额", "工作质量", "说明")


def ranking_section(
    rankings: tuple[Ranking, ...], labels: dict[str, str], coded: bool = False
) -> Element | None:
    """All rankings of the board; nothing where there are none. `coded`: their figures have codes on the page of proofs."""
    if not rankings:
        return None
    codes = el("p", "得分、名次和各项份额的", all_codes(), "在另一页。", class_="note") if coded else None
    return section("rankings", "区县排名", [_ranking(ranking, labels) for ranking in rankings], codes)


def _ranking(ranking: Ranking, labels: dict[str, str]) -> list[Element]:
    label = labels.get(ranking.indicator, ranking.indicator)
    rows = [_row(row) for row in ranking.rows]
    return [
        el("h3", label),
        el("p", "算法:", sentence(ranking.formula), class_="note"),
        table(f"{label}区县排名,{ranking.period.label()}", _COLUMNS, rows, class_="ranking"),
    ]


def _row(row: RankRow) -> Row:
    return Row(
        (
            row.district,
            row.group,
            UNKNOWN if row.rank is None else str(row.rank),
            UNKNOWN if row.score is None else f"{row.score:.2f}",
            percent(row.completion),
            _number(row.growth_standardised),
            percent(row.contribution),
            percent(row.quality),
            sentence(row.reason),
        )
    )


def _number(value: Decimal | None) -> str:
    return UNKNOWN if value is None else number(value)
