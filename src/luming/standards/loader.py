"""Reading standards from a folder of packs: one file per version, checked whole, all faults at once.

`packs/<owner>/standards/<standard>/<version>.yaml`, the facts they ask in `packs/<owner>/standards/inputs/*.yaml`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from luming.errors import Fault, FaultyInput
from luming.standards.condition import About, Condition
from luming.standards.conditions import read_condition
from luming.standards.dictionary import bare_input, read_dictionary
from luming.standards.entry import ABOUT, Entry
from luming.standards.kind import kind_of
from luming.standards.model import (
    Amount,
    Choice,
    Class,
    Document,
    Input,
    Line,
    Option,
    Standard,
    StandardKind,
    Subject,
    Value,
    Way,
)
from luming.standards.points import parts_of
from luming.standards.scope import Scope, Typed
from luming.standards.scoring import read_amount, read_number, read_scores
from luming.standards.split import with_split
from luming.yaml_source import YamlSource, read_yaml

_TOP = (
    "standard", "version", "name", "name_en", "document", "in_force", "mark", "note", "caution", "caution_en",
    "replaced_by", "kind", "subject", "values", "choices", "scores", "rule", "classes", "amounts", "lines",
)  # fmt: skip


class StandardFaults(FaultyInput):
    """Faults in files of standards."""

    consequence = "没有载入任何标准。"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All standards of some packs, every version of each."""

    inputs: Mapping[str, Input]
    versions: Mapping[str, tuple[Standard, ...]]

    def in_force(self, key: str, day: dt.date) -> Standard | None:
        """The version of a standard that applies on a day; None when none does."""
        return next((item for item in self.versions[key] if item.in_force(day)), None)

    def named(self, name: str) -> Standard | None:
        """A version by `key@version`."""
        key, _, version = name.partition("@")
        return next((item for item in self.versions.get(key, ()) if item.version == version), None)

    def all_in_force(self, day: dt.date, subject: Subject | None = None) -> tuple[Standard, ...]:
        """The version of each standard that applies on a day, in order of key; of one kind of subject, or all."""
        found = (self.in_force(key, day) for key in sorted(self.versions))
        return tuple(item for item in found if item is not None and subject in (None, item.subject))


def read_standards(folders: Iterable[Path]) -> Catalogue:
    """Read every standard of some pack owners (packs/national, packs/neimenggu, packs/baotou).

    Raises:
        StandardFaults: something in the files is wrong; all faults of all files.
    """
    homes = [folder / "standards" for folder in folders if (folder / "standards").is_dir()]
    dictionary, faults = read_dictionary(path for home in homes for path in (home / "inputs").glob("*.yaml"))
    versions: dict[str, list[Standard]] = {}
    for home in homes:
        for path in sorted(home.glob("*/*.yaml")):
            if path.parent.name == "inputs" or path.name.endswith(".cases.yaml"):
                continue
            standard, found = read_standard(path, dictionary)
            faults += found
            if standard is not None:
                versions.setdefault(standard.key, []).append(standard)
    for key, items in versions.items():
        items.sort(key=lambda item: (item.starts or dt.date.min, item.version))
        faults += _apart(key, items)
    if faults:
        raise StandardFaults(faults)
    return Catalogue(dictionary, {key: tuple(items) for key, items in versions.items()})


def _apart(key: str, items: list[Standard]) -> list[Fault]:
    twice = [version for version, count in Counter(item.version for item in items).items() if count > 1]
    faults = [
        Fault("standard.twice", f"标准“{key}”", f"版本“{version}”有两个文件", "每个版本一个文件")
        for version in twice
    ]
    for one, other in itertools.pairwise(items):
        if one.ends is None or (other.starts is not None and other.starts <= one.ends):
            since = other.starts or "最初"
            faults.append(
                Fault(
                    "standard.overlap",
                    f"标准“{key}”",
                    f"“{one.version}”和“{other.version}”自{since}起同时适用",
                    "同一天只有一个版本适用",
                    "请写明前一版的截止日,或另立一个标准",
                )
            )
    return faults


def read_standard(path: Path, dictionary: Mapping[str, Input]) -> tuple[Standard | None, list[Fault]]:
    """One version; None with the faults when something is wrong."""
    source = read_yaml(path)
    if source.tree is None:
        return None, source.faults or [Fault("standard.empty", path.name, "空文件", "一份标准")]
    return standard_of(source, dictionary)


def standard_of(source: YamlSource, dictionary: Mapping[str, Input]) -> tuple[Standard | None, list[Fault]]:
    """One version out of what stands in a file, or is put together as if it stood there; None with the faults."""
    top = Entry.of(source, (), source.tree)
    top.only(*_TOP)
    mark = top.about(label=top.text("name")).mark
    top.mark = mark
    scope = Scope(dictionary)
    figures: tuple[Value | Choice, ...] = (*_values(top, scope), *_choices(top, scope))
    scores = read_scores(top, scope, mark)
    rule = read_condition(source, ("rule",), top.tree["rule"], scope, mark) if top.has("rule") else None
    classes = _classes(top, scope)
    amounts = _amounts(top, scope)
    lines = _lines(top, scope)
    if rule is None and not (classes or scores or amounts):
        top.fault("empty", "没有条件、分类、评分或金额", "rule、classes、scores、amounts 至少一种")
    force = top.inner("in_force")
    force.only("from", "to")
    document = _document(top)
    kind = StandardKind(top.word("kind", tuple(StandardKind), "recognition"))
    asked = {key: dictionary[key] for key in dictionary if key in scope.asked}
    for figure in figures:
        if isinstance(figure, Value) and figure.given:
            asked[figure.key] = figure.given
    for item in list(asked.values()):
        if item.part_of and item.part_of in dictionary:
            asked.setdefault(item.part_of, dictionary[item.part_of])
    if source.faults:
        return None, source.faults
    standard = Standard(
        top.key_name("standard"),
        top.text("version"),
        About(top.text("name"), top.text("name_en", ""), "", mark, top.text("note", "")),
        kind,
        Subject(top.word("subject", tuple(Subject), "enterprise")),
        document,
        force.date("from"),
        force.date("to"),
        top.text("caution", ""),
        top.text("caution_en", ""),
        top.text("replaced_by", ""),
        asked,
        figures,
        scores,
        {part.key: part for score in scores for part in parts_of(score) if part.key},
        rule,
        classes,
        amounts,
        lines,
        {},
        _wholes(asked),
        {},
        _hash(source.sha256, asked),
    )
    if source.faults:
        return None, source.faults
    return with_split(standard), []


