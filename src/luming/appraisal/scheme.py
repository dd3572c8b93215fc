"""打分方案: what a panel is asked, as data: items with weights by category, grades, the conclusion that is voted on.

One file a scheme, `packs/<place>/panels/<key>.yaml`; a procedure names it in its effect `panel.open:<key>`. Where no authority has published a sheet the scheme is our own
(平台默认口径) and says so on every page and paper. Part of a score may be measured by the office and not judged:
`expert_share` is what the experts' score counts for. Source: mechanisms reference, sections 3.3, 4.3 and 12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from luming.appraisal.faults import AppraisalFaults
from luming.appraisal.result import SCORE_PLACES, rounded
from luming.appraisal.rules import PanelRule
from luming.appraisal.sheet import Item, item_faults
from luming.errors import Fault, PackFaults
from luming.mark import Mark
from luming.pack import Entry, read_file
from luming.yaml_source import read_yaml

FOLDER = "panels"


class SchemeItem(Entry):
    """One thing to be judged: `weight`, or `weights` by category. `guide` says what to look at."""

    id: str
    label: str
    guide: str = ""
    weight: Decimal | None = None
    weights: Mapping[str, Decimal] = {}
    full: Decimal = Decimal(100)


class Grade(Entry):
    """From `floor` points on (inclusive) the result is called so."""

    floor: Decimal
    label: str


class Scheme(Entry):
    """What a panel is asked.

    Attributes:
        categories: label by key; a panel judges in one of them. Empty where all is judged alike.
        technical: whether the share of technical experts is asked for.
        expert_share: what the experts' score counts for in the final score; the rest is measured by the office.
        conclusion: what the panel votes on.
        vetoes: what excludes, whatever the score; checked before the panel sits.
        not_found: what was looked for and not found, in sentences.
    """

    scheme: str
    version: str
    name: str
    name_en: str = ""
    mark: Mark
    source: str = ""
    note: str = ""
    categories: Mapping[str, str] = {}
    technical: bool = True
    expert_share: Fraction = Fraction(1)
    measured: str = ""
    conclusion: str
    items: tuple[SchemeItem, ...]
    grades: tuple[Grade, ...] = ()
    vetoes: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    sha256: str = ""

    def items_of(self, category: str = "") -> tuple[Item, ...]:
        """The items with their weights in one category.

        Raises:
            AppraisalFaults: there is no such category.
        """
        if category not in self.categories and (self.categories or category):
            known = "、".join(self.categories.values()) or "不分类别"
            raise AppraisalFaults(
                [Fault("appraisal.category", f"打分方案“{self.name}”", f"类别“{category}”", known)]
            )
        return tuple(
            Item(one.id, one.label, _weight(one, category) or Decimal(0), one.full) for one in self.items
        )

    def rule(self, rule: PanelRule) -> PanelRule:
        """The rule of composition, without the share of technical experts where it is not asked for."""
        return rule if self.technical else rule.model_copy(update={"technical_share": Fraction(0)})

    def grade_of(self, score: Decimal) -> str:
        """What a score is called; "" where the scheme has no grades."""
        reached = [one for one in self.grades if score >= one.floor]
        return max(reached, key=lambda one: one.floor).label if reached else ""

    def final(self, expert: Fraction, measured: Decimal | None) -> Decimal | None:
        """The final score of 100, rounded half up to two decimals.

        None where a part is measured and nobody has measured it yet: unknown is no nought.
        """
        if self.expert_share == 1:
            return rounded(expert, SCORE_PLACES)
        if measured is None:
            return None
        return rounded(
            expert * self.expert_share + Fraction(measured) * (1 - self.expert_share), SCORE_PLACES
        )


def read_schemes(roots: Iterable[Path]) -> dict[str, Scheme]:
    """Every scheme below `panels/` of some pack owners, by key.

    Raises:
        PackFaults: all faults of all files.
    """
    found: dict[str, Scheme] = {}
    faults: list[Fault] = []
    for file in (one for root in roots for one in sorted((root / FOLDER).glob("*.yaml"))):
        try:
            read = read_file(file, Scheme).model_copy(update={"sha256": read_yaml(file).sha256})
        except PackFaults as problem:
            faults += problem.faults
            continue
        faults += scheme_faults(read, file.name)
        if read.scheme in found:
            faults.append(
                Fault("scheme.twice", file.name, f"方案“{read.scheme}”已有一份", "每个方案一个文件")
            )
        found[read.scheme] = read
    if faults:
        raise PackFaults(faults)
    return found


def scheme_faults(scheme: Scheme, name: str) -> tuple[Fault, ...]:
    """Every reason why a scheme cannot be used, each with its place."""
    return (
        *_name_faults(scheme, name),
        *_weight_faults(scheme, name),
        *_grade_faults(scheme.grades, name),
    )


def _name_faults(scheme: Scheme, name: str) -> list[Fault]:
    found = []
    if name.removesuffix(".yaml") != scheme.scheme:
        found.append(Fault("scheme.name", name, f"scheme: {scheme.scheme}", "与文件同名"))
    if not 0 < scheme.expert_share <= 1:
        found.append(
            Fault("scheme.share", f"{name}“expert_share”", f"{scheme.expert_share}", "大于0、不大于1")
        )
    if (scheme.expert_share < 1) != bool(scheme.measured):
        found.append(
            Fault(
                "scheme.measured",
                f"{name}“measured”",
                f"“{scheme.measured}”",
                "expert_share 小于1时写明其余部分量什么,等于1时不写",
            )
        )
    return found


def _weight_faults(scheme: Scheme, name: str) -> list[Fault]:
    found = []
    wanted = set(scheme.categories)
    for one in scheme.items:
        if wanted and set(one.weights) != wanted:
            said = "、".join(one.weights) or "没有"
            found.append(
                Fault(
                    "scheme.weights", f"{name}“{one.label}”", said, f"每个类别一个权重({'、'.join(wanted)})"
                )
            )
        if not wanted and (one.weight is None or one.weights):
            found.append(Fault("scheme.weight", f"{name}“{one.label}”", "没有 weight", "不分类别时写 weight"))
    if found:
        return found
    for category in scheme.categories or ("",):
        label = f"{name}“{scheme.categories.get(category, '指标')}”"
        found += [
            Fault(one.code, f"{label} {one.where}", one.found, one.expected, one.remedy)
            for one in item_faults(scheme.items_of(category))
        ]
    return found


def _grade_faults(grades: Sequence[Grade], name: str) -> list[Fault]:
    counted = Counter(one.floor for one in grades)
    found = [
        Fault("scheme.grade", f"{name}“grades”", f"下限{floor}有{count}个等次", "每个下限一个等次")
        for floor, count in counted.items()
        if count > 1
    ]
    found += [
        Fault("scheme.floor", f"{name}“{one.label}”", f"下限{one.floor}", "0至100")
        for one in grades
        if not 0 <= one.floor <= 100
    ]
    if grades and min(one.floor for one in grades) != 0:
        found.append(
            Fault("scheme.lowest", f"{name}“grades”", "最低等次的下限不是0", "从0起,每个分数都有等次")
        )
    return found


def _weight(item: SchemeItem, category: str) -> Decimal | None:
    return item.weights.get(category) if category else item.weight
