"""Recording the lights of a day."""

from __future__ import annotations

import datetime as dt

from luming_portal.audit.door import change
from luming_portal.cockpit.boards import SHELF
from luming_portal.cockpit.models import RecordedLight
from luming_portal.documents.models import DocumentVersion


def record_lights(version: DocumentVersion, as_of: dt.date, today: dt.date) -> int:
    """Record the computed lights of a day, as far as that day has no record yet; how many are new."""
    board = SHELF.real(version, as_of).board
    known = set(
        RecordedLight.objects.filter(document=version.document, as_of=as_of).values_list("target", flat=True)
    )
    rows = [
        RecordedLight(
            document=version.document,
            target=item.target.id,
            as_of=as_of,
            light=item.light.light.value,
            reason=item.light.reason,
            rule=item.light.rule,
            inputs=list(item.light.inputs),
            override_by=item.light.override_by,
            override_until=item.light.override_until,
            recorded_on=today,
        )
        for item in board.assessments
        if item.target.id not in known
    ]
    with change(f"记录{as_of.isoformat()}的灯") as changes:
        changes.create_many(rows)
    return len(rows)