def _wholes(asked: Mapping[str, Input]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, item in asked.items():
        if item.part_of:
            found[item.part_of] = (*found.get(item.part_of, ()), key)
    return found


def _hash(file: str, asked: Mapping[str, Input]) -> str:
    parts = json.dumps([file, *(repr(asked[key]) for key in sorted(asked))])
    return hashlib.sha256(parts.encode()).hexdigest()


def _document(top: Entry) -> Document:
    entry = top.inner("document")
    entry.only("title", "number", "issuer", "issued", "source")
    return Document(
        entry.text("title", ""), entry.text("number", ""), entry.text("issuer", ""), entry.date("issued"),
        entry.text("source", ""),
    )  # fmt: skip


def _when(entry: Entry, scope: Scope) -> Condition | None:
    if "when" not in entry.tree:
        return None
    return read_condition(entry.source, (*entry.path, "when"), entry.tree["when"], scope, entry.mark)


def _values(top: Entry, scope: Scope) -> list[Value]:
    found = []
    for key, entry in top.entries("values"):
        entry.only("formula", "choose", "shown", "given", *ABOUT)
        ways, types = [], []
        places = entry.items("choose") if entry.has("choose") else [(entry.path, entry.tree)]
        for path, tree in places:
            way = Entry.of(entry.source, path, tree, entry.mark)
            if entry.has("choose"):
                way.only("when", "formula")
            formula, typed = read_number(way, "formula", scope)
            ways.append(Way(formula, way.text("formula"), _when(way, scope)))
            types.append(typed)
        if len(set(types)) > 1:
            entry.fault("mixed", "各算式的结果不是同类", "同一类数")
        typed = types[0] if types else Typed(kind_of("")[0])
        shown = entry.text("shown", "")
        about = entry.about(label=key)
        given = None
        if entry.flag("given") and typed.root == 1:
            given = bare_input(key, entry.source, typed.kind, shown, about.label)
            if key in scope.dictionary:
                entry.fault("twice", f"“{key}”也是一项事实", "另取一个名字")
        if key in scope.figures or (key in scope.dictionary and not given):
            entry.fault("twice", f"名字“{key}”已用过", "每个名字只用一次")
        scope.figures[key] = typed
        found.append(Value(key, about, tuple(ways), typed.kind, typed.root, shown, given))
    return found


def _choices(top: Entry, scope: Scope) -> list[Choice]:
    found = []
    for key, entry in top.entries("choices"):
        entry.only("options", *ABOUT)
        options = []
        for path, tree in entry.items("options"):
            inner = Entry.of(entry.source, path, tree, entry.mark)
            inner.only("is", "when")
            options.append(Option(inner.text("is"), _when(inner, scope)))
        if not options or options[-1].when is not None:
            entry.fault("choices", "没有“其余”一项", "最后一项不写 when")
        scope.choices[key] = tuple(option.name for option in options)
        found.append(Choice(key, entry.about(label=key), tuple(options)))
    return found


def _classes(top: Entry, scope: Scope) -> tuple[Class, ...]:
    found = []
    for path, tree in top.items("classes"):
        entry = Entry.of(top.source, path, tree, top.mark)
        entry.only("class", "when", *ABOUT)
        key = entry.text("class")
        found.append(Class(key, entry.about(label=key), _when(entry, scope)))
    return tuple(found)


def _amounts(top: Entry, scope: Scope) -> tuple[Amount, ...]:
    found = []
    for key, entry in top.entries("amounts"):
        entry.only("formula", "unit", "decimals", "min", "max", "when", *ABOUT)
        formula, typed = read_number(entry, "formula", scope)
        unit = entry.text("unit", "万元")
        if kind_of(unit)[0] != typed.kind or typed.root != 1:
            entry.fault("amount", f"算出的是{typed.kind}", f"以{unit}计的数", "", "formula")
        scope.figures[key] = typed
        found.append(
            Amount(
                key,
                entry.about(label=key),
                formula,
                entry.text("formula"),
                unit,
                entry.count("decimals", 2),
                read_amount(entry, "min", typed) if entry.has("min") else None,
                read_amount(entry, "max", typed) if entry.has("max") else None,
                _when(entry, scope),
            )
        )
    return tuple(found)


def _lines(top: Entry, scope: Scope) -> tuple[Line, ...]:
    found = []
    for path, tree in top.items("lines"):
        entry = Entry.of(top.source, path, tree, top.mark)
        entry.only("score", "from", *ABOUT)
        score = entry.text("score")
        if score not in scope.figures:
            entry.fault("line", f"没有“{score}”这项评分", "一项评分的名字", "", "score")
        found.append(
            Line(
                score,
                read_amount(entry, "from", scope.figures.get(score, Typed(kind_of("分")[0]))),
                entry.about(),
            )
        )
    return tuple(found)
