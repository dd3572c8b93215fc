"""Chapters one and two: what is evaluated and on what ground; method and data, with their gaps."""

from __future__ import annotations

from luming.evaluation import LEAST_SAMPLE, METHOD, RUN_OF_YEARS, Evaluation, money_clauses
from luming.pack import CommitmentKind, Pack
from luming.report.evaluation.words import OURS, cells, finding, listed, paragraph
from luming.report.model import Block, Callout, Column, Heading, Row, Table, Text
from luming.report.naming import document_name, title_in_marks
from luming.report.wording import chinese_date


def object_and_basis(evaluation: Evaluation) -> list[Block]:
    """Chapter one."""
    pack, span = evaluation.board.pack, evaluation.span
    document = pack.document
    kinds = {kind: sum(item.kind is kind for item in pack.commitments) for kind in CommitmentKind}
    contents = "、".join(f"{kind.label}{count}项" for kind, count in kinds.items() if count)
    number = f"({document.number})" if document.number else ""
    scope = f"{title_in_marks(document.title)}{number},{chinese_date(document.date)}印发"
    blocks: list[Block] = [
        Heading("评估对象与依据"),
        paragraph(f"评估对象为{scope},评估时段为{span.label()}。文件可计量的内容有{contents or '零项'}。"),
    ]
    if pack.measures:
        measures = sum(measure.id.startswith("m") and bool(measure.number) for measure in pack.measures)
        blocks.append(
            paragraph(
                f"文件除序言外共{measures}条,逐条评估;各部分的引领句不含任务,不单独评估。" + _ground(pack)
            )
        )
    earlier = [board.pack for board in evaluation.earlier]
    if earlier:
        blocks.append(paragraph(_earlier(earlier)))
    return blocks


def _ground(pack: Pack) -> str:
    """The sentence of the document that asks for evaluation, if one does."""
    for measure in pack.measures:
        for sentence in measure.sentences:
            if "评估" in sentence.quote and ("监测" in sentence.quote or "政策评估" in sentence.quote):
                return f"评估依据为{document_name(pack.document)}第{measure.number}条关于政策评估的要求。"
    return "文件没有写明评估要求。"


def _earlier(packs: list[Pack]) -> str:
    names = [
        f"{pack.document.year}年文件{'(只收录部分数字)' if pack.document.partial else ''}" for pack in packs
    ]
    words = f"对照的往年文件有{listed(names)}。"
    if any(pack.document.partial for pack in packs):
        words += "只收录部分数字的文件,没有列出不等于没有提出。"
    return words


def method_and_data(evaluation: Evaluation) -> list[Block]:
    """Chapter two."""
    board = evaluation.board
    lacking = evaluation.lacking()
    names = listed(one.name for one in lacking)
    first = (
        f"{names}数据本次没有取得,相关章节只说明缺什么、向谁要,不作结论。"
        if lacking
        else "各类数据均已取得。"
    )
    columns = (
        Column("数据", "left", 1.3),
        Column("本次取得", "left", 3.0),
        Column("口径和限度", "left", 3.4),
    )
    rows = tuple(Row(cells(*row)) for row in _sources(evaluation))
    day = chinese_date(board.as_of)
    rules = (
        f"目标结论以时段末的数据为准:到期的目标有期末数才判断达到与否,只有下限值、预计数的不判断;"
        f"未到期的目标与计划进度比较。连续年份按{RUN_OF_YEARS}年掌握,不能判断的年份不算达到,也不算未达到。"
        f"以上及逐条建议的规则均为{OURS},供办公室取舍。"
    )
    return [
        Heading("方法与数据"),
        finding(first),
        paragraph(
            f"数据为{day}前已知、时期在{evaluation.span.label()}末以前的数,逐个注明来源,见文末“依据与来源”。"
        ),
        Table(columns, rows, "数据来源、口径与缺口"),
        Callout((Text(rules),)),
    ]


def _sources(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    material, board = evaluation.material, evaluation.board
    pack = board.pack
    ask = {one.name: listed(one.ask, 4) for one in evaluation.lacking()}
    with_figure = sum(memory.present.latest is not None for memory in evaluation.memories)
    rows = [
        (
            "目标数据",
            f"{len(evaluation.memories)}项目标中{with_figure}项有期内数据",
            "事实台账;口径见指标字典,多数口径文件未给出"
            if any(item.indicator.mark.value == "expected" for item in board.assessments)
            else "事实台账;口径见指标字典",
        )
    ]
    if pack.measures:
        reports = material.tasks
        got = f"{len(reports)}句任务有报送" if reports is not None else _none(ask, "任务进展")
        rows.append(("任务进展", got, "各单位报送,未经核查;没有报送的不算未完成"))
    if money_clauses(pack):
        funds = evaluation.funds
        got = f"期内{funds.payments}笔,期外{funds.outside}笔未计入" if funds else _none(ask, "资金支付")
        rows.append(("资金支付", got, "按支付日期计;同一项目各笔合并对照上限"))
    survey = evaluation.survey
    got = f"{survey.respondents}份答卷" if survey else _none(ask, "企业满意度")
    rows.append(("企业满意度", got, f"有效评价不足{LEAST_SAMPLE}份不报比例;{METHOD};未加权"))
    repeals = material.repeals
    got = f"登记{len(repeals)}条" if repeals is not None else "没有提供,未核对依据是否废止"
    rows.append(("依据废止", got, "只对登记的条款作判断"))
    return rows


def _none(ask: dict[str, str], name: str) -> str:
    return f"没有取得,请向{ask.get(name, '主管部门')}索取"
