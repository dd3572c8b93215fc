"""What is compared before a firm is paid without applying: where the facts come from, credit, the matter, what went before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luming.support import Item
from luming_portal.cases.models import Case
from luming_portal.standards.known import Knowledge
from luming_portal.standards.models import Origin

CREDIT = ("illegal_list", "abnormal_list", "abnormal_operation", "serious_dishonesty", "major_accident")
"""Facts of the dictionary that say that a firm stands on a list of the dishonest, or had a grave accident."""
OF_FIRM = ":firm:"
"""In a matter that has no number: the firm stands for it."""
Check = list[Any]


@dataclass(frozen=True, slots=True)
class Met:
    """A claim that was met before for the same matter; `words` name it."""

    matter: str
    item: str
    words: str


def checks_of(item: Item, known: Knowledge, number: str) -> list[Check]:
    """What the comparison found: name, whether it passed (None: cannot be told), words."""
    asked = {key: known.known[key] for rule in item.standards for key in rule.inputs if key in known.known}
    own = [one for one in asked.values() if one.origin == Origin.FIRM]
    return [
        [
            _("资格"),
            None if own else True,
            _("有 %d 项只是企业自己填的,要核对原件。") % len(own) if own else _("数据都来自台账或部门。"),
        ],
        _credit(known),
        [
            _("编号"),
            True if number else None if item.matter not in ("", "firm") else True,
            number
            or (_("台账没有证书编号,要补上。") if item.matter not in ("", "firm") else _("不按编号查重。")),
        ],
    ]


def _credit(known: Knowledge) -> Check:
    found = {key: known.known[key].fact for key in CREDIT if key in known.known}
    if any(found.values()):
        return [_("信用"), False, _("有失信、异常或重大事故的记录。")]
    if not found:
        return [_("信用"), None, _("没有信用数据,要核查。")]
    return [_("信用"), True, _("没有失信、异常记录。")]


def matter_key(item: Item, firm: int, number: str, year: int) -> str:
    """The matter that is paid once, as a list compares it: group, and certificate, firm or firm and year."""
    if item.matter == "firm":
        return f"{item.stack}{OF_FIRM}{firm}"
    if number:
        return f"{item.stack}:{number}"
    return f"{item.stack}{OF_FIRM}{firm}:{year}"


def matter_of_case(item: Item, case: Case) -> str:
    """The matter of a case, as a list compares it."""
    number = str(case.data.get("matter", ""))
    return matter_key(item, case.enterprise_id or 0, "" if OF_FIRM in number else number, case.opened_at.year)


def met_before(cases: Iterable[Case], items: Mapping[str, Item]) -> list[Met]:
    """The matters of a firm's earlier claims in the three lanes that did not end without support."""
    found = []
    for case in cases:
        item = items.get(str(case.data.get("item", "")))
        if item is None:
            continue
        key = matter_of_case(item, case)
        name = case.number or _("草稿")
        state = case.public_state or case.state_label
        found.append(
            Met(
                key,
                item.key,
                _("办件 %(number)s(%(item)s,%(state)s)")
                % {"number": name, "item": item.name, "state": state},
            )
        )
    return found


def duplicate_of(matter: str, before: Sequence[Met], listed: Mapping[str, str]) -> str:
    """By what a matter was met before, in words; "" where by nothing.

    Args:
        listed: firms of the same list by matter.
    """
    for one in before:
        if one.matter == matter:
            return one.words
    return _("同一名单里的“%s”用了同一编号") % listed[matter] if matter in listed else ""
