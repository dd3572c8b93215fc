"""How a workbook is read, as a person confirmed it: one YAML file per layout, remembered by its fingerprint.

The fingerprint is made of headings and their positions, with periods taken out, so that next month's sheet has the
same one; figures, titles and row labels do not enter it. Whoever wants it read otherwise edits the file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from luming.errors import FactsFaults, Fault
from luming.facts.spoken_period import find_parts, fold
from luming.facts.whole_file import write_whole
from luming.facts.workbook.grid import Grid
from luming.facts.workbook.heads import Role
from luming.facts.workbook.layout import Layout
from luming.facts.workbook.names import Confidence

MAX_BYTES = 2_000_000

_CONSEQUENCE = "映射没有采用,未导入任何数据。"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnMapping(_Entry):
    """One column. `indicator`, `subject`, `period` and `unit` are empty where the rows or the sheet give them."""

    column: str
    head: str
    role: Role
    indicator: str = ""
    subject: str = ""
    period: str = ""
    unit: str = ""
    confidence: Confidence = Confidence.EXACT
    reason: str = ""


class NameMapping(_Entry):
    """One row label and what it means: an indicator id or a subject. An empty meaning leaves the row out."""

    text: str
    means: str
    unit: str = ""
    confidence: Confidence = Confidence.EXACT
    reason: str = ""


class SheetMapping(_Entry):
    """One sheet.

    Attributes:
        rows_are: what the row labels name: indicator, subject or period.
        subject, indicator, unit, period: what holds for the whole sheet where neither row nor column says otherwise.
        unit_written: the unit that stood above the table when the mapping was made.
        head_shift: by how many rows a person moved the first and the last row of the heading from where it was found.
        hidden_rows: whether hidden rows are read too.
        taken: whether anything of the sheet is read.
    """

    sheet: str
    fingerprint: str
    head_rows: tuple[int, int]
    label_column: str
    rows_are: str = Field(pattern="^(indicator|subject|period)$")
    subject: str = ""
    indicator: str = ""
    unit: str = ""
    period: str = ""
    unit_written: str = ""
    head_shift: tuple[int, int] = (0, 0)
    hidden_rows: bool = False
    taken: bool = True
    confidence: Confidence = Confidence.EXACT
    reason: str = ""
    columns: tuple[ColumnMapping, ...]
    names: tuple[NameMapping, ...] = ()


class Mapping(_Entry):
    """How the sheets of a workbook are read; only a confirmed mapping is applied.

    Attributes:
        fingerprint: of the sheets that can be seen.
        hidden_sheets: names of hidden sheets that are read all the same.
    """

    fingerprint: str
    made_from: str = ""
    confirmed: bool = False
    sheets: tuple[SheetMapping, ...]
    hidden_sheets: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def uncertain(self) -> tuple[str, ...]:
        """Every proposal that a person must look at, in words."""
        found = []
        for sheet in self.sheets:
            if not sheet.taken:
                continue
            if sheet.confidence is not Confidence.EXACT:
                found.append(f"{sheet.sheet}:{sheet.reason}")
            for column in sheet.columns:
                if column.confidence is not Confidence.EXACT:
                    found.append(f"{sheet.sheet}!{column.column}列“{column.head}”:{column.reason}")
            for name in sheet.names:
                if name.confidence is not Confidence.EXACT:
                    found.append(f"{sheet.sheet} 行“{name.text}”:{name.reason}")
        return tuple(found)


def only_certain(mapping: Mapping) -> Mapping:
    """The mapping without what a person would have to look at; what is left out is left in the workbook."""
    sheets = []
    for sheet in mapping.sheets:
        columns = tuple(
            column
            if column.confidence is Confidence.EXACT
            else column.model_copy(update={"role": Role.IGNORED, "confidence": Confidence.EXACT})
            for column in sheet.columns
        )
        names = tuple(
            name
            if name.confidence is Confidence.EXACT
            else name.model_copy(update={"means": "", "confidence": Confidence.EXACT})
            for name in sheet.names
        )
        update: dict[str, object] = {"columns": columns, "names": names}
        if sheet.confidence is not Confidence.EXACT:
            update |= {"indicator": "", "confidence": Confidence.EXACT}
        sheets.append(sheet.model_copy(update=update))
    return mapping.model_copy(update={"sheets": tuple(sheets)})


def sheet_fingerprint(grid: Grid, layout: Layout) -> str:
    """The fingerprint of one table: its heading cells with their columns, periods taken out."""
    top, bottom = layout.heads
    cells = [
        f"{row - top},{column},{timeless(grid.text(row, column))}"
        for row in range(top, bottom + 1)
        for column in range(1, grid.width + 1)
        if grid.text(row, column)
    ]
    return hashlib.sha256("\n".join(cells).encode()).hexdigest()[:16]


def workbook_fingerprint(sheets: list[str]) -> str:
    """The fingerprint of a workbook from those of its tables, in their order."""
    return hashlib.sha256("\n".join(sheets).encode()).hexdigest()[:16]


def timeless(text: str) -> str:
    """A heading with its period taken out and one width of signs.

    >>> timeless("2025年6月产值(万元)")
    '<时期>产值(万元)'
    """
    folded = fold(text)
    parts = find_parts(folded)
    return folded if parts is None else f"{folded[: parts.start]}<时期>{folded[parts.end :]}"


def mapping_file(folder: Path, fingerprint: str) -> Path:
    """Where the mapping of a layout is remembered."""
    return folder / f"{fingerprint}.yaml"


def write_mapping(path: Path, mapping: Mapping) -> None:
    """Write a mapping, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda file: file.write(mapping_text(mapping).encode()))


