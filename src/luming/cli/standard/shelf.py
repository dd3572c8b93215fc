"""Where the commands find standards: the packs, and one standard by key, version or Chinese name."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

import click

from luming.cli.console import FOLDER
from luming.errors import Fault, FaultyInput
from luming.standards import Catalogue, Standard, read_standards

PACKS = click.option(
    "--packs",
    type=FOLDER,
    default=Path("packs"),
    show_default=True,
    help="标准所在的文件夹(各城市、国家的上一级)。",
)
LANGUAGE = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="说明用中文还是英文。",
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class NoSuchStandard(FaultyInput):
    """A standard that is not there, or not on that day."""

    consequence = "没有评价。"


def catalogue(packs: Path) -> Catalogue:
    """All standards of a folder of packs."""
    return read_standards(sorted(path for path in packs.iterdir() if path.is_dir()))


def find(shelf: Catalogue, name: str, day: dt.date) -> Standard:
    """One standard: by `key@version`, or the version in force on a day by key or Chinese name.

    Raises:
        NoSuchStandard: there is none; close names are said.
    """
    if "@" in name:
        found = shelf.named(name)
        if found is not None:
            return found
    names = {item.about.label: key for key, versions in shelf.versions.items() for item in versions}
    key = name if name in shelf.versions else names.get(name, "")
    if key:
        found = shelf.in_force(key, day)
        if found is not None:
            return found
        listed = "、".join(f"{item.name}({spell(item)})" for item in shelf.versions[key])
        raise NoSuchStandard(
            [
                Fault(
                    "standard.not_in_force",
                    f"标准“{name}”",
                    f"{day}没有适用的版本",
                    f"其一:{listed}",
                    "请另给日期,或写明版本",
                )
            ]
        )
    known = [*shelf.versions, *names, *(item.name for items in shelf.versions.values() for item in items)]
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    hint = (
        f"是否想写{'、'.join(f'“{item}”' for item in close)}" if close else "请用 luming standard list 查看"
    )
    raise NoSuchStandard([Fault("standard.unknown", f"标准“{name}”", "没有这个标准", "已有的标准", hint)])


def spell(standard: Standard) -> str:
    """From when to when a version applies."""
    start = standard.starts.isoformat() if standard.starts else ""
    end = standard.ends.isoformat() if standard.ends else "今"
    return f"{start}至{end}"
