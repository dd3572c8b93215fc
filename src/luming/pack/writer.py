"""Writes pack files in the one style that the loader reads: what is written loads back as the same values."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel


class _Dumper(yaml.SafeDumper):
    """Quotes a scalar only where it would read as nothing; every other scalar is text to our reader anyway."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


class _QuickDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Written by libyaml where there is one: several times quicker, lists not indented."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


for _one in (_Dumper, _QuickDumper):
    _one.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }


def to_yaml(file: BaseModel, comment: str = "", *, for_people: bool = True) -> str:
    """One pack file as text. Values equal to their default are left out; `comment` becomes its head.

    Args:
        for_people: in the style of the packs; otherwise as quickly as possible, for a file that is read back at once.
    """
    body = yaml.dump(
        _plain(file),
        Dumper=_Dumper if for_people else _QuickDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return head + body


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files or none: each is written beside its place first, then all are moved in.

    Raises:
        FileExistsError: one of the files is there already, or something else stands where it or its folder belongs;
            nothing is written then.
        OSError: the disk is full or not writable; what was moved in is taken out again.
    """
    present = [name for name in files if (folder / name).exists() or _blocked(folder, folder / name)]
    if present:
        raise FileExistsError("、".join(present))
    folder.parent.mkdir(parents=True, exist_ok=True)
    moved: list[Path] = []
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".luming-") as holding:
        for name, text in files.items():
            target = Path(holding) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        try:
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(holding) / name, folder / name)
                moved.append(folder / name)
        except BaseException:
            for file in moved:
                file.unlink(missing_ok=True)
            raise


def _blocked(folder: Path, file: Path) -> bool:
    """Whether a file stands where a folder on the way to `file` belongs."""
    parents = [parent for parent in file.parents if parent == folder or folder in parent.parents]
    return any(parent.exists() and not parent.is_dir() for parent in parents)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {
            name: _plain(inner)
            for name, info in type(value).model_fields.items()
            if (inner := getattr(value, name)) != info.get_default(call_default_factory=True)
            or info.is_required()
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value is None else str(value)
