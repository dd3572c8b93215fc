"""Chapters five and six: what was paid against budgets and caps, and who got it. Without payments: what to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from luming.evaluation import TOP, ClauseFunds, Evaluation, Group, Reach, money_clauses
from luming.report.evaluation.words import (
    PAYMENTS,
    cells,
    clause_name,
    demand,
    finding,
    listed,
    money,
    money_words,
    paragraph,
    share_words,
)
from luming.report.model import (
    Block,
    BulletList,
    Callout,
    Column,
    Figure,
    Heading,
    Inlines,
    Paragraph,
    Row,
    Table,
    Text,
)
from luming.report.shown import UNKNOWN

_NO_RATIO = (
    "支付与目标数据只并列,不计算“每万元产出”一类的比值:资金条款与目标没有一一对应的数据,"
    "相除会把同时发生当作因果。"
)


def performance(evaluation: Evaluation) -> list[Block]:
    """Chapter five."""
    heading = Heading("投入产出与资金绩效")
    pack = evaluation.board.pack
    clauses = money_clauses(pack)
    if not clauses:
        return [heading, paragraph("文件没有资金条款。")]
    funds = evaluation.funds
    if funds is None:
        ask = next((one.ask for one in evaluation.lacking() if one.name == "资金支付"), ())
        return [
            heading,
            finding("没有取得支付数据,支付了多少、是否超过上限均不能判断。"),
            paragraph(
                f"请{listed(ask)}按笔提供凭证号、条款、收款单位、金额和支付日期。文件的资金条款有{len(clauses)}项:"
            ),
            _clauses_only(evaluation),
        ]
    blocks: list[Block] = [
        heading,
        Paragraph(
            (Text("期内支付"), money(funds.paid), Text(f",共{funds.payments}笔。{_outside(funds.outside)}"))
        ),
        _funds_table(funds.clauses),
    ]
    over = [(clause, item) for clause in funds.clauses for item in clause.over]
    if over:
        items = tuple(
            (
                Text(f"{clause.item.label}:{one.project}累计"),
                money(one.paid),
                Text(f",上限{money_words(one.cap)}。"),
            )
            for clause, one in over
        )
        blocks += [paragraph("下列对象的支付超过上限,须核查:"), BulletList(items, numbered=True)]
    unused = [clause.item.label for clause in funds.clauses if not clause.payments]
    if unused:
        blocks.append(paragraph(f"期内没有支付的条款:{listed(unused)}。"))
    return [*blocks, Callout((Text(_NO_RATIO),))]


def _outside(count: int) -> str:
    return f"另有{count}笔的支付日期不在评估时段内,只用于对照上限和年度预算。" if count else ""


def _clauses_only(evaluation: Evaluation) -> Table:
    pack = evaluation.board.pack
    rows = []
    for item in money_clauses(pack):
        measure = pack.sentence(item.clause)[0] if item.clause else None
        rows.append(Row(cells(clause_name(measure), item.label, demand(item), item.kind.label, "没有取得")))
    columns = (
        Column("条", "left", 2.2),
        Column("资金条款", "left", 2.6),
        Column("金额", "left", 1.4),
        Column("性质", "left", 1.1),
        Column("期内支付", "left", 1.1),
    )
    return Table(columns, tuple(rows), "资金条款", ("注:“最高”是上限,不是应付额。",))


def _funds_table(clauses: Sequence[ClauseFunds]) -> Table:
    columns = (
        Column("资金条款", "left", 2.8),
        Column("上限或预算", "left", 1.5),
        Column("期内支付", "right", 1.5),
        Column("笔数", "right", 0.8),
        Column("户数", "right", 0.8),
        Column("当年预算执行", "right", 1.3),
        Column("超限", "left", 1.2),
    )
    rows = tuple(
        Row(
            (
                (Text(one.item.label),),
                (Text(demand(one.item)),),
                (Text(money_words(one.paid)),) if one.payments else (Text("没有支付"),),
                (Text(str(one.payments)),),
                (Text(str(one.payees)),),
                _used(one),
                (Text(_exceeding(one)),),
            )
        )
        for one in clauses
    )
    return Table(
        columns, rows, "资金支付情况", ("注:“最高”是上限,不是应付额;预算执行按当年累计支付除以年度安排。",)
    )


def _used(one: ClauseFunds) -> Inlines:
    return (Text(UNKNOWN if one.used is None else share_words(one.used)),)


def _exceeding(one: ClauseFunds) -> str:
    if one.over:
        return f"{len(one.over)}个对象"
    if one.used is not None and one.used > 1:
        return "超过预算"
    return "没有" if one.limit is not None else "不能判断"


def coverage_and_fairness(evaluation: Evaluation) -> list[Block]:
    """Chapter six."""
    heading = Heading("受益面与公平")
    reach = evaluation.reach
    if not money_clauses(evaluation.board.pack):
        return [heading, paragraph("文件没有资金条款,受益面不作评估。")]
    if evaluation.funds is None:
        return [
            heading,
            finding("没有取得支付数据,惠及多少户、分布是否集中均不能判断。"),
            paragraph(
                "支付表里加上收款单位的旗县区、规模、类型三列即可计算。受益面(受益户数占符合条件户数)还需要"
                "各条款符合条件的户数,请各牵头单位提供。"
            ),
        ]
    if reach is None:
        return [heading, paragraph("支付数据中没有评估时段内的支付,受益面不作评估。")]
    return [heading, *_reach(reach)]


def _reach(reach: Reach) -> list[Block]:
    even = f"(完全均分时为{share_words(Fraction(1, reach.payees))})"
    first: Inlines = (
        Text(f"期内惠及{reach.payees}户。金额最大的{min(TOP, reach.payees)}户占"),
        Figure(share_words(reach.top_share), PAYMENTS),
        Text(f";集中度(各户份额平方和)为{share_words(reach.concentration)}{even}。"),
    )
    blocks: list[Block] = [Paragraph(first), _groups(reach)]
    if reach.without:
        blocks.append(paragraph(f"没有收款单位的旗县区:{listed(reach.without)}。"))
    elif any(not group.name for group in reach.by_district):
        blocks.append(paragraph("有收款单位没有填旗县区,哪些旗县区没有受益不能判断。"))
    return [
        *blocks,
        paragraph("集中不等于不公平:是否公平要看符合条件的户数和申报情况,这两项没有数据,请各牵头单位提供。"),
    ]


def _groups(reach: Reach) -> Table:
    columns = (
        Column("分组", "left", 2.4),
        Column("户数", "right", 1.0),
        Column("金额", "right", 1.6),
        Column("占比", "right", 1.0),
    )
    rows: list[Row] = []
    for title, groups in (
        ("按旗县区", reach.by_district),
        ("按规模", reach.by_size),
        ("按类型", reach.by_kind),
    ):
        rows.append(Row(((Text(title),),), group=True))
        rows += [_group_row(group) for group in groups]
    return Table(columns, tuple(rows), "受益单位分布")


def _group_row(group: Group) -> Row:
    return Row(
        (
            (Text(group.name or "未填"),),
            (Text(str(group.payees)),),
            (Text(money_words(group.amount)),),
            (Text(share_words(group.share)),),
        )
    )
