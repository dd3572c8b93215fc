"""评价专家组: who may sit together.

Number, odd or not, share of technical experts and most of one unit are data (`rules.PanelRule`); source: mechanisms
reference, section 3.1. Who may not sit at all stands in `conflict.py`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from luming.appraisal.rules import PanelRule
from luming.errors import Fault


class Speciality(StrEnum):
    """What an expert is asked for."""

    TECHNICAL = "technical"
    ECONOMIC = "economic"
    FINANCIAL = "financial"
    MANAGEMENT = "management"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"technical": "技术", "economic": "经济", "financial": "财务", "management": "管理"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Expert:
    """A person asked to judge.

    Attributes:
        id: known by this everywhere; two experts of one name have two ids.
        unit: the unit that employs the person, in words; compared without regard to width and blanks.
    """

    id: str
    name: str
    unit: str
    speciality: Speciality

    @property
    def said(self) -> str:
        """The person in a message: name and unit."""
        return f"{self.name}({self.unit})" if self.unit.strip() else self.name


def unit_key(unit: str) -> str:
    """By what two names of a unit are the same one: width, case and blanks do not count.

    >>> unit_key(" 内蒙古科技大学 ") == unit_key("内蒙古 科技大学")
    True
    """
    return "".join(unicodedata.normalize("NFKC", unit).split()).casefold()


def panel_faults(experts: Sequence[Expert], rule: PanelRule) -> tuple[Fault, ...]:
    """Every reason why these experts are no panel, each with who is concerned; empty where they are one."""
    return (
        *_twice(experts),
        *_without_unit(experts),
        *_number(len(experts), rule),
        *_technical(experts, rule),
        *_of_one_unit(experts, rule),
    )


def _twice(experts: Sequence[Expert]) -> list[Fault]:
    counted = Counter(expert.id for expert in experts)
    return [
        Fault(
            "appraisal.twice",
            "专家组",
            f"{next(one for one in experts if one.id == key).said}列入{count}次",
            "每位专家只列一次",
            "请删去重复的",
        )
        for key, count in counted.items()
        if count > 1
    ]


def _without_unit(experts: Sequence[Expert]) -> list[Fault]:
    return [
        Fault(
            "appraisal.no_unit", f"专家{one.name}", "没有填写单位", "所在单位名称", "补填后才能核对同单位人数"
        )
        for one in experts
        if not unit_key(one.unit)
    ]


def _number(number: int, rule: PanelRule) -> list[Fault]:
    wanted = f"{rule.fewest}至{rule.most}人" + (",且为单数" if rule.odd else "")
    within = rule.fewest <= number <= rule.most
    if within and (number % 2 == 1 or not rule.odd):
        return []
    remedy = "请增补专家" if number < rule.fewest else "请增加或减少1人" if within else "请减少专家"
    return [Fault("appraisal.number", "专家组", f"{number}人", wanted, remedy)]


def _technical(experts: Sequence[Expert], rule: PanelRule) -> list[Fault]:
    number = len(experts)
    technical = sum(one.speciality is Speciality.TECHNICAL for one in experts)
    needed = -(-number * rule.technical_share.numerator // rule.technical_share.denominator)
    if technical >= needed:
        return []
    others = "、".join(
        f"{one.said}[{one.speciality.label}]" for one in experts if one.speciality is not Speciality.TECHNICAL
    )
    return [
        Fault(
            "appraisal.technical",
            "专家组",
            f"技术专家{technical}人,共{number}人;其他为{others}",
            f"技术专家不少于{rule.technical_share.numerator}/{rule.technical_share.denominator},即{needed}人",
            f"再有{needed - technical}人换为技术专家",
        )
    ]


def _of_one_unit(experts: Sequence[Expert], rule: PanelRule) -> list[Fault]:
    by_unit: dict[str, dict[str, Expert]] = defaultdict(dict)
    for one in experts:
        if unit_key(one.unit):
            by_unit[unit_key(one.unit)][one.id] = one
    return [
        Fault(
            "appraisal.one_unit",
            next(iter(members.values())).unit.strip(),
            f"{len(members)}位专家:{'、'.join(one.name for one in members.values())}",
            f"同一单位不超过{rule.per_unit}人",
            f"请换下{len(members) - rule.per_unit}人",
        )
        for members in by_unit.values()
        if len(members) > rule.per_unit
    ]
