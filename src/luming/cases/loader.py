"""Reading process files: checked whole, proved sound, all faults at once.

`packs/<owner>/processes/<process>.yaml`; versions that cases still run by stay beside it as
`<process>@<version>.yaml`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from luming.cases.entry import ABOUT, Entry
from luming.cases.forms import read_form
from luming.cases.parts import (
    read_appeal,
    read_clock,
    read_objection,
    read_opinions,
    read_publicity,
    read_role,
    read_state,
    read_transition,
    read_withdraw,
)
from luming.cases.process import Document, Process, Subject
from luming.cases.soundness import unsound
from luming.errors import Fault, FaultyInput
from luming.yaml_source import YamlSource, read_yaml

STATISTICS = ("volume", "duration", "overdue", "returned", "three_rates")
_TOP = (
    "process", "version", "name", "name_en", "measure", "document", "mark", "note", "clause", "subject", "unit_field",
    "roles", "forms", "states", "transitions", "clocks", "opinions", "publicity", "objection", "appeal_of", "withdraw",
    "statistics",
)  # fmt: skip


class ProcessFaults(FaultyInput):
    """Faults in files of processes."""

    consequence = "没有载入任何流程。"


def read_process(path: Path) -> Process:
    """One process.

    Raises:
        ProcessFaults: what is wrong in the file, or why the process is not sound; all faults.
    """
    process, faults = _read(path)
    if process is None or faults:
        raise ProcessFaults(faults)
    return process


def read_versions(roots: Iterable[Path]) -> dict[str, tuple[Process, ...]]:
    """Every version of every process of some pack owners (packs/national, packs/baotou), the latest last.

    Raises:
        ProcessFaults: something in the files is wrong; all faults of all files.
    """
    found: dict[str, list[Process]] = {}
    faults: list[Fault] = []
    for path in (path for root in roots for path in sorted((root / "processes").glob("*.yaml"))):
        process, wrong = _read(path)
        faults += wrong
        if process is not None:
            found.setdefault(process.key, []).append(process)
    for key, items in found.items():
        items.sort(key=lambda item: item.version)
        faults += [
            Fault("process.twice", f"流程“{key}”", f"版本“{one.version}”有两个文件", "每个版本一个文件")
            for one, other in itertools.pairwise(items)
            if one.version == other.version
        ]
    if faults:
        raise ProcessFaults(faults)
    return {key: tuple(items) for key, items in sorted(found.items())}


def read_processes(roots: Iterable[Path]) -> dict[str, Process]:
    """The latest version of every process, by key.

    Raises:
        ProcessFaults: something in the files is wrong; all faults of all files.
    """
    return {key: items[-1] for key, items in read_versions(roots).items()}


def _read(path: Path) -> tuple[Process | None, list[Fault]]:
    source = read_yaml(path)
    if source.tree is None:
        return None, source.faults or [Fault("process.empty", path.name, "空文件", "一个流程")]
    process = _process(source, path)
    if source.faults:
        return None, source.faults
    faults = unsound(process)
    return (None, faults) if faults else (process, [])


def _process(source: YamlSource, path: Path) -> Process:
    top = Entry.of(source, (), source.tree)
    top.only(*_TOP)
    about = top.about(top.text("name"))
    about = type(about)(about.label, top.text("name_en", ""), about.clause, about.mark, about.note)
    top.mark = about.mark
    key, version = top.key_name("process"), top.text("version")
    if key and path.stem not in (key, f"{key}@{version}"):
        top.fault("file_name", f"文件名“{path.name}”", f"{key}.yaml 或 {key}@{version}.yaml", "", "process")
    roles = {name: read_role(name, entry) for name, entry in top.entries("roles")}
    forms = {name: read_form(name, entry) for name, entry in top.entries("forms")}
    states = {name: read_state(name, entry) for name, entry in top.entries("states")}
    for needed in ("roles", "states", "transitions"):
        if not top.has(needed):
            top.fault("missing_key", f"缺少“{needed}”一项", f"写明“{needed}”")
    statistics = top.words("statistics") or STATISTICS
    for name in statistics:
        if name not in STATISTICS:
            top.fault("statistics", f"“{name}”", f"以下之一:{'、'.join(STATISTICS)}", "", "statistics")
    departments = [
        name
        for form in forms.values()
        for name, field in form.properties.items()
        if field.get("format") == "department"
    ]
    return Process(
        key,
        version,
        about,
        top.words("measure"),
        _document(top),
        Subject(top.word("subject", tuple(Subject), "enterprise")),
        top.text("unit_field", departments[0] if departments else ""),
        roles,
        forms,
        states,
        {name: read_transition(name, entry) for name, entry in top.entries("transitions")},
        {name: read_clock(name, entry) for name, entry in top.entries("clocks")},
        {name: read_opinions(name, entry) for name, entry in top.entries("opinions")},
        read_publicity(top.inner("publicity")) if top.has("publicity") else None,
        read_objection(top.inner("objection")) if top.has("objection") else None,
        read_appeal(top) if top.has("appeal_of") else None,
        read_withdraw(top.inner("withdraw")) if top.has("withdraw") else None,
        statistics,
        source.sha256,
    )


def _document(top: Entry) -> Document:
    entry = top.inner("document")
    entry.only("title", "number", "issuer", "issued", "source", *ABOUT)
    return Document(
        entry.text("title", ""), entry.text("number", ""), entry.text("issuer", ""), entry.date("issued"),
        entry.text("source", ""),
    )  # fmt: skip
