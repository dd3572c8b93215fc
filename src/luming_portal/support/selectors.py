"""What is read of support: whether an amount may be shown, what officers entered, deadlines of items."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luming.support import Item
from luming_portal.accounts.rights import role_of
from luming_portal.accounts.roles import OFFICERS, Role
from luming_portal.documents.models import Document, DocumentVersion
from luming_portal.indicators.models import Source
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.models import ItemAmount, OfficialText

_DIGITS = "零一二三四五六七八九"
_MEASURE = re.compile(
    r"第\s*(\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*条"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What officers added to the items, as of a day.

    Attributes:
        attached: the official documents in force, by item, the latest first.
        amounts: the amount in force of an item whose clause leaves it to the office.
    """

    day: dt.date
    attached: Mapping[str, tuple[OfficialText, ...]]
    amounts: Mapping[str, ItemAmount]

    def open_to_all(self, item: Item) -> bool:
        """Whether the public may see the item's amount: its source is official and in force, or an officer attached it."""
        return item.told_to_public(self.day, bool(self.attached.get(item.key)))


def told(day: dt.date) -> Told:
    """Everything that officers added, in two questions to the database."""
    attached: dict[str, list[OfficialText]] = {}
    for text in OfficialText.objects.filter(withdrawn_on__isnull=True).order_by("-issued_on", "-pk"):
        if text.holds_on(day):
            for key in text.items:
                attached.setdefault(key, []).append(text)
    amounts = {
        row.item: row
        for row in ItemAmount.objects.filter(withdrawn_on__isnull=True).order_by("pk")
        if row.holds_on(day)
    }
    return Told(day, {key: tuple(rows) for key, rows in attached.items()}, amounts)


def sees_behind(user: Any) -> bool:
    """Whether somebody sees amounts that the public does not: those who work with the items, and the auditor."""
    return role_of(user) in OFFICERS | {Role.AUDITOR}


def name_of(item: Item) -> str:
    """The item's name in the language of the page."""
    english = (get_language() or "zh").startswith("en")
    return item.name_en if english and item.name_en else item.name


def document_address(item: Item) -> str:
    """The page of the portal on which the item's clause stands, at its measure; "" where the document is not at hand."""
    if not item.source.number:
        return ""
    published = Document.objects.filter(pk__in=DocumentVersion.objects.values("document"))
    found = published.filter(number=item.source.number).first()
    if found is None:
        return ""
    measure = measure_of(item.clause)
    return f"{found.get_absolute_url()}{f'#m{measure:02d}' if measure else ''}"


def measure_of(clause: str) -> int | None:
    """The number of the measure that a clause names: 第十二条 and 第12条 are 12; None where it names none."""
    found = _MEASURE.search(clause)
    if found is None:
        return None
    if found[1].isdecimal():
        return int(found[1])
    tens, ten, ones = found[1].rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


@dataclass(frozen=True, slots=True)
class ItemDeadline:
    """The last day of an item, for a calendar: `words` say what ends, `address` leads to it."""

    item: str
    name: str
    day: dt.date
    words: str
    address: str


def deadlines_of(firm: Any, today: dt.date) -> list[ItemDeadline]:
    """The days on which items end that a firm is entitled to, or may be; None: of every item in force.

    Nothing is said of items without a last day.
    """
    from luming_portal.support.reckoning import open_items

    items: Iterable[Item] = support_shelf().in_force(today) if firm is None else open_items(firm, today)
    found = [
        ItemDeadline(
            item.key,
            item.name,
            item.ends,
            _("“%s”的条款到期,之后不能再申请") % item.name,
            reverse("support:item", args=[item.key]),
        )
        for item in items
        if item.ends is not None and item.ends >= today
    ]
    return sorted(found, key=lambda one: (one.day, one.item))


def source_of(item: Item) -> Source | None:
    """The entry of the register of sources under which the item's document was read."""
    return Source.objects.filter(key=item.source.source).first() if item.source.source else None
