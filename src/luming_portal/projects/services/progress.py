"""What changes the progress of a project: milestones, investment, evidence."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.attached.preparing import Prepared, laid_down
from luming_portal.audit.door import change
from luming_portal.projects.models import Evidence, InvestmentRow, Milestone, Project

Line = Milestone | InvestmentRow | Evidence


def save_line(item: Line, *, by: Any, reason: str, expected_version: int | None = None) -> Line:
    """Add or change a milestone, a row of investment, or what is said of a piece of evidence.

    Raises:
        Refused, StaleVersion, ReasonMissing: nothing was written.
    """
    project = _stored(item.project)
    action = Action.CREATE if item._state.adding else Action.CHANGE
    require(by, action, "progress", project)
    try:
        with change(reason) as changes:
            changes.save(item, expected_version=expected_version)
    except IntegrityError as twice:
        # The form has looked for it; somebody else was quicker in between.
        raise Refused(_("同事刚刚登记了同样的一条,没有保存任何内容。请回到项目页核对。")) from twice
    return item


def delete_line(item: Line, *, by: Any, reason: str, expected_version: int | None = None) -> None:
    """Remove what was entered by mistake.

    Raises:
        Refused, StaleVersion, ReasonMissing, ProtectedError: nothing was removed.
    """
    require(by, Action.DELETE, "progress", _stored(item.project))
    with change(reason) as changes:
        changes.delete(item, expected_version=expected_version)


def add_evidence(item: Evidence, upload: Prepared, *, by: Any, reason: str) -> Evidence:
    """Keep an upload and enter it; where the entry fails, no file is left.

    Raises:
        Refused: nothing was kept.
    """
    require(by, Action.CREATE, "progress", _stored(item.project))
    if item.milestone is not None and item.milestone.project_id != item.project_id:
        raise Refused(_("这个节点不属于这个项目。没有保存任何内容。"))
    with laid_down(item, upload), change(reason) as changes:
        changes.save(item)
    return item


def _stored(project: Project) -> Project:
    """The project as it stands now: rights hang on its district and steward of today."""
    return Project.objects.get(pk=project.pk)
