"""The models of cases."""

from luming_portal.cases.models.case import Case
from luming_portal.cases.models.escalation import Escalation
from luming_portal.cases.models.event import CaseEvent, OfCase
from luming_portal.cases.models.objection import CaseObjection
from luming_portal.cases.models.papers import CaseDraft, CaseFile, CaseFileKind
from luming_portal.cases.models.parts import CaseReader, CaseTurn, CaseUnit
from luming_portal.cases.models.process import CaseNumber, StoredProcess
from luming_portal.cases.models.task import CaseTask

__all__ = [
    "Case",
    "CaseDraft",
    "CaseEvent",
    "CaseFile",
    "CaseFileKind",
    "CaseNumber",
    "CaseObjection",
    "CaseReader",
    "CaseTask",
    "CaseTurn",
    "CaseUnit",
    "Escalation",
    "OfCase",
    "StoredProcess",
]
