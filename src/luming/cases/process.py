"""A process as declared: roles, forms, states, transitions, clocks, opinions, publicity, objection, appeal.

Read by `loader`, proved sound by `soundness`. Nothing here holds text that still has to be understood, and nothing
here moves: what has happened to one matter is a `Case`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luming.cases.span import Span
from luming.cases.terms import Join, Outcome, Reason, Settles, Subject
from luming.cases.when import When
from luming.mark import Mark

SYSTEM = "system"
"""The role in which time itself acts: automatic transitions."""


@dataclass(frozen=True, slots=True)
class About:
    """What an element says of itself: words in two languages, clause, standing, a note."""

    label: str = ""
    label_en: str = ""
    clause: str = ""
    mark: Mark = Mark.OURS
    note: str = ""

    def name(self, language: str = "zh") -> str:
        """The label in a language, Chinese where there is no English."""
        return (self.label_en or self.label) if language == "en" else self.label


@dataclass(frozen=True, slots=True)
class Role:
    """A part somebody plays in the process.

    Attributes:
        plays: the roles of the portal that may take it.
        unit: the one department that does; "" for the one a case names.
        unit_field: the field of the case that names it; "" for the department in charge of the case.
    """

    key: str
    about: About
    plays: tuple[str, ...]
    unit: str = ""
    unit_field: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What is filled in: a JSON Schema (2020-12) of an object; the order of its properties is the order on the page."""

    key: str
    about: About
    schema: Mapping[str, Any]

    @property
    def properties(self) -> Mapping[str, Mapping[str, Any]]:
        """The fields by name, in order."""
        found: Mapping[str, Mapping[str, Any]] = self.schema.get("properties", {})
        return found

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must be filled."""
        return tuple(self.schema.get("required", ()))


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can be.

    Attributes:
        public: what the subject and the public see; the label where nothing else is said.
        outcome: of an end.
    """

    key: str
    about: About
    start: bool
    end: bool
    outcome: Outcome | None
    public: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A step that gives a running clock more time, in the clock's own unit."""

    clock: str
    by: Span


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one state to another.

    Attributes:
        roles: who may take it; `system` for an automatic one.
        at_most: how often in one case; 0 for as often as needed. `once: true` is 1.
        different_from: transitions whose last actor may not take this one (two persons).
        effects: names the portal carries out with the step.
        settles: how leaving by this step settles the objections that are open.
        final: a decision that can be appealed; the person who took it does not decide the appeal.
    """

    key: str
    about: About
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    form: str
    reason: Reason
    at_most: int
    when: tuple[When, ...]
    automatic: bool
    different_from: tuple[str, ...]
    effects: tuple[str, ...]
    extends: Extension | None
    settles: Settles | None
    final: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """How long before the limit the owner is reminded: a length of time, or a share of the limit in hundredths."""

    before: Span | None
    percent: int = 0

    @property
    def said(self) -> str:
        """In words."""
        return f"到期前{self.before.said}" if self.before else f"剩余{self.percent}%时"


@dataclass(frozen=True, slots=True)
class Escalation:
    """To whom a matter goes that is late by some time, and with which paper."""

    after: Span
    to: str
    paper: str


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a clock may run: one length, one by the value of a field, or until a day in a field."""

    span: Span | None = None
    by: str = ""
    table: tuple[tuple[str, Span], ...] = ()
    until: str = ""

    def of(self, fields: Mapping[str, Any]) -> Span | None:
        """The length that applies with these fields; None when a field does not say."""
        return dict(self.table).get(str(fields.get(self.by))) if self.by else self.span


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit: runs in some states, stands still in others, ends on leaving both.

    Attributes:
        since: a date field from which the time counts instead of the day of entering.
        owner: the role that is late when it runs out.
    """

    key: str
    about: About
    runs_in: tuple[str, ...]
    paused_in: tuple[str, ...]
    limit: Limit
    since: str
    owner: str
    remind: tuple[Reminder, ...]
    escalate: tuple[Escalation, ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Opinions asked for at the same time within one state.

    Attributes:
        units: who is asked; or `field` names the field that lists them.
        can_commit: items for which a commitment may be filed instead of approval (承诺备案).
        no_commitment: items for which it never may, each with the reason, "" where none is given.
    """

    key: str
    about: About
    state: str
    units: tuple[str, ...]
    field: str
    role: str
    join: Join
    form: str
    limit: Span | None
    can_commit: tuple[str, ...]
    no_commitment: Mapping[str, str]

    def asked(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        """The units asked in a case with these fields, each once."""
        if not self.field:
            return self.units
        value = fields.get(self.field) or ()
        return tuple(dict.fromkeys([value] if isinstance(value, str) else [str(one) for one in value]))


@dataclass(frozen=True, slots=True)
class Publicity:
    """公示: the days a decision is shown before it takes effect.

    Attributes:
        list: public, internal or none: where it is shown.
        counts_first_day: whether the day of putting it up is day 1; otherwise the day after, so that each day is whole.
        objection: `inline`, or the key of the process that treats an objection as a case of its own.
    """

    state: str
    limit: Span
    list: str
    counts_first_day: bool
    objection: str
    about: About


@dataclass(frozen=True, slots=True)
class ObjectionRule:
    """异议: in which states, what it leads to, and what it must have (in writing, with real name)."""

    states: tuple[str, ...]
    opens: str
    written: bool
    real_name: bool
    role: str
    about: About


@dataclass(frozen=True, slots=True)
class AppealRule:
    """Reopening of the exact decision that led to an end.

    Attributes:
        within: from the decision; None for at any time.
        to: the state the reopened case begins in; "" for the one in which the decision was taken.
        form: what the one who appeals fills in.
    """

    ends: tuple[str, ...]
    within: Span | None
    role: str
    to: str
    form: str
    about: About


@dataclass(frozen=True, slots=True)
class WithdrawRule:
    """From where, by whom and to which end a case may be withdrawn, and what the portal carries out with it."""

    states: tuple[str, ...]
    role: str
    to: str
    effects: tuple[str, ...]
    about: About


@dataclass(frozen=True, slots=True)
class Document:
    """The document the process follows."""

    title: str
    number: str
    issuer: str
    issued: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class Process:
    """A whole process in one version.

    Attributes:
        about: name, mark and note of the file.
        measures: the measures of the city's document that it carries out.
        unit_field: the field that names the department in charge of a case; "" for none.
        not_found: what was looked for and not found, in sentences.
        source: where the process was taken from, in words.
        text: the file itself, kept with the cases that run by it.
        sha256: of the bytes of the file; a case names it, so that it is replayed with the rules of its day.
    """

    key: str
    version: str
    about: About
    measures: tuple[str, ...]
    document: Document
    subjects: tuple[Subject, ...]
    unit_field: str
    roles: Mapping[str, Role]
    forms: Mapping[str, Form]
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    clocks: Mapping[str, Clock]
    opinions: Mapping[str, Opinions]
    publicity: Publicity | None
    objection: ObjectionRule | None
    appeal: AppealRule | None
    withdraw: WithdrawRule | None
    statistics: tuple[str, ...]
    not_found: tuple[str, ...]
    source: str
    text: str
    sha256: str

    @property
    def start(self) -> State:
        """Where every case begins."""
        return next(state for state in self.states.values() if state.start)

    @property
    def name(self) -> str:
        """Key and version."""
        return f"{self.key}@{self.version}"

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """The transitions that lead out of a state (or back to it), in the order of the file."""
        return tuple(item for item in self.transitions.values() if state in item.sources)

    def opinions_in(self, state: str) -> tuple[Opinions, ...]:
        """The opinions asked for in a state."""
        return tuple(item for item in self.opinions.values() if item.state == state)
