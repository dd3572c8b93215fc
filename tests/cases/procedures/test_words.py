"""The words of the procedures: every label in two languages, marks that do not claim what nobody read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from luming.cases import Process
from luming.mark import Mark

ROOTS = [Path(__file__).parents[3] / "packs" / name for name in ("national", "neimenggu", "baotou")]
KEYS = sorted(file.stem for root in ROOTS for file in (root / "processes").glob("*.yaml"))
READ_IN_THE_SOURCE = {
    ("objection", "*"): "内科基字〔2025〕17号 on objections",
    ("clock", "talent_card.card"): "five years, 包头市服务高层次人才若干措施",
    ("transition", "talent_card.pass_flexible"): "three months a year",
    ("transition", "talent_card.pass_flexible_urgent"): "two months where urgently needed",
}
"""Everything that may say `verified`, with where it was read."""
FULL_WIDTH = re.compile(r"[\uff0c\uff1b\uff1a\uff08\uff09\uff01\uff1f]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def labelled(process: Process) -> Iterator[tuple[str, str, Any]]:
    """Every element with a label: its kind, name and what it says of itself."""
    for kind, items in (
        ("role", process.roles), ("form", process.forms), ("state", process.states), ("clock", process.clocks),
        ("transition", process.transitions), ("opinions", process.opinions),
    ):  # fmt: skip
        for key, item in items.items():
            yield kind, f"{process.key}.{key}", item.about  # type: ignore[attr-defined]


def titled(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field of a form, those within lists too."""
    for name, field in schema.get("properties", {}).items():
        yield f"{path}{name}", field
        inner = field.get("items", field) if field["type"] == "array" else field
        if inner.get("type") == "object":
            yield from titled(inner, f"{path}{name}.")


@pytest.mark.parametrize("key", KEYS)
def test_every_label_has_its_english(key: str, processes: Mapping[str, Process]) -> None:
    process = processes[key]
    bare = [where for _, where, about in labelled(process) if not about.label_en]
    foreign = [where for _, where, about in labelled(process) if CHINESE.search(about.label_en)]
    for form in process.forms.values():
        for name, field in titled(form.schema):
            if not field.get("x-title-en") or CHINESE.search(field["x-title-en"]):
                bare.append(f"{form.key}.{name}")
    assert process.about.label_en
    assert not bare
    assert not foreign


@pytest.mark.parametrize("key", KEYS)
def test_labels_tell_things_apart(key: str, processes: Mapping[str, Process]) -> None:
    """Two states, two steps out of one state or two clocks never have the same label."""
    process = processes[key]
    for items in (process.states, process.clocks, process.roles, process.forms):
        labels = Counter(item.about.label for item in items.values())  # type: ignore[attr-defined]
        assert not [label for label, count in labels.items() if count > 1]
    for state in process.states:
        for part in ("label", "label_en"):
            labels = Counter(getattr(item.about, part) for item in process.leaving(state))
            assert not [label for label, count in labels.items() if count > 1], state


@pytest.mark.parametrize("key", KEYS)
def test_labels_are_short_and_half_width(key: str, processes: Mapping[str, Process]) -> None:
    process = processes[key]
    for kind, where, about in labelled(process):
        assert len(about.label) <= 20, where
        assert not FULL_WIDTH.search(about.label + about.note), f"{kind} {where}"
        assert not re.search(r"[A-Za-z]{4,}", about.label), where


@pytest.mark.parametrize("key", KEYS)
def test_marks_are_honest(key: str, processes: Mapping[str, Process]) -> None:
    """Only what was read says `verified`; whoever leans on a memory or on other cities says so in a note."""
    process = processes[key]
    assert process.not_found, "say what was looked for and not found"
    assert process.about.mark in (Mark.OURS, Mark.SECONDARY)
    for kind, where, about in labelled(process):
        if about.mark is Mark.VERIFIED:
            assert (kind, where) in READ_IN_THE_SOURCE, where
        if about.mark is Mark.SECONDARY and process.about.mark is not Mark.SECONDARY:
            assert about.note, where
    if process.objection:
        assert process.objection.about.mark is Mark.VERIFIED
    if process.publicity:
        assert process.publicity.about.mark is Mark.MEMORY
        assert process.publicity.limit.written == "5 workdays"
    if process.appeal and process.appeal.within:
        assert process.appeal.about.mark is Mark.MEMORY


@pytest.mark.parametrize("key", KEYS)
def test_sources_are_registered(key: str, processes: Mapping[str, Process]) -> None:
    known = {
        entry["id"]
        for root in ROOTS
        for entry in yaml.safe_load((root / "sources.yaml").read_text(encoding="utf-8"))["sources"]
    }
    source = processes[key].document.source
    assert not source or source in known
    assert processes[key].document.title


def test_measures_exist_and_those_with_procedures_are_covered(processes: Mapping[str, Process]) -> None:
    covered = {int(measure) for process in processes.values() for measure in process.measures}
    assert covered <= set(range(1, 22))
    assert covered >= {1, 2, 4, 5, 7, 9, 10, 19, 20, 21}
