"""The rules as they would be: a copy of the packs' rules in a folder of its own, with some files' texts replaced."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from luming.standards import Standard
from luming.support import Catalogue, read_support
from luming.yaml_source import read_yaml

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


def item_files(roots: Sequence[Path]) -> dict[str, tuple[str, str]]:
    """Key of each item of support → the file it stands in, as `rules_with` names it, and that file's text."""
    found: dict[str, tuple[str, str]] = {}
    for root in roots:
        for path in sorted((root / "support").glob("*.yaml")):
            if path.name.endswith(".cases.yaml"):
                continue
            tree = read_yaml(path).tree
            items = tree.get("items") if isinstance(tree, dict) else None
            named = (path.relative_to(root.parent).as_posix(), path.read_text(encoding="utf-8"))
            found |= dict.fromkeys(items if isinstance(items, dict) else (), named)
    return found


def standard_file(roots: Sequence[Path], standard: Standard) -> tuple[str, str] | None:
    """The file of one version of a standard, named and read in the same way; None where it stands elsewhere."""
    for root in roots:
        path = root / "standards" / standard.key / f"{standard.version}.yaml"
        if path.is_file():
            return path.relative_to(root.parent).as_posix(), path.read_text(encoding="utf-8")
    return None
