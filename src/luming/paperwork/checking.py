"""Whether an uploaded Word file can be a template of a kind: every fault at once, each with its paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from luming.errors import Fault, FaultyInput
from luming.paperwork.archive import open_document
from luming.paperwork.filling import TemplateBroken, fill_checked
from luming.paperwork.kind import PaperKind
from luming.paperwork.paragraphs import paragraphs
from luming.paperwork.placeholder import example_values, placeholders_of
from luming.paperwork.tags import TagReader


class TemplateFaults(FaultyInput):
    """A file cannot be a template as it stands."""

    consequence = "模板没有保存。"


@dataclass(frozen=True, slots=True)
class Checked:
    """A template that stands.

    Attributes:
        used: the placeholders that it names.
    """

    kind: PaperKind
    content: bytes
    used: tuple[str, ...]


def check_template(content: bytes, kind: PaperKind) -> Checked:
    """The template, if all is well with it.

    Raises:
        TemplateFaults: with every fault.
    """
    opened, faults = open_document(content)
    if opened is None:
        raise TemplateFaults(faults)
    known = placeholders_of(kind)
    reader = TagReader(known)
    reader.read(paragraphs(opened.parts))
    faults += reader.faults
    for one in known.values():
        if one.needed and one.name not in reader.used:
            remedy = "把它写在应有的位置"
            faults.append(
                Fault("placeholder.missing", "全文", f"没有“{{{{ {one.name} }}}}”", "每份模板都有", remedy)
            )
    if not faults:
        try:
            fill_checked(content, example_values(kind))
        except TemplateBroken as broken:
            faults.append(
                Fault(
                    "template.broken",
                    "全文",
                    str(broken),
                    "能填出一份文书的模板",
                    "请在 Word 里去掉异常格式后重试",
                )
            )
    if faults:
        raise TemplateFaults(faults)
    return Checked(kind, content, tuple(reader.used))
