"""Whether an entry of the dictionary or a source can stand beside the documents: every board is reckoned with all of them.

One entry that the library's loader refuses would leave the whole city without a board, so it is refused when it is
entered, field by field, whatever way it comes: page, file or interface.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from luming.errors import UnitMismatch
from luming.unit import parse_unit

if TYPE_CHECKING:
    from luming_portal.indicators.models import Indicator, Source

_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
LONGEST_LAG = 1000


def check_indicator(row: Indicator) -> None:
    """Refuse what the dictionary cannot hold.

    Raises:
        ValidationError: with all faults, by field.
    """
    faults = _key_faults(row)
    if row.lag_days is not None and row.lag_days > LONGEST_LAG:
        faults["lag_days"] = _("滞后天数最多%d天。") % LONGEST_LAG
    try:
        parse_unit(row.unit or "")
    except UnitMismatch as problem:
        faults["unit"] = str(problem)
    known = set(type(row)._default_manager.filter(key__in=row.proxies or []).values_list("key", flat=True))
    unknown = [key for key in row.proxies or [] if key not in known or key == row.key]
    if unknown:
        faults["proxies"] = _("指标字典里没有这些编号:%s。") % _("、").join(unknown)
    if faults:
        raise ValidationError(faults)


def check_source(row: Source) -> None:
    """Refuse what the register of sources cannot hold.

    Raises:
        ValidationError: by field.
    """
    faults = _key_faults(row)
    if faults:
        raise ValidationError(faults)


def refuse_when_cited(row: Indicator | Source) -> None:
    """Keep what a published document names.

    Raises:
        ProtectedError: with the versions that name it.
    """
    from luming_portal.documents.models import DocumentVersion

    named = re.compile(rf"(?<![a-z0-9_]){re.escape(row.key)}(?![a-z0-9_])")
    citing: set[Model] = {
        version
        for version in DocumentVersion.objects.select_related("document")
        if any(named.search(text) for text in version.files.values())
    }
    if citing:
        raise ProtectedError(_("已发布的文件引用了“%s”。") % row, citing)


def _key_faults(row: Indicator | Source) -> dict[str, str]:
    stored = type(row)._default_manager.filter(pk=row.pk).values_list("key", flat=True).first()
    if stored is not None and stored != row.key:
        return {"key": _("编号“%s”已被文件和数据引用,不能改。") % stored}
    if not _KEY.fullmatch(row.key or ""):
        return {"key": _("编号“%s”应以小写字母开头,只含小写字母、数字和下划线。") % row.key}
    return {}
