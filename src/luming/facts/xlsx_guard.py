"""What must hold before a workbook is opened, found out in bounded memory.

The reader behind (calamine) lays every sheet out as a dense rectangle: a sheet with cells only in A1 and XFD1048576
asks it for 512 GB and the process dies (tried with python-calamine 0.8). So the parts are first inflated piece by
piece, counted, and scanned for the furthest cell; a file that is no workbook, or locked, or packed to explode, is
refused in a sentence. The scan also finds the cells shown as percentages, whose stored value is a hundredth of what
a person reads.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias
from xml.etree import ElementTree

from luming.errors import FactsFaults, Fault

MAX_INFLATED_BYTES = 400_000_000
MAX_CELLS = 20_000_000
MAX_PARTS = 5_000

_CHUNK = 1 << 20
_SEARCHED = 64 << 20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"')
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*?(/>|></(?:\w+:)?c>|>)", re.DOTALL
)
_CELL_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\sr=)")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r=[\"'](\d+)[\"']")
_STYLED = re.compile(rb"<(?:\w+:)?c\s+r=[\"']([A-Z]{1,3}\d+)[\"']\s+s=[\"'](\d+)[\"']")
_PERCENT_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What the scan of one sheet found: its extent, and the addresses of its percentages (E5)."""

    rows: int
    columns: int
    percentages: frozenset[str]


@dataclass(slots=True)
class _Extent:
    rows: int = 0
    columns: int = 0
    percentages: set[str] = field(default_factory=set)


_Look: TypeAlias = Callable[[bytes], tuple[int, int]]


def scan_workbook(path: Path) -> dict[str, SheetScan]:
    """Look a workbook over; the scans by sheet name.

    Raises:
        FactsFaults: it is no workbook that can be opened safely.
    """
    try:
        _check_magic(path)
        with zipfile.ZipFile(path) as package:
            return _scan(path, package)
    except OSError as problem:
        raise _refusal("unreadable", path, f"文件打不开({problem.strerror})", "可以读取的文件") from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise _refusal(
            "corrupt", path, "损坏的工作簿", "完整的.xlsx工作簿", "请在表格软件中打开并重新另存"
        ) from problem
    except (ElementTree.ParseError, KeyError, ValueError) as problem:
        raise _refusal(
            "not_a_workbook", path, "压缩包里不是工作簿", ".xlsx工作簿", "请在表格软件中另存为.xlsx"
        ) from problem


def _check_magic(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            locked = "EncryptedPackage".encode("utf-16-le") in file.read(_SEARCHED)
            if locked:
                raise _refusal(
                    "locked", path, "加了密码的工作簿", "没有密码的.xlsx工作簿", "请去掉打开密码后另存"
                )
            raise _refusal("old_excel", path, "旧版Excel(.xls)", ".xlsx工作簿", "请在表格软件中另存为.xlsx")
    if not head:
        raise _refusal("empty_file", path, "空文件", ".xlsx工作簿")
    if not head.startswith(b"PK"):
        raise _refusal("not_a_workbook", path, "不是工作簿的文件", ".xlsx工作簿", "CSV文件请用扩展名.csv")


def _scan(path: Path, package: zipfile.ZipFile) -> dict[str, SheetScan]:
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise _refusal(
            "too_large",
            path,
            f"展开后超过{MAX_INFLATED_BYTES // 1_000_000}MB",
            "大小正常的工作簿",
            "数据多时请改用CSV,或删去多余的空行、图片后另存",
        )
    names = sheet_parts(package)
    percent_styles = _percent_styles(package)
    scans: dict[str, SheetScan] = {}
    for part in parts:
        sheet = names.get(part.filename)
        if sheet is None:
            _inflate(package, part)
            continue
        extent = _extent(package, part, percent_styles, _furthest)
        if extent.rows * extent.columns > MAX_CELLS:  # the quick look counts formatted blanks too
            extent = _extent(package, part, percent_styles, _furthest_filled)
        _check_extent(path, sheet, extent)
        scans[sheet] = SheetScan(extent.rows, extent.columns, frozenset(extent.percentages))
    return scans


def _inflate(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end, so that its real size and its checksum are checked."""
    with package.open(part) as stream:
        while stream.read(_CHUNK):
            pass


def _extent(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, percent_styles: frozenset[bytes], look: _Look
) -> _Extent:
    extent = _Extent()
    with package.open(part) as stream:
        for piece in _whole_tags(stream):
            rows, columns = look(piece)
            extent.rows, extent.columns = max(extent.rows, rows), max(extent.columns, columns)
            if percent_styles:
                extent.percentages.update(
                    address.decode() for address, style in _STYLED.findall(piece) if style in percent_styles
                )
    return extent


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end where a tag ends."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        piece = rest + chunk
        cut = piece.rfind(b">") + 1 or len(piece)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def _furthest(piece: bytes) -> tuple[int, int]:
    """The furthest row and column of a piece; quick where all cells are written as most programs write them."""
    cells = _USUAL_CELL.findall(piece)
    if len(cells) != piece.count(b"<c") + piece.count(b":c"):
        return _furthest_filled(piece)
    return _corner(cells)


def _furthest_filled(piece: bytes) -> tuple[int, int]:
    """The furthest row and column with content, however the cells are written; the slow way."""
    rows, columns = _corner([(letters, row) for letters, row, end in _CELL.findall(piece) if end == b">"])
    if _CELL_WITHOUT_PLACE.search(piece):  # such cells stand side by side in their row
        rows = max([rows, *(int(row[:10]) for row in _ROW.findall(piece))])
        columns = max([columns, *(len(_CELL_WITHOUT_PLACE.findall(line)) for line in piece.split(b"</row>"))])
    return rows, columns


def _corner(cells: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    columns = {letters for letters, _ in cells}
    rows = {row for _, row in cells}
    return (
        max((int(row[:10]) for row in rows), default=0),
        max((column_number(letters.decode()) for letters in columns), default=0),
    )


def _check_extent(path: Path, sheet: str, extent: _Extent) -> None:
    if extent.rows * extent.columns > MAX_CELLS:
        raise _refusal(
            "sheet_too_wide",
            path,
            f"工作表“{sheet}”伸展到第{extent.rows}行、第{extent.columns}列",
            f"不超过{MAX_CELLS // 10_000}万个单元格的范围",
            "多半是远处有误填的单元格,请删去空白区域后另存",
        )


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names by the name of their part."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        parts[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = sheet.get("name", "")
    return parts


def _percent_styles(package: zipfile.ZipFile) -> frozenset[bytes]:
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    styles = ElementTree.fromstring(package.read("xl/styles.xml"))
    formats = set(_PERCENT_FORMATS)
    for item in styles.iter(f"{_MAIN}numFmt"):
        if "%" in _QUOTED.sub("", item.get("formatCode", "")):
            formats.add(int(item.get("numFmtId", "0")))
    cells = styles.find(f"{_MAIN}cellXfs")
    found = [] if cells is None else list(cells)
    return frozenset(
        str(index).encode() for index, cell in enumerate(found) if int(cell.get("numFmtId", "0")) in formats
    )


def column_number(letters: str) -> int:
    """The number of a column from 1; A is 1, XFD is 16384; no letters are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _refusal(code: str, path: Path, found: str, expected: str, remedy: str = "") -> FactsFaults:
    return FactsFaults([Fault(f"facts.{code}", path.name, found, expected, remedy)])
