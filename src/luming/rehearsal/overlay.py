"""The rules as they would be: a copy of the packs' rules in a folder of its own, with some files' texts replaced."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from luming.support import Catalogue, read_support

_RULES = ("standards", "support")


def rules_with(roots: Sequence[Path], edits: Mapping[str, str]) -> Catalogue:
    """Read all standards and items of support with some files changed. Nothing below `roots` is written.

    Args:
        roots: pack owners (packs/national, packs/baotou).
        edits: file as owner/standards/… or owner/support/… → its whole new text.

    Raises:
        ValueError: an edit of a file that is none of the rules.
        luming.standards.StandardFaults, luming.support.SupportFaults: the changed text cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="luming-rehearsal-") as scratch:
        copies = []
        for root in roots:
            copy = Path(scratch) / root.name
            copy.mkdir()
            for name in _RULES:
                if (root / name).is_dir():
                    shutil.copytree(root / name, copy / name)
            copies.append(copy)
        for name, text in edits.items():
            target = (Path(scratch) / name).resolve()
            if not target.is_relative_to(Path(scratch).resolve()) or not target.is_file():
                raise ValueError(name)
            target.write_text(text, encoding="utf-8", newline="")
        return read_support(copies)
