"""Which board a request asks for: ?document=<id>, ?as_of=<day>, and whether the demonstration year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.cockpit.boards import SHELF, Shown, default_day, demo_day
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.selectors import current_version, documents_for

_EARLIEST = dt.date(2000, 1, 1)
_AHEAD = dt.timedelta(days=366)


def version_asked(request: HttpRequest) -> DocumentVersion | None:
    """The document's version in force; another document's with ?document=<id>."""
    wanted = request.GET.get("document", "")
    if not wanted:
        return current_version()
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 9:
        raise Http404
    document = documents_for(request.user).filter(pk=int(wanted)).first()
    found = document.versions.order_by("-number").first() if document else None
    if found is None:
        raise Http404
    return found


def day_asked(given: QueryDict, version: DocumentVersion, *, demo: bool) -> tuple[dt.date, str]:
    """The day to stand on, and a sentence where the one asked for cannot be read."""
    today = timezone.localdate()
    year = version.document.year
    default = demo_day(year) if demo else default_day(year, today)
    written = given.get("as_of", "").strip()
    if not written:
        return default, ""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return default, _("日期“%s”不能识别,应为 2025-06-30 这样的写法;现按默认日期显示。") % written[:20]
    if not _EARLIEST <= day <= today + _AHEAD:
        return default, _("日期“%s”超出范围;现按默认日期显示。") % written[:20]
    return day, ""


def board_of(version: DocumentVersion, day: dt.date, *, demo: bool) -> Shown:
    """The board; real and demonstration never mixed."""
    return SHELF.demo(version, day) if demo else SHELF.real(version, day)


def standing_on(board: Any, target: str) -> Any:
    """The assessment of a target on a board.

    Raises:
        Http404: the document has no such target.
    """
    found = next((one for one in board.assessments if one.target.id == target), None)
    if found is None:
        raise Http404
    return found
