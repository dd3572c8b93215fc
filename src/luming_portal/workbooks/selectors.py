"""What is read of remembered mappings and waiting workbooks, with the reader's rights applied."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from luming_portal.accounts.rights import visible
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping

MOST_MAPPINGS = 200


def mappings_for(user: Any) -> list[WorkbookMapping]:
    """The mappings that a person may use: those of the own unit first, the latest first."""
    own = Case(When(unit=user.unit, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = (
        visible(user, WorkbookMapping.objects.all()).annotate(far=own).order_by("far", "-updated_at", "-pk")
    )
    return list(found[:MOST_MAPPINGS])


def staged_of(user: Any) -> QuerySet[StagedWorkbook]:
    """A person's own workbooks that wait to be loaded."""
    return StagedWorkbook.objects.filter(owner_id=user.pk, expires_at__gt=timezone.now()).select_related(
        "remembered"
    )
