"""What a firm's page shows beside its columns: qualifications and whether they hold today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import visible
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.registers.source_words import source_html


@dataclass(frozen=True, slots=True)
class Line:
    """A qualification as the page shows it: whether it holds today, in words and as on, off or unknown."""

    item: Qualification
    standing: str
    words: str
    source: SafeString


def qualification_lines(request: HttpRequest, record: Enterprise) -> dict[str, Any]:
    """The qualifications for a firm's page."""
    today = timezone.localdate()
    found = visible(request.user, record.qualifications.select_related("source"))
    return {"qualifications": [_line(item, today) for item in found]}


def _line(item: Qualification, today: dt.date) -> Line:
    if item.valid_until is None:
        standing, words = "unknown", _("有效期未知")
    elif item.valid_until >= today:
        standing, words = "on", _("有效至%s") % item.valid_until.isoformat()
    else:
        standing, words = "off", _("已于%s到期") % item.valid_until.isoformat()
    return Line(item, standing, words, source_html(item.source))
