"""What an item says, in words for a shop owner: conditions, how the money is reckoned, caps, what is ours."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.standards import Standard, outline
from luming.support import Cap, Item
from luming_portal.support.money import in_wan
from luming_portal.support.worth import FEN

LEAST_OF_A_FORMULA = 12
"""Characters below which the line of the money names a sum and no way of reckoning."""
_JOINTS = {
    "[全部]": gettext_lazy("下面各条都要符合:"),
    "[任一]": gettext_lazy("下面符合一条就行:"),
    "[不得]": gettext_lazy("不能有下面的情形:"),
}
_ELEMENTS = {
    "lane": gettext_lazy("办理方式"),
    "in_force": gettext_lazy("有效期"),
    "window": gettext_lazy("申报时间"),
    "group": gettext_lazy("就高不重复的范围"),
    "matter": gettext_lazy("查重的编号"),
    "difference": gettext_lazy("补差额的办法"),
    "amount": gettext_lazy("金额"),
    "cap": gettext_lazy("上限"),
    "caps": gettext_lazy("企业合计上限"),
    "condition": gettext_lazy("条件"),
    "evidence": gettext_lazy("材料"),
    "clawback": gettext_lazy("退回的情形"),
    "lead": gettext_lazy("主管部门"),
    "pays": gettext_lazy("付款部门"),
    "share": gettext_lazy("各方出资比例"),
    "subject": gettext_lazy("对象"),
    "kind": gettext_lazy("类别"),
    "contact": gettext_lazy("联系方式"),
    "decimals": gettext_lazy("取整办法"),
}


def condition_lines(rule: Standard) -> list[tuple[int, str]]:
    """The conditions of a rule, each with its depth; the money is told apart."""
    found = []
    within = -1  # a “not” that says in its own words what must not be: what stands under it is left out
    for line in _lines(rule)[0]:
        text, depth = line.strip(), (len(line) - len(line.lstrip())) // 2
        if 0 <= within < depth:
            continue
        within = depth if text.startswith("[不得]") and text != "[不得]" else -1
        for joint, said in _JOINTS.items():
            if text.startswith(joint):
                text = text.removeprefix(joint) if within == depth else f"{said}{text.removeprefix(joint)}"
        found.append((depth, text))
    return found


def formula_of(item: Item, day: dt.date) -> str:
    """How the money is reckoned, in the words of the library; "" for a fixed sum or none."""
    rule = item.standard_on(day) or item.standard
    if not item.amount_key:
        return ""
    at = [one.key for one in rule.amounts].index(item.amount_key)
    text = _lines(rule)[1][at].rpartition("):")[2].strip()
    return text if any(letter.isdigit() for letter in text) and len(text) > LEAST_OF_A_FORMULA else ""


def _lines(rule: Standard) -> tuple[list[str], list[str]]:
    """The lines of the conditions, and those of the money, which the outline puts last."""
    lines, count = outline(rule), len(rule.amounts)
    return lines[: len(lines) - count], lines[len(lines) - count :]


def cap_words(cap: Cap) -> str:
    """A cap of a firm in words."""
    money = in_wan(int(cap.amount * FEN))
    if cap.scope == "firm_year":
        return _("一家企业一年合计不超过 %s 万元。") % money
    return _("一家企业累计不超过 %s 万元。") % money


def assumed_words(name: str) -> str:
    """An element of an item that we filled in, in words."""
    return str(_ELEMENTS.get(name.partition(".")[0], name))
