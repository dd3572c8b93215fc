"""A workbook as the library opens it, with the dictionary and the names that it is read by."""

from __future__ import annotations

import re
import tempfile
from functools import cached_property
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from luming.facts import Dictionary
from luming.facts.workbook import ENDINGS, OfficeFile, read_office_file
from luming_portal.documents.selectors import own_place
from luming_portal.indicators.models import Fact, Indicator
from luming_portal.indicators.values import indicator_value
from luming_portal.uploads import UploadRefused

_LONGEST_STEM = 60
_MOST_SUBJECTS = 5_000


def checked(file: UploadedFile | None) -> UploadedFile:
    """The file, if it is of a kind that is read.

    Raises:
        UploadRefused: with the sentence.
    """
    if file is None or not file.name:
        raise UploadRefused(_("没有选择文件。请选择 .xlsx、.xlsm 或 .csv 文件。"))
    if not file.name.lower().endswith(ENDINGS):
        raise UploadRefused(
            _(
                "“%s”不是能读的工作簿。只收 .xlsx、.xlsm 和 .csv;旧版 .xls 请在表格软件中另存为 .xlsx。没有读入任何内容。"
            )
            % file.name[:80]
        )
    if not file.size:
        raise UploadRefused(_("“%s”是空文件,没有读入任何内容。") % file.name[:80])
    return file


def opened(name: str, content: bytes) -> OfficeFile:
    """The sheets of a workbook.

    Raises:
        FactsFaults: it cannot be opened, or not safely; in sentences.
    """
    stem, dot, ending = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).rpartition(".")
    with tempfile.TemporaryDirectory(prefix="luming-workbook-") as folder:
        path = Path(folder) / f"{stem[:_LONGEST_STEM]}{dot}{ending.lower()}"
        path.write_bytes(content)
        return read_office_file(path)


class Knowledge:
    """What a workbook is read by: the dictionary, the city, and the subjects that have figures already."""

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The dictionary's rows."""
        return list(Indicator.objects.all())

    @cached_property
    def dictionary(self) -> Dictionary:
        """The dictionary of the library, without sources: that of a workbook is named only when it is loaded."""
        return Dictionary(indicator_value(row) for row in self.indicators)

    @cached_property
    def place(self) -> str:
        """Whom figures are about where the workbook names nobody."""
        return own_place() or "本市"

    @cached_property
    def subjects(self) -> set[str]:
        """Subjects that are known."""
        names = Fact.objects.order_by("subject").values_list("subject", flat=True).distinct()
        return set(names[:_MOST_SUBJECTS])

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of indicators by their keys."""
        return {row.key: row.label for row in self.indicators}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The keys of indicators by everything that they are called; a name of several leads to none."""
        found: dict[str, str] = {}
        twice: set[str] = set()
        for row in self.indicators:
            for name in {row.key, row.label, *row.aliases}:
                if found.setdefault(name, row.key) != row.key:
                    twice.add(name)
        own = {row.label: row.key for row in self.indicators if row.label in twice}
        return {name: key for name, key in found.items() if name not in twice} | own
