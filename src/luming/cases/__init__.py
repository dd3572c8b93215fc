"""Cases: a matter that moves through declared states, with roles, forms, clocks in working days, and replay."""

from luming.cases.case import BEIJING, Case, Objection, Step, replay
from luming.cases.clock import day_of
from luming.cases.conditions import present_objections
from luming.cases.drawing import described, drawing
from luming.cases.due import Deadline, DeadlineKind, Publicised, Raised, due, pending, publicity_of
from luming.cases.event import (
    Appealed,
    CalledBack,
    Event,
    HistoryFaults,
    Moved,
    Objected,
    ObjectionSettled,
    Opened,
    OpinionGiven,
    PanelClosed,
    Reopened,
    Withdrawn,
    from_dict,
    to_dict,
)
from luming.cases.forms import FORMATS, FieldFault, form_faults, missing
from luming.cases.loader import (
    ProcessFaults,
    parse_process,
    read_process,
    read_processes,
    read_versions,
)
from luming.cases.moves import Refused, allowed, close_panel, hindrances, move, open_case, tick, withdraw
from luming.cases.process import SYSTEM, Clock, Form, Opinions, Process, Role, State, Transition
from luming.cases.span import Span, TimeUnit
from luming.cases.terms import Join, Outcome, Reason, Settles, Subject, Verdict
from luming.cases.voices import Appeal, appeal, call_back, give_opinion, object_to, settle_objection
from luming.cases.waiting import Waiting, WaitsFor, waiting
from luming.cases.when import When

__all__ = [
    "BEIJING",
    "FORMATS",
    "SYSTEM",
    "Appeal",
    "Appealed",
    "CalledBack",
    "Case",
    "Clock",
    "Deadline",
    "DeadlineKind",
    "Event",
    "FieldFault",
    "Form",
    "HistoryFaults",
    "Join",
    "Moved",
    "Objected",
    "Objection",
    "ObjectionSettled",
    "Opened",
    "OpinionGiven",
    "Opinions",
    "Outcome",
    "PanelClosed",
    "Process",
    "ProcessFaults",
    "Publicised",
    "Raised",
    "Reason",
    "Refused",
    "Reopened",
    "Role",
    "Settles",
    "Span",
    "State",
    "Step",
    "Subject",
    "TimeUnit",
    "Transition",
    "Verdict",
    "Waiting",
    "WaitsFor",
    "When",
    "Withdrawn",
    "allowed",
    "appeal",
    "call_back",
    "close_panel",
    "day_of",
    "described",
    "drawing",
    "due",
    "form_faults",
    "from_dict",
    "give_opinion",
    "hindrances",
    "missing",
    "move",
    "object_to",
    "open_case",
    "parse_process",
    "pending",
    "present_objections",
    "publicity_of",
    "read_process",
    "read_processes",
    "read_versions",
    "replay",
    "settle_objection",
    "tick",
    "to_dict",
    "waiting",
    "withdraw",
]
