"""Tasks that cases leave: made by the effect `task.new`, finished by those who do them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.cases.effects import effect
from luming_portal.cases.models import Case, CaseEvent, CaseTask
from luming_portal.cases.recording import CaseRefused

_SAYING = ("pattern", "task", "check_result")
"""Fields of forms that say what is to be done, the first that is filled; else the reason of the step, else the case."""


@effect("task.new")
def new_task(case: Case, event: CaseEvent, by: Any) -> None:
    """Leave a task for the department in charge."""
    data = event.content.get("data", {})
    said = next((str(data[name]) for name in _SAYING if data.get(name)), "") or event.reason
    text = f"{event.label}:{said}" if said else f"{event.label}:{case.title}"
    with change(_("建立后续任务")) as changes:
        changes.save(
            CaseTask(case=case, event=event, unit=case.unit, text=text, opened_at=event.at, demo=case.demo)
        )


def finish_task(task: CaseTask, *, by: Any, result: str) -> CaseTask:
    """Tell what was done; the task is closed.

    Raises:
        Refused: neither the office nor the department in charge.
        CaseRefused: nothing is told, or it is closed already.
    """
    require(by, Action.CHANGE, "case", task.case)
    if by.role != Role.OFFICE and not (by.role == Role.DEPARTMENT and by.unit == task.unit):
        raise Refused(_("这项任务由“%s”完成。") % (task.unit or _("领导小组办公室")))
    if not result.strip():
        raise CaseRefused([_("没有写完成情况。")])
    with change(_("完成后续任务")) as changes:
        stored = CaseTask.objects.select_for_update().get(pk=task.pk)
        if stored.done_at is not None:
            raise CaseRefused([_("这项任务已经完成。")])
        stored.done_at, stored.done_by, stored.result = timezone.now(), by, result.strip()[:4000]
        changes.save(stored)
    return stored
