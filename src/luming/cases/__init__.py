"""Cases: a matter that moves through declared states, with roles, forms, clocks in working days, and replay."""

from luming.cases.forms import FORMATS, form_faults, missing
from luming.cases.loader import ProcessFaults, parse_process, read_process, read_processes, read_versions
from luming.cases.process import SYSTEM, Join, Outcome, Process, Reason, Settles, Subject, Verdict
from luming.cases.span import Span, TimeUnit
from luming.cases.when import When

__all__ = [
    "FORMATS",
    "SYSTEM",
    "Join",
    "Outcome",
    "Process",
    "ProcessFaults",
    "Reason",
    "Settles",
    "Span",
    "Subject",
    "TimeUnit",
    "Verdict",
    "When",
    "form_faults",
    "missing",
    "parse_process",
    "read_process",
    "read_processes",
    "read_versions",
]
