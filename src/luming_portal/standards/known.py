"""Everything that is known of a firm for the standards on a day, each fact with where it comes from.

Stated facts come first, the statement of the latest day and row; a year's figure also stands in as “the year before” of
the next. Figures and titles of the register of enterprises fill what nobody stated; titles of the register come before
what a firm says of itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luming.standards import Fact, Input, InputKind
from luming.standards.facts import read_fact
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.catalogue import Shelf, shelf
from luming_portal.standards.held import TitleBook, title_book
from luming_portal.standards.models import FirmFact

_SHIFTED = re.compile(r"(.+)_y([2-9])")
_MILLION = Decimal(10000)  # 亿元 in 万元


@dataclass(frozen=True, slots=True)
class Known:
    """One known fact: as written in the unit of the dictionary, and its origin in words.

    Attributes:
        origin: firm, office, file, register, earlier (a figure of an earlier year's statement).
    """

    key: str
    fact: Fact
    written: str
    origin: str
    source: str
    recorded_on: dt.date | None

    def frozen(self) -> dict[str, Any]:
        """As a run or a grant keeps it."""
        return {
            "value": self.written,
            "origin": self.origin,
            "source": self.source,
            "recorded_on": self.recorded_on.isoformat() if self.recorded_on else "",
        }


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of one firm on a day. `untold`: why a title is unknown, by the key of its fact."""

    firm: Enterprise
    as_of: dt.date
    known: Mapping[str, Known]
    untold: Mapping[str, str]

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts as the evaluators take them."""
        return {key: item.fact for key, item in self.known.items()}

    @property
    def year(self) -> int:
        """The last full year before the day."""
        return self.as_of.year - 1


def knowledge_of(firm: Enterprise, as_of: dt.date, known_on: dt.date | None = None) -> Knowledge:
    """What is known of one firm."""
    return knowledge([firm], as_of, known_on)[firm.pk]


def knowledge(
    firms: Sequence[Enterprise], as_of: dt.date, known_on: dt.date | None = None
) -> dict[int, Knowledge]:
    """What is known of some firms, by their key, in three questions to the database.

    Args:
        as_of: the day that the standards are asked for; its year less one is the last full year.
        known_on: only what was stated until that day; None for everything.
    """
    rules = shelf()
    stated: dict[int, list[FirmFact]] = {firm.pk: [] for firm in firms}
    rows = FirmFact.objects.filter(enterprise__in=list(stated), year__lte=as_of.year)
    if known_on is not None:
        rows = rows.filter(recorded_on__lte=known_on)
    for row in rows.order_by("recorded_on", "pk"):
        stated[row.enterprise_id].append(row)
    book = title_book(firms, as_of)
    return {firm.pk: _of_firm(rules, firm, stated[firm.pk], book, as_of) for firm in firms}


def _of_firm(
    rules: Shelf, firm: Enterprise, rows: Iterable[FirmFact], book: TitleBook, as_of: dt.date
) -> Knowledge:
    year = as_of.year - 1
    last = {(row.year, row.key): row for row in rows}
    found: dict[str, Known] = {}
    for key, item in rules.inputs.items():
        row = _stated(last, key, item, year)
        known = _read(key, item, row, year) if row is not None else _of_register(firm, key, item, year)
        if known is not None:
            found[key] = known
    untold: dict[str, str] = {}
    for key, titles in rules.ladder.titles.items():
        if key not in rules.inputs:
            continue
        holding = book.holding(firm.pk, titles)
        if holding.held is None:
            untold[key] = holding.words
        else:
            written = "是" if holding.held else "否"
            found[key] = Known(key, holding.held, written, "register", holding.words, holding.day)
    return Knowledge(firm, as_of, found, untold)


def family(key: str) -> tuple[str, int]:
    """The figure behind a key and how many years back it lies: revenue_y3 is (revenue, 2)."""
    found = _SHIFTED.fullmatch(key)
    return (found[1], int(found[2]) - 1) if found else (key, 0)


def _stated(last: Mapping[tuple[int, str], FirmFact], key: str, item: Input, year: int) -> FirmFact | None:
    """The statement in force: of the year itself, else for a figure of an earlier year the statement of that time."""
    if item.type is InputKind.DATE:  # a day does not depend on the year of the statement
        rows = [row for (_year, name), row in last.items() if name == key]
        return max(rows, key=lambda row: (row.recorded_on, row.pk), default=None)
    base, back = family(key)
    for years in range(back + 1):
        name = key if years == 0 else base if years == back else f"{base}_y{back - years + 1}"
        row = last.get((year - years, name))
        if row is not None and row.value:
            return row
    return None


def _read(key: str, item: Input, row: FirmFact, year: int) -> Known | None:
    try:
        fact = read_fact(row.value, item)
    except ValueError:  # the dictionary has changed since; what cannot be read is unknown
        return None
    if fact is None:
        return None
    origin, source = row.origin, row.source
    if row.year != year and item.type is not InputKind.DATE:
        origin = "earlier"
        source = _("%(year)d年度的填报%(source)s") % {
            "year": row.year,
            "source": f"({row.source})" if row.source else "",
        }
    return Known(key, fact, row.value, origin, source, row.recorded_on)


_REGISTERED = {"revenue": ("revenue", "revenue_period"), "rd": ("rd_expense", "rd_period")}


def _of_register(firm: Enterprise, key: str, item: Input, year: int) -> Known | None:
    """A figure of the register of enterprises, where its period is the very year that the fact speaks of."""
    base, back = family(key)
    if base not in _REGISTERED:
        return None
    field, period = _REGISTERED[base]
    value = getattr(firm, field)
    if value is None or getattr(firm, period) != str(year - back):
        return None
    written = f"{(Decimal(value) * _MILLION).normalize():f}"
    source = _("企业台账 %(year)d年") % {"year": year - back}
    if firm.source_id and firm.source is not None:
        source += f"({firm.source.publisher})"
    try:
        fact = read_fact(written, item)
    except ValueError:
        return None
    return Known(key, fact, written, "register", source, None) if fact is not None else None
