"""The same as a background job, which the worker asks for by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming_portal.cases.ticking import tick_all
from luming_portal.operations.jobs import Progress, background_job


@background_job(gettext_lazy("到期办理"), repeatable=True)
def tick_cases(progress: Progress) -> dict[str, Any]:
    """Automatic steps and overdue clocks of all cases."""
    found = tick_all()
    told = {
        "seen": found.seen,
        "moved": found.moved,
        "escalated": found.escalated,
        "failed": len(found.failed),
    }
    sentence = _("在办%(seen)d件,自动办理%(moved)d件,超期升级%(escalated)d次,没有办成%(failed)d件。") % told
    return {"sentence": sentence, **told}
