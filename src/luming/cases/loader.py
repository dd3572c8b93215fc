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
from luming.cases.process import Document, Process
from luming.cases.soundness import unsound
from luming.cases.terms import Subject
from luming.errors import Fault, FaultyInput
from luming.yaml_source import YamlSource, parse_yaml, read_yaml

STATISTICS = ("volume", "duration", "overdue", "returned", "three_rates")
_TOP = (
    "process", "version", "name", "name_en", "measure", "document", "mark", "note", "clause", "subject", "unit_field",
    "roles", "forms", "states", "transitions", "clocks", "opinions", "publicity", "objection", "appeal", "withdraw",
    "statistics", "not_found", "source",
)  # fmt: skip


class ProcessFaults(FaultyInput):
    """Faults in files of processes."""

    consequence = "没有载入任何流程。"


def read_process(path: Path) -> Process:
    """One process from its file.

    Raises:
        ProcessFaults: what is wrong in the file, or why the process is not sound; all faults.
    """
    return _or_raise(*_read(path))


def parse_process(text: str, where: str) -> Process:
    """One process from the text of its file, as `Process.text` keeps it; `where` is the file's name in messages.

    Raises:
        ProcessFaults: what is wrong in the text, or why the process is not sound; all faults.
    """
    return _or_raise(*_checked(parse_yaml(text.encode(), Path(where)), text))


def _or_raise(process: Process | None, faults: list[Fault]) -> Process:
    if process is None:
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
    if source.faults or source.tree is None:
        return _checked(source, "")
    process, faults = _checked(source, path.read_bytes().decode("utf-8"))
    if process and path.stem not in (process.key, process.name):
        wanted = f"{process.key}.yaml 或 {process.name}.yaml"
        return None, [Fault("process.file_name", path.name, f"流程“{process.key}”", f"文件名为{wanted}")]
    return process, faults


def _checked(source: YamlSource, text: str) -> tuple[Process | None, list[Fault]]:
    if source.tree is None:
        return None, source.faults or [Fault("process.empty", source.path.name, "空文件", "一个流程")]
    process = _process(source, text)
    faults = source.faults or unsound(process)
    return (None, faults) if faults else (process, [])


def _process(source: YamlSource, text: str) -> Process:
    top = Entry.of(source, (), source.tree)
    top.only(*_TOP)
    about = top.about(top.text("name"))
    about = type(about)(about.label, top.text("name_en", ""), about.clause, about.mark, about.note)
    top.mark = about.mark
    key, version = top.key_name("process"), top.text("version")
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
        _subjects(top),
        top.text("unit_field", departments[0] if departments else ""),
        roles,
        forms,
        states,
        {name: read_transition(name, entry) for name, entry in top.entries("transitions")},
        {name: read_clock(name, entry) for name, entry in top.entries("clocks")},
        {name: read_opinions(name, entry) for name, entry in top.entries("opinions")},
        read_publicity(top.inner("publicity")) if top.has("publicity") else None,
        read_objection(top.inner("objection")) if top.has("objection") else None,
        read_appeal(top.inner("appeal")) if top.has("appeal") else None,
        read_withdraw(top.inner("withdraw")) if top.has("withdraw") else None,
        statistics,
        top.words("not_found"),
        top.text("source", ""),
        text,
        source.sha256,
    )


def _subjects(top: Entry) -> tuple[Subject, ...]:
    written = top.words("subject") or ("enterprise",)
    wrong = [word for word in written if word not in tuple(Subject)]
    if wrong:
        top.fault("subject", f"“{'、'.join(wrong)}”", f"以下若干:{'、'.join(Subject)}", "", "subject")
    return tuple(Subject(word) for word in written if word not in wrong)


def _document(top: Entry) -> Document:
    entry = top.inner("document")
    entry.only("title", "number", "issuer", "issued", "source", *ABOUT)
    return Document(
        entry.text("title", ""), entry.text("number", ""), entry.text("issuer", ""), entry.date("issued"),
        entry.text("source", ""),
    )  # fmt: skip
