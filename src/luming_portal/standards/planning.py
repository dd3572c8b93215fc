"""A table of facts of many firms: found firms, read values, and every fault and doubt with its row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.creditcode import CreditCodeError, parse_credit_code
from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.enterprises.models import Enterprise
from luming_portal.registers.column import Column
from luming_portal.registers.reading import Row, Table
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.doubts import doubts_about
from luming_portal.standards.known import knowledge
from luming_portal.standards.models import FirmFact
from luming_portal.standards.services import Statement, faults_in

FIRM_COLUMNS = (
    Column("credit_code", gettext_lazy("统一社会信用代码")),
    Column("firm_key", gettext_lazy("企业编号")),
    Column("name", gettext_lazy("企业名称")),
)


def columns() -> tuple[Column, ...]:
    """What a table of facts may hold: who the firm is, and every fact of the dictionary by key or label."""
    facts = [
        Column(key, item.about.label, unit=item.unit)
        for key, item in shelf().inputs.items()
        if key not in {column.key for column in FIRM_COLUMNS}
    ]
    return (*FIRM_COLUMNS, *facts)


def sentences_of(label: str, number: int, sentence: str) -> str:
    """A fault or doubt with its row and column."""
    return _("第%(row)d行“%(column)s”:%(sentence)s") % {"row": number, "column": label, "sentence": sentence}


@dataclass
class FactsPlan:
    """What taking a table in would do: statements, faults that stop it, doubts that somebody has to look at."""

    statements: list[Statement] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def plan_facts(table: Table, year: int, source: str, *, user: Any) -> FactsPlan:
    """Read a table against the register of firms that the user sees."""
    plan = FactsPlan()
    labels = {column.key: str(column.label) for column in columns()}
    found = list(_firms(table.rows, user, plan, labels))
    known = knowledge([firm for _row, firm in found], dt.date(year + 1, 12, 31))
    seen: dict[int, int] = {}
    for row, firm in found:
        first = seen.setdefault(firm.pk, row.number)
        if first != row.number:
            plan.faults.append(sentences_of(labels["name"], row.number, _("与第%d行是同一家企业。") % first))
            continue
        values = {
            key: text
            for key, text in row.cells.items()
            if text and key not in ("credit_code", "firm_key", "name")
        }
        allowed = decide(user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm))
        if not allowed:
            plan.faults.append(sentences_of(labels["name"], row.number, allowed.reason))
            continue
        for key, sentence in faults_in(values):
            plan.faults.append(sentences_of(labels.get(key, key), row.number, sentence))
        for doubt in doubts_about(values, known[firm.pk].facts):
            plan.doubts.append(sentences_of(labels.get(doubt.key, doubt.key), row.number, doubt.sentence))
        plan.statements.append(Statement(firm, year, values, source))
    return plan


def _firms(
    rows: Sequence[Row], user: Any, plan: FactsPlan, labels: dict[str, str]
) -> Iterator[tuple[Row, Enterprise]]:
    """Each row with its firm, by code before number before name; a row without one is a fault."""
    codes, keys, names = (
        {row.cells.get(key, "").strip() for row in rows} - {""} for key in ("credit_code", "firm_key", "name")
    )
    asked = Q(credit_code__in={_code(one) for one in codes}) | Q(key__in=keys) | Q(name__in=names)
    firms = list(visible(user, Enterprise.objects.filter(asked)))
    by_code = {firm.credit_code: firm for firm in firms if firm.credit_code}
    by_key = {firm.key: firm for firm in firms}
    by_name: dict[str, list[Enterprise]] = {}
    for firm in firms:
        by_name.setdefault(firm.name, []).append(firm)
    for row in rows:
        code, key, name = (row.cells.get(one, "").strip() for one in ("credit_code", "firm_key", "name"))
        if code:
            try:
                code = parse_credit_code(code).text
            except CreditCodeError as problem:
                plan.faults.append(sentences_of(labels["credit_code"], row.number, str(problem)))
                continue
        named = by_name.get(name, [])
        firm_ = by_code.get(code) or by_key.get(key) or (named[0] if len(named) == 1 else None)
        if firm_ is None:
            why = _("台账里有%d家同名企业,请写信用代码。") % len(named) if len(named) > 1 else ""
            plan.faults.append(
                sentences_of(
                    labels["name"], row.number, why or _("企业台账里没有“%s”。") % (code or key or name)
                )
            )
            continue
        if name and name != firm_.name and name not in firm_.former_names:
            told = {"name": name, "firm": firm_.name}
            plan.doubts.append(
                sentences_of(labels["name"], row.number, _("表中名称“%(name)s”与台账“%(firm)s”不同。") % told)
            )
        yield row, firm_


def _code(text: str) -> str:
    try:
        return parse_credit_code(text).text
    except CreditCodeError:
        return text
