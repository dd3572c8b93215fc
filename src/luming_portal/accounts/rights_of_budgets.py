"""The rows of the table of rights for budgets, payments, caps and allocation, and for rehearsing a change."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights_of_nouns import Action, Row, row

RIGHTS_OF_BUDGETS: Mapping[str, Mapping[Action, Row]] = {
    # Rules are tried and nothing is kept; over the firms that one sees.
    "rehearsal": dict.fromkeys((Action.VIEW, Action.EXPORT), row("- - - - - A A A - -")),
    "budget_line": {
        # P: the sums of lines that are open to the public. U: lines that one's department is in charge of.
        Action.VIEW: row("P P P P P A A A P P"),
        Action.EXPORT: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - - A - - -"),
        Action.CHANGE: row("- - - - - - A - - -"),
        Action.HISTORY: row("- - - - - U A A - -"),
    },
    "budget_entry": {
        # Entries are never changed: CREATE is every decision on a line but the giving of money.
        Action.VIEW: row("- - - - - U A A - -"),
        Action.EXPORT: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - U A - - -"),
    },
    "payment_order": {
        # CREATE is asking, CHANGE is releasing or refusing; never the same person.
        Action.VIEW: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - U A - - -"),
        Action.CHANGE: row("- - - - - U A - - -"),
        Action.HISTORY: row("- - - - - U A A - -"),
    },
    "fund_cap": {
        Action.VIEW: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - - A - - -"),
        Action.CHANGE: row("- - - - - - A - - -"),
        Action.HISTORY: row("- - - - - U A A - -"),
    },
    "allocation": {
        # CREATE: declare a call; CHANGE: enter requests, decide.
        Action.VIEW: row("- - - - - U A A - -"),
        Action.EXPORT: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - U A - - -"),
        Action.CHANGE: row("- - - - - U A - - -"),
        Action.HISTORY: row("- - - - - U A A - -"),
    },
}
LABELS_OF_BUDGETS = {
    "rehearsal": gettext_lazy("推演"),
    "budget_line": gettext_lazy("预算"),
    "budget_entry": gettext_lazy("预算账目"),
    "payment_order": gettext_lazy("拨付申请"),
    "fund_cap": gettext_lazy("资金上限"),
    "allocation": gettext_lazy("资金分配"),
}
