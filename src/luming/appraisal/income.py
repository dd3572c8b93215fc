"""成果转化收益分配: net income of a transfer or licence, and what goes to those who did the work (measure 9).

Net income is the contract income less the direct costs of the transfer; where costs are higher there is nothing to
distribute. Measure 9 asks that state firms and public bodies deduct direct costs. The statutory floors are data with their
standing (`rules.IncomeRule`: from memory, to be checked before anybody relies on them); a share below them is told, not
refused, since a unit's own rules may govern. Money is in yuan on the fen; parts always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.appraisal.faults import AppraisalFaults
from luming.appraisal.rules import IncomeRule
from luming.errors import Fault

FEN = Decimal("0.01")
LIMIT = Decimal(10) ** 15
"""Below this every sum of fen is exact in the decimals of the standard library."""
_REFUSED = "没有计算分配。"


@dataclass(frozen=True, slots=True)
class Cost:
    """One direct cost of the transfer: agency, appraisal, tax and the like."""

    label: str
    amount_yuan: Decimal


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who gets what of one transfer.

    Attributes:
        net_yuan: contract income less direct costs, never below zero.
        people_yuan: what all contributors get together.
        parts_yuan: of each contributor; adds up to `people_yuan`.
        below_floor: the share lies below the floor of `rule`.
    """

    net_yuan: Decimal
    people_yuan: Decimal
    unit_yuan: Decimal
    parts_yuan: tuple[tuple[str, Decimal], ...]
    below_floor: bool
    rule: IncomeRule


@dataclass(frozen=True, slots=True)
class OwnUse:
    """What goes to the contributors where the unit uses the result itself.

    Attributes:
        years_yuan: of each year from the first of production on; nothing of a year without profit.
        below_floor: the share lies below the floor of `rule`.
        years_lacking: years still to come before the least number is reached.
    """

    years_yuan: tuple[Decimal, ...]
    below_floor: bool
    years_lacking: int
    rule: IncomeRule


def net_income(contract_yuan: Decimal, costs: Iterable[Cost]) -> Decimal:
    """Contract income less direct costs; zero where costs are higher.

    Raises:
        AppraisalFaults: an amount below zero or finer than the fen.
    """
    costs = tuple(costs)
    faults = _money("合同收入", contract_yuan)
    for cost in costs:
        faults += _money(f"直接费用“{cost.label}”", cost.amount_yuan)
    if faults:
        raise AppraisalFaults(faults, _REFUSED)
    return max(contract_yuan - sum((cost.amount_yuan for cost in costs), Decimal(0)), Decimal(0))


def distribute(
    net_yuan: Decimal, share: Fraction, contributions: Mapping[str, Decimal], rule: IncomeRule
) -> Distribution:
    """Divide net income between the contributors and their unit.

    Args:
        share: of the net income to all contributors together, of 1; a part of a fen goes to the people.
        contributions: the weight of each contributor; what cannot be divided to the fen goes by largest remainder.

    Raises:
        AppraisalFaults: no contributor, a weight not above zero, a share outside 0 to 1, or money finer than the fen.
    """
    faults = _money("净收入", net_yuan) + _share(share)
    if not contributions:
        faults.append(Fault("appraisal.nobody", "贡献人员", "一个也没有", "至少一人"))
    faults += [
        Fault("appraisal.contribution", f"贡献人员{name}", f"贡献{weight}", "大于0的数")
        for name, weight in contributions.items()
        if not (weight.is_finite() and weight > 0)
    ]
    if faults:
        raise AppraisalFaults(faults, _REFUSED)
    people = _fen_upwards(net_yuan, share)
    return Distribution(
        net_yuan=net_yuan,
        people_yuan=people * FEN,
        unit_yuan=net_yuan - people * FEN,
        parts_yuan=tuple((name, fen * FEN) for name, fen in _divided(people, contributions)),
        below_floor=share < rule.transfer_floor,
        rule=rule,
    )


def own_use(profits_yuan: Sequence[Decimal], share: Fraction, rule: IncomeRule) -> OwnUse:
    """What goes to the contributors of each year's operating profit, for the years that the rule counts.

    Args:
        profits_yuan: operating profit of each year, the first year of production first; a loss gives nothing.

    Raises:
        AppraisalFaults: a share outside 0 to 1, or money finer than the fen.
    """
    faults = _share(share)
    for number, profit in enumerate(profits_yuan, 1):
        faults += _money(f"第{number}年营业利润", abs(profit))
    if faults:
        raise AppraisalFaults(faults, _REFUSED)
    counted = profits_yuan[: rule.own_use_years_most]
    return OwnUse(
        years_yuan=tuple(_fen_upwards(max(profit, Decimal(0)), share) * FEN for profit in counted),
        below_floor=share < rule.own_use_floor,
        years_lacking=max(rule.own_use_years_fewest - len(profits_yuan), 0),
        rule=rule,
    )


def _fen_upwards(yuan: Decimal, share: Fraction) -> int:
    """A share in whole fen, upwards, so that a share at the floor never comes out below it."""
    wanted = share * Fraction(yuan) * 100
    return -(-wanted.numerator // wanted.denominator)


def _divided(fen: int, contributions: Mapping[str, Decimal]) -> list[tuple[str, int]]:
    total = sum((Fraction(weight) for weight in contributions.values()), Fraction(0))
    exact = {name: fen * Fraction(weight) / total for name, weight in contributions.items()}
    parts = {name: value.numerator // value.denominator for name, value in exact.items()}
    rest = fen - sum(parts.values())
    for name in sorted(exact, key=lambda one: (parts[one] - exact[one], one))[:rest]:
        parts[name] += 1
    return list(parts.items())


def _share(share: Fraction) -> list[Fault]:
    return [] if 0 <= share <= 1 else [Fault("appraisal.share", "分配比例", f"{share}", "0至1")]


def _money(where: str, amount: Decimal) -> list[Fault]:
    if amount.is_finite() and 0 <= amount < LIMIT and (Fraction(amount) * 100).denominator == 1:
        return []
    return [Fault("appraisal.money", where, f"{amount}元", "不小于0、小于一千万亿元、精确到分的金额")]