def mapping_text(mapping: Mapping) -> str:
    """A mapping as its file holds it."""
    tree = mapping.model_dump(mode="json", exclude_defaults=True)
    text = (
        "# 工作簿读取方式。可以改 role、indicator、means、subject、unit、period;改好后 confirmed 写 true。\n"
    )
    return text + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping that a person may have edited.

    Raises:
        FactsFaults: it is no mapping; every fault is named.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise FactsFaults([_not_yaml(path.name, problem)], _CONSEQUENCE) from problem
    return mapping_of(content, path.name)


def mapping_of(content: bytes, name: str) -> Mapping:
    """The mapping that a file holds.

    Raises:
        FactsFaults: it is no mapping, or larger than any; every fault is named.
    """
    if len(content) > MAX_BYTES:
        found = f"{len(content) // 1000}KB的文件"
        fault = Fault("facts.bad_mapping", name, found, f"不超过{MAX_BYTES // 1000}KB的映射文件")
        raise FactsFaults([fault], _CONSEQUENCE)
    try:
        tree = yaml.load(content.decode("utf-8-sig"), Loader=_PlainLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise FactsFaults([_not_yaml(name, problem)], _CONSEQUENCE) from problem
    try:
        return Mapping.model_validate(tree)
    except ValidationError as problem:
        raise FactsFaults([_fault(name, error) for error in problem.errors()], _CONSEQUENCE) from problem


class _PlainLoader(yaml.BaseLoader):
    """Texts, lists and maps as they stand; a name for a part and its repetition are refused, for they multiply."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


def _not_yaml(name: str, problem: Exception) -> Fault:
    line = getattr(getattr(problem, "problem_mark", None), "line", 0) + 1
    return Fault("facts.bad_mapping", f"{name} 第{line}行", "不能识别的YAML", "合乎YAML语法的映射文件")


def _fault(name: str, error: Any) -> Fault:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    return Fault("facts.bad_mapping", f"{name}“{key}”", f"“{error.get('input')}”"[:80], _expected(error))


def _expected(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "没有这个键"
    if error["type"] == "missing":
        return "必须填写"
    if error["type"] == "enum":
        return f"其中之一:{error['ctx']['expected']}"
    return "合乎格式的内容"
