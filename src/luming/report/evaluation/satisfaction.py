"""Chapter seven: 企业满意度, with sample size and interval; below the least sample no share is told."""

from __future__ import annotations

from collections.abc import Mapping

from luming.evaluation import GRADES, LEAST_SAMPLE, METHOD, Evaluation, Satisfaction, Survey
from luming.report.evaluation.words import (
    ANSWERS,
    OURS,
    finding,
    listed,
    paragraph,
    share_words,
    short_clause,
)
from luming.report.model import (
    Block,
    Callout,
    Column,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Paragraph,
    Row,
    Table,
    Text,
)

_NAMED = 6
"""Up to so many groups with too few answers are named one by one."""


def satisfaction_chapter(evaluation: Evaluation) -> list[Block]:
    """Chapter seven."""
    heading = Heading("企业满意度")
    survey = evaluation.survey
    if survey is None:
        ask = next((one.ask for one in evaluation.lacking() if one.name == "企业满意度"), ())
        return [
            heading,
            finding("没有取得企业满意度调查,不作结论。"),
            paragraph(
                f"请{listed(ask)}组织调查并提供答卷:每家企业一个编号,对“总体”或某一条作五级评价。"
                f"有效评价达到{LEAST_SAMPLE}份({OURS})才计算满意率。"
            ),
        ]
    return [
        heading,
        Paragraph(_first(survey.whole)),
        _table(survey, evaluation),
        *_too_few(survey, evaluation),
        _caution(),
    ]


def _first(whole: Satisfaction) -> Inlines:
    if whole.share is None or whole.low is None or whole.high is None:
        return (Text(f"总体有效评价{whole.sample}份,不足{LEAST_SAMPLE}份({OURS}),不报满意率。"),)
    return (
        Text(f"总体有效评价{whole.sample}份,{whole.satisfied}份为很满意或满意,满意率"),
        Figure(share_words(whole.share), ANSWERS),
        Text(
            f"，95%区间{share_words(whole.low)}至{share_words(whole.high)};"
            f"另有{whole.no_opinion}份答“不了解”,不计入。"
        ),
    )


def _table(survey: Survey, evaluation: Evaluation) -> Table:
    names = {measure.id: short_clause(measure) for measure in evaluation.board.pack.measures}
    columns = (
        Column("对象", "left", 1.6),
        Column("有效评价", "right", 1.4),
        *(
            Column(grade, "right", 1.3 if len(grade) > 3 else 1.1 if len(grade) > 2 else 0.9)
            for grade in GRADES
        ),
        Column("满意率(95%区间)", "right", 3.3),
    )
    rows = [_row("总体", survey.whole)]
    for title, groups in _groups(survey):
        told = [one for one in groups if one.share is not None]
        if told:
            rows.append(Row(((Text(title),),), group=True))
            rows += [_row(names.get(one.name, one.name), one) for one in told]
    note = f"注:有效评价不足{LEAST_SAMPLE}份的不报满意率({OURS})。区间方法为{METHOD}。"
    return Table(columns, tuple(rows), "企业满意度", (note,))


def _groups(survey: Survey) -> tuple[tuple[str, tuple[Satisfaction, ...]], ...]:
    return (
        ("对各条的评价", survey.by_measure),
        ("对总体的评价,按规模", survey.by_size),
        ("对总体的评价,按旗县区", survey.by_district),
    )


def _too_few(survey: Survey, evaluation: Evaluation) -> list[Block]:
    """The groups with too few answers, with their samples: they are named, and nothing is told of them."""
    names = {measure.id: short_clause(measure) for measure in evaluation.board.pack.measures}
    parts = []
    for title, groups in _groups(survey):
        few = [one for one in groups if one.share is None]
        if few:
            parts.append(f"{title.replace(',', '')}的有{_samples(few, names)}")
    return [paragraph(f"样本不足{LEAST_SAMPLE}份、不报满意率的组:{';'.join(parts)}。")] if parts else []


def _samples(groups: list[Satisfaction], names: Mapping[str, str]) -> str:
    """The samples of a few groups one by one; of many, how many groups and how large."""
    if len(groups) > _NAMED:
        sizes = [one.sample for one in groups]
        return f"{len(groups)}组,各{min(sizes)}至{max(sizes)}份"
    return "、".join(f"{names.get(one.name, one.name)}{one.sample}份" for one in groups)


def _row(name: str, one: Satisfaction) -> Row:
    told: Inlines = (Text("样本不足"),)
    if one.share is not None and one.low is not None and one.high is not None:
        interval = f"({share_words(one.low)}至{share_words(one.high)})"
        told = (Text(share_words(one.share)), LineBreak(), Text(interval))
    return Row(
        (
            (Text(name),),
            (Text(str(one.sample)),),
            *((Text(str(count)),) for count in one.counts),
            told,
        )
    )


def _caution() -> Callout:
    return Callout(
        (
            Text(
                "区间只反映抽样的偶然误差。答卷是否随机抽取、发放多少、没有回答的是谁,表里没有,"
                "满意率不能直接推及全部企业。"
            ),
        )
    )
