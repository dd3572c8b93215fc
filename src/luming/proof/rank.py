"""Scores of districts, reckoned from what all of them reported: one district's score hangs on the others'."""

from __future__ import annotations

from luming.monitor import Known, Ranking, RankRow, number, percent, rankings
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Result
from luming.proof.stand_in import stand_in
from luming.proof.standing import plain


def ranking_of(inputs: Inputs) -> Ranking | None:
    """The ranking on the one target of the inputs by the monitor's rules; None where there is none."""
    found = rankings(stand_in(inputs), inputs.facts, Known(inputs.facts, inputs.as_of))
    return found[0] if found else None


def rank_results(ranking: Ranking | None, district: str) -> dict[Kind, Result]:
    """Every figure of a district's row that there is."""
    row = next((row for row in ranking.rows if row.district == district), None) if ranking else None
    return {} if row is None or ranking is None else _row(row, ranking)


def _row(row: RankRow, ranking: Ranking) -> dict[Kind, Result]:
    made: dict[Kind, Result] = {}
    if row.score is not None:
        made[Kind.SCORE] = Result(plain(row.score), "分", f"{row.score:.2f}", _score(row, ranking))
    if row.rank is not None:
        words = f"{row.group}按得分从高到低排列,同分同名次"
        made[Kind.PLACE] = Result(str(row.rank), "名", f"第{row.rank}名", words)
    if row.completion is not None and row.value is not None and row.plan is not None:
        words = f"{plain(row.value)}{ranking.unit}÷计划{number(row.plan, 2)}{ranking.unit}"
        made[Kind.DISTRICT_COMPLETION] = Result(
            plain(row.completion * 100), "%", percent(row.completion), words
        )
    if row.growth_standardised is not None and row.growth is not None:
        words = f"本区增速{percent(row.growth)},按组内最低为0、最高为1"
        value = row.growth_standardised
        made[Kind.DISTRICT_GROWTH] = Result(plain(value), "", f"{value:.2f}", words)
    if row.contribution is not None and row.value is not None:
        words = f"{plain(row.value)}{ranking.unit}÷各区累计合计"
        made[Kind.DISTRICT_SHARE] = Result(
            plain(row.contribution * 100), "%", percent(row.contribution), words
        )
    if row.quality is not None:
        words = "(按时报送率+1−数据更正率)÷2"
        made[Kind.DISTRICT_QUALITY] = Result(plain(row.quality * 100), "%", percent(row.quality), words)
    return made


def _score(row: RankRow, ranking: Ranking) -> str:
    parts = (row.completion, row.growth_standardised, row.contribution, row.quality)
    told = "、".join("未知" if part is None else number(part, 4) for part in parts)
    return f"{ranking.period.label()},完成率、增速标准值、贡献份额、工作质量依次为{told};{ranking.formula}"
