"""What every view of the desk starts from: the draft that the user may see, its decomposition, what is left to do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from luming.desk import Decomposition, OpenPoint, known_units, open_points, progress
from luming.pack import Pack
from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.documents.drafts import desk_of, last_year_pack
from luming_portal.documents.guidance import ABSENCES, KEYS, MECHANISM_HELP, REJECTIONS
from luming_portal.documents.models import Draft
from luming_portal.documents.shown import MeasureRows, measure_rows


class DeskPage:
    """The open draft of a document for one request."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        drafts = visible(request.user, Draft.objects.filter(state=Draft.State.OPEN))
        self.draft: Draft = get_object_or_404(drafts.select_related("document"), document__pk=pk)
        self.desk: Decomposition = desk_of(self.draft)

    def show(self, desk: Decomposition) -> None:
        """Go on with a newer decomposition."""
        self.desk = desk
        for name in ("points", "by_anchor"):
            self.__dict__.pop(name, None)

    @cached_property
    def last_year(self) -> Pack | None:
        """The document before this one."""
        return last_year_pack(self.draft, self.desk)

    @cached_property
    def points(self) -> tuple[OpenPoint, ...]:
        """Everything left to do."""
        return open_points(self.desk)

    @cached_property
    def by_anchor(self) -> Mapping[str, list[OpenPoint]]:
        """The same by sentence or measure."""
        found: dict[str, list[OpenPoint]] = {}
        for point in self.points:
            found.setdefault(point.anchor, []).append(point)
        return found

    def measure(self, id: str) -> MeasureRows:
        """One measure as the page shows it."""
        return measure_rows(self.desk, self.desk.measure(id), self.by_anchor)

    def measures(self) -> list[MeasureRows]:
        """All measures as the page shows them."""
        return [measure_rows(self.desk, measure, self.by_anchor) for measure in self.desk.measures]

    def context(self, **more: Any) -> dict[str, Any]:
        """What the templates of the desk need."""
        blocking = [point for point in self.points if point.blocks]
        return {
            "draft": self.draft,
            "document": self.draft.document,
            "desk": self.desk,
            "head": self.desk.document,
            "progress": progress(self.desk),
            "blocking": len(blocking),
            "next_open": self._next_open(),
            "can_change": bool(decide(self.request.user, Action.CHANGE, "document", self.draft.document)),
            "last_step": self._last_step(),
            "units": known_units(self.desk, self.last_year.duties if self.last_year else ()),
            "mechanism_help": [(one, one.label, text) for one, text in MECHANISM_HELP.items()],
            "rejections": REJECTIONS,
            "absences": ABSENCES,
            "keys": KEYS,
            **more,
        }

    def _next_open(self) -> int | None:
        """Where the first sentence begins that is not done."""
        for sentence in self.desk.sentences():
            if any(point.blocks for point in self.by_anchor.get(sentence.id, ())):
                return sentence.start
        return None

    def _last_step(self) -> Any:
        user = self.request.user
        if not user.is_authenticated:
            return None
        return self.draft.steps.filter(undone=False, by=user.username).order_by("-number").first()
