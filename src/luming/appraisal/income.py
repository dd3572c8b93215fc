"""成果转化收益分配: net income of a transfer or licence, and what goes to those who did the work (measure 9).

Net income is the contract income less the direct costs of the transfer; where costs are higher there is nothing to
distribute. Measure 9 asks that state firms and public bodies deduct direct costs. The statutory floor of half of the net
income is from memory (促进科技成果转化法 第四十五条) and must be checked before anybody relies on it; the percentage of
the region's own statute was not seen. Money is in yuan on the fen; parts always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.appraisal.faults import AppraisalFaults
from luming.errors import Fault
from luming.mark import Mark

FLOOR = Fraction(1, 2)
FLOOR_MARK = Mark.MEMORY
FEN = Decimal("0.01")
LIMIT = Decimal(10) ** 15
"""Below this every sum of fen is exact in the decimals of the standard library."""


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
        below_floor: the share lies below the statutory floor, whose mark is `floor_mark`.
    """

    net_yuan: Decimal
    people_yuan: Decimal
    unit_yuan: Decimal
    parts_yuan: tuple[tuple[str, Decimal], ...]
    below_floor: bool
    floor: Fraction = FLOOR
    floor_mark: Mark = FLOOR_MARK


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
        raise AppraisalFaults(faults, "没有计算分配。")
    return max(contract_yuan - sum((cost.amount_yuan for cost in costs), Decimal(0)), Decimal(0))


def distribute(
    net_yuan: Decimal, share: Fraction, contributions: Mapping[str, Decimal], floor: Fraction = FLOOR
) -> Distribution:
    """Divide net income between the contributors and their unit.

    Args:
        share: of the net income to all contributors together, of 1.
        contributions: the weight of each contributor; what cannot be divided to the fen goes by largest remainder.

    Raises:
        AppraisalFaults: no contributor, a weight not above zero, a share outside 0 to 1, or money finer than the fen.
    """
    faults = _money("净收入", net_yuan)
    if not 0 <= share <= 1:
        faults.append(Fault("appraisal.share", "分配比例", f"{share}", "0至1"))
    if not contributions:
        faults.append(Fault("appraisal.nobody", "贡献人员", "一个也没有", "至少一人"))
    faults += [
        Fault("appraisal.contribution", f"贡献人员{name}", f"贡献{weight}", "大于0的数")
        for name, weight in contributions.items()
        if not (weight.is_finite() and weight > 0)
    ]
    if faults:
        raise AppraisalFaults(faults, "没有计算分配。")
    whole = int(net_yuan / FEN)
    wanted = share * whole
    people = -(
        -wanted.numerator // wanted.denominator
    )  # upwards: half of an odd fen stays at the floor or above
    parts = _divided(people, contributions)
    return Distribution(
        net_yuan=net_yuan,
        people_yuan=people * FEN,
        unit_yuan=(whole - people) * FEN,
        parts_yuan=tuple((name, fen * FEN) for name, fen in parts),
        below_floor=share < floor,
        floor=floor,
    )


def _divided(fen: int, contributions: Mapping[str, Decimal]) -> list[tuple[str, int]]:
    total = sum((Fraction(weight) for weight in contributions.values()), Fraction(0))
    exact = {name: fen * Fraction(weight) / total for name, weight in contributions.items()}
    parts = {name: value.numerator // value.denominator for name, value in exact.items()}
    rest = fen - sum(parts.values())
    for name in sorted(exact, key=lambda one: (parts[one] - exact[one], one))[:rest]:
        parts[name] += 1
    return list(parts.items())


def _money(where: str, amount: Decimal) -> list[Fault]:
    if amount.is_finite() and 0 <= amount < LIMIT and (Fraction(amount) * 100).denominator == 1:
        return []
    return [Fault("appraisal.money", where, f"{amount}元", "不小于0、小于一千万亿元、精确到分的金额")]
