"""A backup as a background job, for the button on the page of the check."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from luming_portal.operations import backup
from luming_portal.operations.archive import BackupError
from luming_portal.operations.jobs import JobFailed, Outcome, Progress, background_job
from luming_portal.operations.restore_command import place


@background_job(gettext_lazy("备份"))
def make_backup(progress: Progress) -> Outcome:
    """Makes an archive in the folder of backups; nothing is offered for download, since it holds everything."""
    try:
        made = backup.make(place(), Path(settings.BACKUPS), datetime.now(UTC))
    except BackupError as problem:
        raise JobFailed(str(problem)) from None
    told = {"file": made.file.name, "rows": made.rows, "megabytes": f"{made.file.stat().st_size / 1e6:.1f}"}
    sentence = gettext("已备份到 %(file)s:%(rows)d行,%(megabytes)s MB。") % told
    return {"sentence": f"{sentence} SHA-256: {made.sha256}", **told, "sha256": made.sha256}
