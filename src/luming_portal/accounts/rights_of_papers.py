"""The rows of the table of rights for papers and their templates, notices, calendars and figures of cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights_of_nouns import Action, Row, row

RIGHTS_OF_PAPERS: Mapping[str, Mapping[Action, Row]] = {
    "paper_template": {
        # CHANGE: put a version into use, set the letterhead.
        Action.VIEW: row("- - - - A A A A - -"),
        Action.CREATE: row("- - - - - - A - - -"),
        Action.CHANGE: row("- - - - - - A - - -"),
        Action.HISTORY: row("- - - - - - A A - -"),
    },
    "case_paper": {
        # P: what is meant for everybody. O, D, U: besides, those of the cases that one sees. CHANGE is withdrawing.
        Action.VIEW: row("P O O O D U A A P P"),
        Action.EXPORT: row("- O O - D U A A - -"),
        Action.CREATE: row("- - - - - U A - - -"),
        Action.CHANGE: row("- - - - - U A - - -"),
        Action.HISTORY: row("- - - - - - A A - -"),
    },
    # Figures over the cases that one sees.
    "caseload": dict.fromkeys((Action.VIEW, Action.EXPORT), row("- - - - D U A A - -")),
    # CHANGE: mark as read, set by which kinds one wants mail.
    "notice": {Action.VIEW: row("- O O O O O O O O O"), Action.CHANGE: row("- O O O O O O O O O")},
    # What is listed is asked of each kind of thing by itself. CREATE: an address of one's own for calendar programs.
    "calendar": {
        Action.VIEW: row("- O O O O O O O - -"),
        Action.CREATE: row("- O O O O O O O - -"),
        Action.DELETE: row("- O O O O O O O - -"),
    },
}

LABELS_OF_PAPERS: Mapping[str, Any] = {
    "paper_template": gettext_lazy("文书模板"),
    "case_paper": gettext_lazy("文书"),
    "notice": gettext_lazy("通知"),
    "caseload": gettext_lazy("办件统计"),
    "calendar": gettext_lazy("日程"),
}
