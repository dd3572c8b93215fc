"""The rows of the table of rights for items of support, their documents and amounts, and the lane without application."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights_of_nouns import Action, Row, row

RIGHTS_OF_SUPPORT: Mapping[str, Mapping[Action, Row]] = {
    "support_item": dict.fromkeys((Action.VIEW, Action.EXPORT), row("P P P P P P P P P P")),
    # P: the official documents that open amounts to the public. CHANGE is taking one off again.
    "support_text": {
        Action.VIEW: row("P P P P P A A A P P"),
        Action.CREATE: row("- - - - - A A - - -"),
        Action.CHANGE: row("- - - - - A A - - -"),
        Action.HISTORY: row("- - - - - A A A - -"),
    },
    # Amounts that a clause leaves to the office's own rules. CHANGE is taking one back.
    "item_amount": {
        Action.VIEW: row("A A A A A A A A - -"),
        Action.CREATE: row("- - - - - - A - - -"),
        Action.CHANGE: row("- - - - - - A - - -"),
        Action.HISTORY: row("- - - - - A A A - -"),
    },
    # The lane without application: lists over the register. CHANGE is stopping one, taking a firm off, confirming.
    "automatic_run": {
        Action.VIEW: row("- - - - - A A A - -"),
        Action.EXPORT: row("- - - - - A A A - -"),
        Action.CREATE: row("- - - - - A A - - -"),
        Action.CHANGE: row("- - - - - A A - - -"),
        Action.HISTORY: row("- - - - - A A A - -"),
    },
}
LABELS_OF_SUPPORT = {
    "support_item": gettext_lazy("惠企政策"),
    "support_text": gettext_lazy("政策正式文件"),
    "item_amount": gettext_lazy("事项金额"),
    "automatic_run": gettext_lazy("免申即享名单"),
}
