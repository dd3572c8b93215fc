"""Titles of firms on a day: held, not held, or unknown, and by which entry of the register that is known.

An entry says yes while its term runs; an entry without a known term says nothing; and that there is no entry says no
only where the office has declared the register complete for the title and the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.standards.models import CompleteRegister


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a firm holds a title; `held` None is unknown. `words` say how that is known, `day` since when."""

    held: bool | None
    words: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TitleBook:
    """The entries of some firms, and the declarations of completeness, for one day."""

    day: dt.date
    entries: Mapping[int, tuple[Qualification, ...]]
    complete: Mapping[str, CompleteRegister]

    def holding(self, firm: int, titles: Iterable[str], *, lasting: bool = False) -> Holding:
        """Whether a firm holds one of some titles.

        Args:
            lasting: the titles have no term.
        """
        names = tuple(titles)
        open_term: Qualification | None = None
        over: Qualification | None = None
        for item in self.entries.get(firm, ()):
            if item.title not in names or (item.issued_on is not None and item.issued_on > self.day):
                continue
            if lasting and item.valid_until is None:
                return Holding(True, _("企业台账:%s") % item.title, item.issued_on)
            if item.valid_until is None:
                open_term = item
            elif item.valid_until >= self.day:
                words = _("企业台账:%(title)s,有效至%(day)s") % {
                    "title": item.title,
                    "day": item.valid_until.isoformat(),
                }
                return Holding(True, words, item.issued_on)
            elif over is None or (over.valid_until or dt.date.min) < item.valid_until:
                over = item
        if open_term is not None:
            return Holding(None, _("企业台账有“%s”,但没有登记有效期") % open_term.title)
        if names and all(name in self.complete for name in names):
            basis = self.complete[names[0]].basis
            return Holding(False, _("企业台账没有有效的登记,该资质的台账已核全(%s)") % basis, self.day)
        if over is not None:
            told = {"title": over.title, "day": (over.valid_until or self.day).isoformat()}
            return Holding(None, _("企业台账的“%(title)s”已于%(day)s到期,是否重新取得未知") % told)
        return Holding(None, _("企业台账没有登记,该资质的台账也没有核全"))


def title_book(firms: Iterable[Enterprise], day: dt.date) -> TitleBook:
    """The titles of some firms on a day, in two questions to the database."""
    found: dict[int, list[Qualification]] = {}
    for item in Qualification.objects.filter(enterprise__in=[firm.pk for firm in firms]).order_by("pk"):
        found.setdefault(item.enterprise_id, []).append(item)
    declared = CompleteRegister.objects.filter(
        first_day__lte=day, last_day__gte=day, withdrawn_on__isnull=True
    ).order_by("pk")
    return TitleBook(
        day, {key: tuple(items) for key, items in found.items()}, {item.title: item for item in declared}
    )
