"""What changes the files of a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.attached.preparing import Prepared, laid_down
from luming_portal.audit.door import change
from luming_portal.reporting.models import Report, ReportFile
from luming_portal.reporting.services import require_writable

MOST_FILES = 10
"""Of one report."""


def attach_file(report: Report, upload: Prepared, caption: str, *, by: Any) -> ReportFile:
    """Keep an upload beside a report.

    Raises:
        Refused: the report is not his or out of his hands, or has files enough; nothing was kept.
    """
    require(by, Action.CREATE, "report_file")
    require_writable(report, by=by)
    if report.files.count() >= MOST_FILES:
        raise Refused(_("一项最多附%d个材料。没有保存任何内容。") % MOST_FILES)
    item = ReportFile(report=report, caption=caption, demo=report.demo)
    with laid_down(item, upload), change() as changes:
        changes.save(item)
    return item


def remove_file(item: ReportFile, *, by: Any) -> None:
    """Take a file back while the report is in its unit's hands; that there was one stays in the record of changes.

    Raises:
        Refused: the report is not his, or out of his hands.
    """
    require(by, Action.DELETE, "report_file")
    require_writable(item.report, by=by)
    with change(_("填报单位撤下材料")) as changes:
        changes.delete(item)
