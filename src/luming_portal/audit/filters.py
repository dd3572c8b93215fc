"""What of the record of changes is asked for; it stands whole in the address, and page and exports read it alike."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.audit.models import Change

_LONGEST = 100
_REQUEST = re.compile(r"[0-9a-fA-F-]{4,36}")


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Conditions on the record of changes.

    Attributes:
        person: login name (exact, capitals aside) or part of a name.
        action, kind: exact; `action` may be the beginning of a group of events, such as account.
        object_id: key of a record; only with a kind.
        since, until: days, both included.
        request: number of a request, or its beginning.
        words: found in the object's name or the reason.
        before: only entries older than the entry with this key: the next page.
        faults: what could not be read, in sentences.
    """

    person: str = ""
    action: str = ""
    kind: str = ""
    object_id: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    request: str = ""
    words: str = ""
    before: int | None = None
    faults: tuple[str, ...] = ()

    def applied(self, changes: QuerySet[Change]) -> QuerySet[Change]:
        """The changes that meet the conditions, without the page."""
        exact = {"model": self.kind, "object_id": self.object_id}
        found = changes.filter(**{name: value for name, value in exact.items() if value})
        if self.action:
            found = found.filter(Q(action=self.action) | Q(action__startswith=f"{self.action}."))
        if self.person:
            found = found.filter(Q(actor__iexact=self.person) | Q(actor_name__icontains=self.person))
        if self.since:
            found = found.filter(at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(at__lt=_midnight(self.until + dt.timedelta(days=1)))
        if self.request:
            found = found.filter(request_id__startswith=self.request.lower())
        for word in self.words.split():
            found = found.filter(Q(object_label__icontains=word) | Q(reason__icontains=word))
        return found

    def page(self, changes: QuerySet[Change], size: int) -> list[Change]:
        """One page and one more, which tells whether there is another."""
        found = self.applied(changes)
        if self.before is not None:
            found = found.filter(pk__lt=self.before)
        return list(found[: size + 1])

    def query(self, **more: Any) -> str:
        """The address's query for these conditions."""
        out = QueryDict(mutable=True)
        written = {
            "person": self.person,
            "action": self.action,
            "kind": self.kind,
            "object": self.object_id,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "request": self.request,
            "q": self.words,
            **more,
        }
        for name, value in written.items():
            if value not in ("", None):
                out[name] = str(value)
        return out.urlencode()

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.query())


def read_filter(given: QueryDict) -> ChangeFilter:
    """Read the conditions; what cannot be read is left out and named."""
    faults: list[str] = []
    request = _text(given, "request")
    if request and not _REQUEST.fullmatch(request):
        faults.append(_("请求编号“%(written)s”应为十六进制数字,这个条件没有使用。") % {"written": request})
        request = ""
    return ChangeFilter(
        person=_text(given, "person"),
        action=_text(given, "action"),
        kind=_text(given, "kind").lower(),
        object_id=_text(given, "object"),
        since=_day(given, "from", faults),
        until=_day(given, "to", faults),
        request=request,
        words=_text(given, "q"),
        before=_key(given, faults),
        faults=tuple(faults),
    )


def _text(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\x00", "").strip()[:_LONGEST]


def _day(given: QueryDict, name: str, faults: list[str]) -> dt.date | None:
    written = _text(given, name)
    if not written:
        return None
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year <= 2200:
        faults.append(_("日期“%(written)s”应写成 2025-06-30,这个条件没有使用。") % {"written": written[:40]})
        return None
    return day


def _key(given: QueryDict, faults: list[str]) -> int | None:
    written = _text(given, "before")
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) <= 18:
        return int(written)
    faults.append(_("页码“%(written)s”看不懂,已从最新的记录开始。") % {"written": written[:40]})
    return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
