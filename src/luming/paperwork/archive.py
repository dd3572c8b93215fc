"""The file itself: whether it is a plain Word document at all, told by its content and never by its name.

Refused are macros, embedded objects, pictures, whatever is fetched from elsewhere, tracked changes and comments: a paper
of an office holds words, and nothing that runs or that its readers do not see.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from luming.errors import Fault

LARGEST = 2 * 1024 * 1024
"""Bytes of the file."""
_LARGEST_UNPACKED = 8 * 1024 * 1024
_MOST_ENTRIES = 300
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WHERE = "文件"

_FOLDERS = (
    ("word/embeddings/", "嵌入的对象(如表格、程序包)"),
    ("word/activex/", "ActiveX 控件"),
    ("word/media/", "图片"),
    ("word/charts/", "图表"),
    ("word/afchunk", "嵌入的网页或文件"),
)
_ELEMENTS = {
    f"{_W}ins": "修订标记(插入)",
    f"{_W}del": "修订标记(删除)",
    f"{_W}moveFrom": "修订标记(移动)",
    f"{_W}altChunk": "嵌入的网页或文件",
    f"{_W}object": "嵌入的对象",
    f"{_W}pict": "旧式图片或图形",
    f"{_W}drawing": "图片或图形",
    f"{_W}subDoc": "子文档",
}
_RUNNING_FIELDS = (
    "DDE",
    "DDEAUTO",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "MACROBUTTON",
    "LINK",
    "IMPORT",
    "DATABASE",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a document as trees, by their name."""

    parts: dict[str, Any]


def open_document(content: bytes) -> tuple[Opened | None, list[Fault]]:
    """The document's parts, and every fault of the file; None where it cannot be read at all."""
    if len(content) > LARGEST:
        size = f"{len(content) / 1024 / 1024:.1f} MB的文件"
        return None, [Fault("file.too_large", _WHERE, size, f"不超过{LARGEST // 1024 // 1024} MB")]
    if content.startswith(_OLD_WORD):
        remedy = "在 Word 里另存为“Word 文档(*.docx)”,不设打开密码"
        return None, [
            Fault("file.old_or_locked", _WHERE, "旧格式(.doc)或加了密码的文件", ".docx 文件", remedy)
        ]
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None, [_not_word()]
    with archive:
        return _read(archive)


def _not_word() -> Fault:
    return Fault(
        "file.not_word",
        _WHERE,
        "不是 Word 文档的内容",
        ".docx 文件",
        "按内容判断,不看文件名;请用 Word 或 WPS 另存为 .docx",
    )


def _read(archive: zipfile.ZipFile) -> tuple[Opened | None, list[Fault]]:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if _DOCUMENT not in names or "[Content_Types].xml" not in names:
        return None, [_not_word()]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _LARGEST_UNPACKED or len(names) < len(entries):
        found = f"展开后{unpacked / 1024 / 1024:.0f} MB、{len(entries)}个部件"
        return None, [Fault("file.too_large", _WHERE, found, "一份普通的 Word 文档")]
    faults = list(_faults_of_names(names))
    parts: dict[str, Any] = {}
    for name in sorted(names):
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            text = archive.read(name)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise ValueError(name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            parts[name] = etree.fromstring(text, parser)
        except (
            etree.XMLSyntaxError,
            ValueError,
            OSError,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ):
            faults.append(
                Fault(
                    "file.damaged", f"部件{name}", "读不出的内容", "Word 能打开的文件", "请在 Word 里重新另存"
                )
            )
    if _DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        return None, faults
    faults += _faults_of_types(parts["[Content_Types].xml"])
    for name, tree in parts.items():
        faults += _faults_of_relations(tree) if name.endswith(".rels") else _faults_of_elements(name, tree)
    return Opened(parts), faults


def _faults_of_names(names: set[str]) -> Iterator[Fault]:
    low = {name.lower() for name in names}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in low):
        yield Fault("file.macros", _WHERE, "宏", "不带宏的文档", "在 Word 里另存为“Word 文档(*.docx)”")
    for folder, label in _FOLDERS:
        if any(name.startswith(folder) for name in low):
            remedy = "印章只能用占位名“电子印章位置”" if label == "图片" else ""
            yield Fault("file.embedded", _WHERE, label, "只有文字和表格", remedy)
    if any(name.startswith("word/comments") for name in low):
        yield Fault("file.comments", _WHERE, "批注", "没有批注", "请先删除批注")


def _faults_of_types(tree: Any) -> Iterator[Fault]:
    types = [str(one.get("ContentType", "")) for one in tree]
    if any("macroEnabled" in one or "vbaProject" in one for one in types):
        yield Fault(
            "file.macros", _WHERE, "启用宏的文档类型", "不带宏的文档", "在 Word 里另存为“Word 文档(*.docx)”"
        )
    elif _MAIN_TYPE not in types:
        yield Fault("file.not_document", _WHERE, "不是普通文档的类型(如模板 .dotx)", "Word 文档(*.docx)")


def _faults_of_relations(tree: Any) -> Iterator[Fault]:
    for one in tree.iter(_RELATION):
        kind = str(one.get("Type", "")).rpartition("/")[2]
        if one.get("TargetMode") == "External" and kind != "hyperlink":
            yield Fault("file.external", _WHERE, f"要从别处取的内容({kind})", "全部内容都在文件里")


def _faults_of_elements(name: str, tree: Any) -> Iterator[Fault]:
    where = _WHERE if name == _DOCUMENT else f"部件{name}"
    for tag, label in _ELEMENTS.items():
        first = next(tree.iter(tag), None)
        if first is not None:
            text = "".join(piece.text or "" for piece in _paragraph_of(first).iter(f"{_W}t"))[:20]
            at = f"{where},段落“{text}…”" if text else where
            remedy = "请先接受或拒绝全部修订" if "修订" in label else ""
            yield Fault("file.element", at, label, "只有文字和表格", remedy)
    fields = [str(one.text or "") for one in tree.iter(f"{_W}instrText")]
    fields += [str(one.get(f"{_W}instr", "")) for one in tree.iter(f"{_W}fldSimple")]
    for field in fields:
        word = field.split()[0].upper() if field.split() else ""
        if word in _RUNNING_FIELDS:
            yield Fault("file.field", where, f"会取外部内容或运行命令的域“{word}”", "不用这种域")


def _paragraph_of(element: Any) -> Any:
    while element.getparent() is not None and element.tag != f"{_W}p":
        element = element.getparent()
    return element
