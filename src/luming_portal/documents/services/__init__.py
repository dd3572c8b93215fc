"""What changes documents: each a function named by a verb, in one transaction, through the audit door."""

from luming_portal.documents.services.intake import import_draft, revise, start_draft
from luming_portal.documents.services.publication import discard, publish
from luming_portal.documents.services.work import (
    PartChanged,
    SentenceChanged,
    anchor_at,
    change_head,
    undo,
    work_on_measure,
    work_on_sentence,
)

__all__ = [
    "PartChanged",
    "SentenceChanged",
    "anchor_at",
    "change_head",
    "discard",
    "import_draft",
    "publish",
    "revise",
    "start_draft",
    "undo",
    "work_on_measure",
    "work_on_sentence",
]
