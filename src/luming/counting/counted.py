"""What a count found: the number, the entries behind it, and every entry that does not count with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from luming.counting.entry import CountEntry
from luming.pack import CountedOver, CountingRule, Thing
from luming.period import Period
from luming.unit import convert

_HUNDREDTH = Decimal("0.01")
_BASE = {Thing.PERSON: "人"}


class WhyLeft(StrEnum):
    """Why an entry does not count."""

    CATEGORY = "category"
    ELSEWHERE = "elsewhere"
    PERIOD = "period"
    NO_IDENTITY = "no_identity"
    NO_EVIDENCE = "no_evidence"
    WITHDRAWN = "withdrawn"
    NOT_VALID = "not_valid"
    NOT_IN_WHOLE = "not_in_whole"

    @property
    def label(self) -> str:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    WhyLeft.CATEGORY: "类别不在本指标的口径里",
    WhyLeft.ELSEWHERE: "不属于本市",
    WhyLeft.PERIOD: "不在本期",
    WhyLeft.NO_IDENTITY: "没有证件号码或代码,不能确认是否已经计过",
    WhyLeft.NO_EVIDENCE: "没有依据",
    WhyLeft.WITHDRAWN: "依据已撤回",
    WhyLeft.NOT_VALID: "依据当天不在有效期内",
    WhyLeft.NOT_IN_WHOLE: "不在分母的名册里",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that does not count, and why."""

    entry: CountEntry
    why: WhyLeft


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same person or thing entered again: `first` counts, `again` does not."""

    first: CountEntry
    again: CountEntry

    @property
    def between_units(self) -> bool:
        """Whether two units count the same one."""
        return self.first.unit != self.again.unit


@dataclass(frozen=True, slots=True)
class Alike:
    """Entries of one name with different keys, all counted: somebody should look whether they are one.

    Attributes:
        one_host: whether they also stand at the same place, which makes it likelier.
    """

    name: str
    entries: tuple[CountEntry, ...]
    one_host: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The count of an indicator for a period, as known on a day.

    Attributes:
        number: how many different persons or things; of a ratio those of the numerator.
        whole: of a ratio, how many there are in the denominator; else None.
        counted: the entries that the number is made of, one each.
        beside: entries of things that are counted already and rightly stand in a further category.
        by_category: how many different ones there are in each category.
        cutoff: of a ratio, the last day of the numerator; None where no day is declared.
    """

    rule: CountingRule
    period: Period
    known_on: dt.date
    number: int
    whole: int | None
    counted: tuple[CountEntry, ...]
    beside: tuple[CountEntry, ...]
    duplicates: tuple[Duplicate, ...]
    alike: tuple[Alike, ...]
    left: tuple[LeftOut, ...]
    by_category: tuple[tuple[str, int], ...]
    cutoff: dt.date | None = None

    @property
    def entries(self) -> int:
        """How many entries there are, counted or not."""
        return len(self.counted) + len(self.beside) + len(self.duplicates) + len(self.left)

    @property
    def sum_of_categories(self) -> int:
        """What adding the categories up would give: the same thing once for each category."""
        return sum(number for _name, number in self.by_category)

    def value(self, unit: str) -> Decimal | None:
        """The figure in a unit; None while it cannot be told: no declared day, or nothing in the denominator.

        A ratio is rounded half up to hundredths of a percentage point.

        Raises:
            UnitMismatch: the unit does not count such things.
        """
        if self.rule.over is not CountedOver.RATIO:
            return convert(Decimal(self.number), _BASE.get(self.rule.counts, "个"), unit).normalize() + 0
        if self.cutoff is None or not self.whole:
            return None
        return (Decimal(100 * self.number) / self.whole).quantize(_HUNDREDTH, ROUND_HALF_UP)

    def left_for(self, why: WhyLeft) -> int:
        """How many entries are left out for a reason."""
        return sum(one.why is why for one in self.left)

    @property
    def sentence(self) -> str:
        """The count in one Chinese sentence."""
        thing = self.rule.counts.label
        if self.rule.over is CountedOver.RATIO:
            head = f"台账{self.entries}条,分子{self.number},分母{self.whole or 0}"
            head += f",分子统计到{self.cutoff.isoformat()}" if self.cutoff else ",没有声明统计时点,不能计算"
        else:
            head = f"台账{self.entries}条,计{thing}{self.number}"
        parts = [head]
        if self.duplicates:
            parts.append(f"重复登记{len(self.duplicates)}条,只计一次")
        if self.beside and self.rule.over is not CountedOver.RATIO:
            parts.append(f"另有{len(self.beside)}条为同一{thing}的其他类别,不重复计")
        reasons = [f"{why.label}{number}条" for why in WhyLeft if (number := self.left_for(why))]
        if reasons:
            parts.append(f"未计{len(self.left)}条({'、'.join(reasons)})")
        return ";".join(parts) + "。"
