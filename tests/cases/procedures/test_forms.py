"""One form, filled once: a fact has one name, is known from the register, and is not asked again in the same case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.procedures.filled_forms import value_of
from cases.procedures.procedure_walks import Walk
from luming.cases import Process
from luming.standards import Input, InputKind
from luming.workdays import WorkCalendar

WALKS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("walks.yaml").read_text(encoding="utf-8")
)
SAID_ANEW = {"award": "the firm asks for a sum, the office decides on one"}
"""Fields whose title changes from one form to the next, with the reason."""


def fields(process: Process) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every field with its form and name."""
    for form in process.forms.values():
        for name, field in form.properties.items():
            yield form.key, name, field


@pytest.mark.parametrize("key", list(WALKS))
def test_a_fact_is_a_fact_of_the_dictionary_under_its_own_name(
    key: str, processes: Mapping[str, Process], dictionary: Mapping[str, Input]
) -> None:
    for form, name, field in fields(processes[key]):
        where = f"{form}.{name}"
        if name in dictionary:
            assert field.get("x-fact") == name, f"{where} is a fact of the dictionary and does not say so"
        if "x-fact" in field:
            assert field["x-fact"] == name, f"{where} asks {field['x-fact']} under another name"
            assert name in dictionary, f"{where} is no fact of the dictionary"
            assert not _differs(field, dictionary[name]), f"{where}: {_differs(field, dictionary[name])}"


def _differs(field: Mapping[str, Any], fact: Input) -> str:
    if field.get("x-unit", "") != fact.unit:
        return f"unit {fact.unit}"
    if fact.type is InputKind.FLAG:
        return "" if field["type"] == "boolean" else "a flag"
    if fact.type is InputKind.CHOICE:
        return "" if tuple(field.get("enum", ())) == fact.options else f"options {fact.options}"
    if fact.type is InputKind.DATE:
        return "" if field.get("format") == "date" else "a date"
    whole = field["type"] == "integer" and fact.decimals == 0
    return "" if whole or field.get("format") == "decimal" else "a number"


@pytest.mark.parametrize("key", list(WALKS))
def test_nothing_is_asked_twice_under_two_names(key: str, processes: Mapping[str, Process]) -> None:
    names, titles, shapes = defaultdict(set), defaultdict(set), defaultdict(set)
    for _, name, field in fields(processes[key]):
        names[field["title"]].add(name)
        titles[name].add(field["title"])
        shapes[name].add((field["type"], field.get("format"), field.get("x-unit")))
    assert not {title: found for title, found in names.items() if len(found) > 1}
    assert not {name: found for name, found in titles.items() if len(found) > 1 and name not in SAID_ANEW}
    assert not {name: found for name, found in shapes.items() if len(found) > 1}


@pytest.mark.parametrize("key", list(WALKS))
def test_what_the_register_knows_is_not_asked(
    key: str, processes: Mapping[str, Process], dictionary: Mapping[str, Input], calendar: WorkCalendar
) -> None:
    """A case opened with the firm's facts is walked without anybody filling one in."""
    process = processes[key]
    known = {name: value_of(field) for _, name, field in fields(process) if "x-fact" in field}
    for script in WALKS[key]:
        walk = Walk.by(script, process, calendar, **known)
        asked = {name for _, data in walk.asked for name in data}
        assert not asked & set(known)


@pytest.mark.parametrize("key", list(WALKS))
def test_what_an_earlier_form_holds_is_not_asked_again(
    key: str, processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    """A field is given once in a case; again only where a step needs another answer than the one that stands."""
    process = processes[key]
    for script in WALKS[key]:
        walk = Walk.by(script, process, calendar)
        given: dict[str, Any] = {}
        for step, data in walk.asked:
            for name, value in data.items():
                assert given.get(name) != value or name in script.get("with", {}), f"{step} asks {name} again"
                given[name] = value


@pytest.mark.parametrize("key", list(WALKS))
def test_identity_is_never_typed(key: str, processes: Mapping[str, Process]) -> None:
    """The register knows name, code and address of the subject; a form that asks them asks twice."""
    if "enterprise" in processes[key].subjects:
        asked = {name for _, name, _ in fields(processes[key])}
        assert not asked & {"credit_code", "enterprise_name", "unit_name", "legal_person_name", "address"}
