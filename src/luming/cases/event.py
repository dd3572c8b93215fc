"""What happens to a case, one small record each; together they are the case. The portal stores exactly these.

Every event maps 1:1 to a dict of JSON: `to_dict` and `from_dict`. Times are aware and kept to the second's fraction.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from luming.errors import Fault, FaultyInput

Data = Mapping[str, Any]


class HistoryFaults(FaultyInput):
    """A history that cannot be read or cannot have happened in its process."""

    consequence = "没有还原这件事项。"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case begins; `parent` is the number of the case it belongs to, if any."""

    kind: ClassVar[str] = "opened"
    at: dt.datetime
    by: str
    role: str = ""
    data: Data = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A case begins as an appeal against one decision of another.

    Attributes:
        parent: number of the case appealed against.
        decision: place of the decision among the parent's events, from 0.
        transition: the step that was the decision.
        decided_by: who took it, and may not take it again here.
        state: where this case begins.
        data: the fields of the parent on the day of the appeal, and what the one who appeals added.
    """

    kind: ClassVar[str] = "reopened"
    at: dt.datetime
    by: str
    role: str
    reason: str
    parent: str
    decision: int
    transition: str
    decided_by: str
    state: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appealed:
    """The decision at place `decision` was appealed against; the matter goes on in a case of its own."""

    kind: ClassVar[str] = "appealed"
    at: dt.datetime
    by: str
    role: str
    reason: str
    decision: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A transition was taken."""

    kind: ClassVar[str] = "moved"
    at: dt.datetime
    by: str
    role: str
    transition: str
    data: Data = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The one who began it took it back."""

    kind: ClassVar[str] = "withdrawn"
    at: dt.datetime
    by: str
    role: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """A unit asked has answered.

    Attributes:
        opinion: which of the process's opinions.
        unit: who answers.
        verdict: agree, disagree or abstain.
        commit: items for which a commitment is filed instead of approval.
    """

    kind: ClassVar[str] = "opinion"
    at: dt.datetime
    by: str
    role: str
    opinion: str
    unit: str
    verdict: str
    data: Data = field(default_factory=dict)
    reason: str = ""
    commit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelClosed:
    """A panel of experts outside the case has ended; its result becomes fields of the case."""

    kind: ClassVar[str] = "panel"
    at: dt.datetime
    by: str
    role: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection was raised during the publicity.

    Attributes:
        number: from 1 within the case.
        name: of the person or unit that objects.
        unit: whether a unit objects (with its stamp) or a person.
        contact: where the objector can be reached.
        reasons: what is objected to and why.
        facts: facts and evidence stated.
    """

    kind: ClassVar[str] = "objected"
    at: dt.datetime
    by: str
    number: int
    name: str
    unit: bool
    contact: str
    reasons: str
    facts: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectionSettled:
    """An objection was decided upon."""

    kind: ClassVar[str] = "settled"
    at: dt.datetime
    by: str
    role: str
    number: int
    result: str
    reason: str


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The firm or person was asked afterwards; the only source of 解决 and 满意.

    Attributes:
        reached: whether somebody answered.
        solved: None where it was not asked or not answered.
        satisfied: None likewise.
    """

    kind: ClassVar[str] = "called_back"
    at: dt.datetime
    by: str
    role: str
    reached: bool
    solved: bool | None = None
    satisfied: bool | None = None
    note: str = ""


Event = (
    Opened
    | Reopened
    | Appealed
    | Moved
    | Withdrawn
    | OpinionGiven
    | PanelClosed
    | Objected
    | ObjectionSettled
    | CalledBack
)
_KINDS: Mapping[str, type[Event]] = {
    one.kind: one
    for one in (
        Opened, Reopened, Appealed, Moved, Withdrawn, OpinionGiven, PanelClosed, Objected, ObjectionSettled, CalledBack,
    )
}  # fmt: skip


def to_dict(event: Event) -> dict[str, Any]:
    """The event as a dict of JSON; what is empty is left out."""
    found: dict[str, Any] = {"kind": event.kind, "at": event.at.isoformat()}
    for one in dataclasses.fields(event):
        value = getattr(event, one.name)
        if one.name == "at" or (
            one.default is not dataclasses.MISSING and value == one.default and value is one.default
        ):
            continue
        if isinstance(value, Mapping):
            value = dict(value)
            if not value:
                continue
        found[one.name] = list(value) if isinstance(value, tuple) else value
    return found


def from_dict(written: Mapping[str, Any]) -> Event:
    """The event that a dict of JSON stands for.

    Raises:
        HistoryFaults: it stands for none.
    """
    kind = _KINDS.get(str(written.get("kind")))
    if kind is None:
        raise HistoryFaults(
            [_fault(f"不认识的记录种类“{written.get('kind')}”", f"以下之一:{'、'.join(_KINDS)}")]
        )
    known = {one.name: one for one in dataclasses.fields(kind)}
    values = {key: value for key, value in written.items() if key != "kind"}
    wrong = sorted(set(values) - set(known)) or [
        name for name, one in known.items()
        if name not in values and one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    ]  # fmt: skip
    if wrong:
        raise HistoryFaults([_fault(f"“{kind.kind}”记录的“{'、'.join(wrong)}”多出或缺少", "规定的各项")])
    try:
        at = dt.datetime.fromisoformat(values["at"])
    except (TypeError, ValueError):
        raise HistoryFaults([_fault(f"时间“{values['at']}”", "带时区的时间")]) from None
    if at.tzinfo is None:
        raise HistoryFaults([_fault(f"时间“{values['at']}”没有时区", "带时区的时间")])
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return kind(**{**values, "at": at})


def _fault(found: str, expected: str) -> Fault:
    return Fault("history.record", "经过记录", found, expected)
