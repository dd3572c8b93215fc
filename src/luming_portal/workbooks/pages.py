"""What the page of a waiting workbook shows: the sheets, the mapping as fields, the figures, the form to load them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.facts.workbook import (
    ColumnMapping,
    Confidence,
    NameMapping,
    Role,
    SheetMapping,
)
from luming.mark import Mark
from luming_portal.library_words import word
from luming_portal.workbooks.editing import MOST_COLUMNS, MOST_NAMES, MOST_SHEETS, shape_of, waiting
from luming_portal.workbooks.figures import Preview, preview_of, provisional
from luming_portal.workbooks.forms import LoadForm
from luming_portal.workbooks.gridview import ShownSheet, shown_sheet
from luming_portal.workbooks.models import StagedWorkbook
from luming_portal.workbooks.opening import Knowledge, opened

MOST_FIGURES = 300
MOST_LEFT = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A column or row of the mapping with the words of its fields."""

    number: int
    item: ColumnMapping | NameMapping
    means: str

    @property
    def is_unsure(self) -> bool:
        """Whether a person must look at it."""
        return self.item.confidence is Confidence.NEAR


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the mapping beside the sheet as it is."""

    number: int
    item: SheetMapping
    shown: ShownSheet | None
    indicator: str
    columns: tuple[Part, ...]
    names: tuple[Part, ...]
    more: int

    @property
    def is_unsure(self) -> bool:
        """Whether a person must look at what is said of the sheet as a whole."""
        return self.item.confidence is Confidence.NEAR

    @property
    def unsure(self) -> int:
        """How much of the sheet a person must look at."""
        return self.is_unsure + sum(one.is_unsure for one in (*self.columns, *self.names))


class Desk:
    """A waiting workbook, opened, with the mapping as it stands."""

    def __init__(self, staged: StagedWorkbook, user: Any, form: LoadForm | None = None) -> None:
        self.staged, self.user = staged, user
        self.file = opened(staged.file_name, bytes(staged.original))
        self.knowledge = Knowledge()
        self.mapping = staged.mapping()
        self.form = form or LoadForm(initial=self._initial())

    def context(self, *, faults: list[str] | None = None, problem: str = "") -> dict[str, Any]:
        """Everything that the page shows."""
        day = timezone.localdate()
        if self.form.is_bound and self.form.is_valid():
            day = self.form.cleaned_data["recorded_on"]
        preview = preview_of(self.mapping, self.file, self.knowledge, provisional(day), by=self.user)
        open_points = waiting(self.mapping)
        entering = [one for one in preview.figures if one.enters]
        return {
            "staged": self.staged,
            "mapping": self.mapping,
            "shape": shape_of(self.mapping),
            "sheets": self._sheets(preview),
            "unread": self._unread(preview),
            "hidden_sheets": [
                (name, name in self.mapping.hidden_sheets) for name in self.file.hidden_sheets()
            ],
            "has_macros": self.file.has_macros,
            "roles": [(role.value, word(role.label)) for role in Role],
            "kinds": [("indicator", _("指标")), ("subject", _("主体")), ("period", _("时期"))],
            "indicators": self.knowledge.indicators,
            "preview": preview,
            "entering": entering,
            "figures": preview.figures[:MOST_FIGURES],
            "more_figures": max(0, len(preview.figures) - MOST_FIGURES),
            "left": preview.left[:MOST_LEFT],
            "more_left": max(0, len(preview.left) - MOST_LEFT),
            "waiting": open_points,
            "waiting_shown": open_points[:MOST_LEFT],
            "digest": preview.digest(),
            "form": self.form,
            "faults": faults or [],
            "problem": problem,
        }

    def _initial(self) -> dict[str, Any]:
        stem, remembered = self.staged.file_name.rpartition(".")[0], self.staged.remembered
        today = timezone.localdate()
        return {
            "title": stem,
            "publisher": (remembered.publisher if remembered else "") or self.user.unit,
            "date": today,
            "mark": remembered.mark if remembered else Mark.SECONDARY.value,
            "recorded_on": today,
            "remember": remembered.name if remembered else stem[:80],
        }

    def _sheets(self, preview: Preview) -> list[SheetPart]:
        shown = {sheet.name: sheet for sheet in self.file.sheets}
        return [
            SheetPart(
                number,
                sheet,
                shown_sheet(shown[sheet.sheet], preview.reading),
                self.knowledge.labels.get(sheet.indicator, sheet.indicator),
                tuple(self._column(at, one) for at, one in enumerate(sheet.columns[:MOST_COLUMNS])),
                tuple(self._name(sheet, at, one) for at, one in enumerate(sheet.names[:MOST_NAMES])),
                max(0, len(sheet.columns) - MOST_COLUMNS) + max(0, len(sheet.names) - MOST_NAMES),
            )
            for number, sheet in enumerate(self.mapping.sheets[:MOST_SHEETS])
        ]

    def _column(self, number: int, column: ColumnMapping) -> Part:
        return Part(number, column, self.knowledge.labels.get(column.indicator, column.indicator))

    def _name(self, sheet: SheetMapping, number: int, name: NameMapping) -> Part:
        means = name.means
        if sheet.rows_are == "indicator":
            means = self.knowledge.labels.get(name.means, name.means)
        return Part(number, name, means)

    def _unread(self, preview: Preview) -> list[ShownSheet]:
        """Sheets without a mapping, to be looked at all the same."""
        read = {sheet.sheet for sheet in self.mapping.sheets}
        found = [shown_sheet(one, preview.reading) for one in self.file.sheets if one.name not in read]
        return [one for one in found if one is not None][:MOST_SHEETS]
