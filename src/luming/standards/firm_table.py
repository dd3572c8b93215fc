"""Tables of firms: CSV or xlsx, one row a firm, columns named by key or by label of the dictionary.

A single firm may also stand in a YAML file, one line a fact. Columns that no standard asks are carried along as they
are; among them `id`, `name` and `credit_code` name the firm.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from luming.errors import Fault, FaultyInput
from luming.facts import open_lines, read_sheets
from luming.standards.evaluator import Fact
from luming.standards.facts import read_facts
from luming.standards.model import Input
from luming.yaml_source import read_yaml

NAMES = {"id": "编号", "name": "企业名称", "credit_code": "统一社会信用代码"}
"""Columns that name a firm, with their Chinese heading; 名称, 企业 and 信用代码 are read as well."""

_ALSO = {
    "名称": "name",
    "企业": "name",
    "单位名称": "name",
    "信用代码": "credit_code",
    "社会信用代码": "credit_code",
}


class TableFaults(FaultyInput):
    """Faults of a table that cannot be read as one of firms."""

    consequence = "没有评价任何企业。"


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm as the table has it.

    Attributes:
        number: the row, from 1 with the header; 1 for a file of one firm.
        facts: what is known, exact and in base units.
        other: the columns no standard asks, as written.
    """

    number: int
    facts: Mapping[str, Fact]
    other: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the firm is called, or its number."""
        return self.other.get("name") or self.other.get("id") or f"第{self.number}行"


@dataclass(frozen=True, slots=True)
class FirmTable:
    """The firms of a file; `faults` are cells that could not be read and count as unknown."""

    rows: tuple[FirmRow, ...]
    columns: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_firms(path: Path, inputs: Mapping[str, Input]) -> FirmTable:
    """Read a file of firms: .csv, .xlsx (first sheet), or .yaml with one firm.

    Raises:
        TableFaults: no column is known, a column stands twice, or the file is of another kind.
        FaultyInput: the file itself cannot be opened as what it says it is.
    """
    kind = path.suffix.lower()
    if kind in (".yaml", ".yml", ".json"):
        return _one_firm(path, inputs)
    if kind == ".csv":
        return _table(path, _csv_rows(path), inputs)
    if kind in (".xlsx", ".xlsm", ".xls", ".ods"):
        return _table(path, _sheet_rows(path), inputs)
    raise TableFaults([Fault("table.kind", path.name, f"文件类型“{kind}”", ".csv、.xlsx 或 .yaml")])


def _csv_rows(path: Path) -> Iterator[Sequence[object]]:
    yield from csv.reader(open_lines(path))


def _sheet_rows(path: Path) -> Iterator[Sequence[object]]:
    sheets = [sheet for sheet in read_sheets(path) if sheet.visible]
    yield from sheets[0].rows() if sheets else ()


def _table(path: Path, rows: Iterable[Sequence[object]], inputs: Mapping[str, Input]) -> FirmTable:
    numbered = enumerate(rows, 1)
    at, header = next(((at, row) for at, row in numbered if any(str(cell).strip() for cell in row)), (1, ()))
    columns = read_columns([str(cell) for cell in header], inputs, f"{path.name} 第{at}行")
    found, faults = [], []
    for number, row in numbered:
        cells = dict(zip(columns, row, strict=False))
        if not any(str(cell).strip() for cell in cells.values()):
            continue
        facts, wrong = read_facts(cells, inputs, f"{path.name} 第{number}行")
        faults += wrong
        found.append(FirmRow(number, facts, _other(cells, inputs)))
    return FirmTable(tuple(found), columns, tuple(faults))


def _other(cells: Mapping[str, object], inputs: Mapping[str, Input]) -> dict[str, str]:
    return {key: _text(value) for key, value in cells.items() if key not in inputs}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value).strip()


def read_columns(header: Sequence[str], inputs: Mapping[str, Input], where: str) -> tuple[str, ...]:
    """The keys behind a header row; a heading that no standard asks stays as it is.

    Raises:
        TableFaults: nothing is known, or two headings mean one fact.
    """
    labels = {item.about.label: key for key, item in inputs.items()}
    known = {**labels, **_ALSO, **{label: key for key, label in NAMES.items()}}
    keys = [_key(cell.strip(), known, inputs) for cell in header]
    faults = [
        Fault("table.twice", where, f"“{key}”有两列", "每项事实一列", "请删去其中一列")
        for key in dict.fromkeys(keys)
        if key and keys.count(key) > 1
    ]
    if not any(key in inputs for key in keys):
        close = difflib.get_close_matches(
            next((cell for cell in header if cell.strip()), ""), list(known), n=1
        )
        hint = f",如“{close[0]}”" if close else ""
        faults.append(
            Fault(
                "table.header",
                where,
                "没有认识的列名",
                f"事实的名称或代码{hint}",
                "请用 luming standard columns 看有哪些列",
            )
        )
    if faults:
        raise TableFaults(faults)
    return tuple(keys)


def _key(heading: str, known: Mapping[str, str], inputs: Mapping[str, Input]) -> str:
    if heading in inputs:
        return heading
    plain = heading.split("(")[0].split("\uff08")[0].strip()
    return known.get(heading) or known.get(plain) or (plain if plain in inputs else heading)


def _one_firm(path: Path, inputs: Mapping[str, Input]) -> FirmTable:
    source = read_yaml(path)
    if source.faults:
        raise TableFaults(source.faults)
    tree = source.tree
    if not isinstance(tree, dict):
        raise TableFaults(
            [Fault("table.shape", path.name, "不是“名称: 值”", "每行一项事实,如 employees: 80")]
        )
    keys = read_columns(list(tree), inputs, path.name)
    cells = dict(zip(keys, tree.values(), strict=True))
    facts, faults = read_facts(cells, inputs, path.name)
    return FirmTable((FirmRow(1, facts, _other(cells, inputs)),), keys, tuple(faults))
