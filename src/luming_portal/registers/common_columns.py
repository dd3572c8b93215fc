"""Columns that most registers share: where an entry comes from, how certain it is, who sees it, who is in charge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming.mark import Mark
from luming_portal.accounts.roles import Level
from luming_portal.library_words import WORDS
from luming_portal.registers.column import Column, Kind

MARKS = {mark.value: WORDS[mark.label] for mark in Mark}

KEY = Column("key", _("编号"), shown=False)
DEMO = Column("demo", _("演示数据"), Kind.FLAG, shown=False)
MARK = Column("mark", _("可信度"), Kind.CHOICE, choices=MARKS)
PUBLISHED = Column("published", _("对外发布"), Kind.FLAG, level=Level.INTERNAL, shown=False, bulk=True)
STEWARD = Column("steward", _("负责单位"), Kind.CHOICE, level=Level.INTERNAL, shown=False, bulk=True)
NOTE = Column("note", _("备注"), Kind.LONG, level=Level.INTERNAL, shown=False)

ORIGIN = (
    Column("source", _("来源"), path="source__publisher", shown=False),
    Column("source_key", _("来源编号"), path="source__key", shown=False),
    MARK,
)
"""Publisher, key of the source, certainty."""

KEEPING = (PUBLISHED, STEWARD, DEMO, KEY, NOTE)
"""How an entry is kept: published, in whose charge, invented or not, its key, its note."""
