"""The rows of the table of rights for experts and panels, claims, talents and service agencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights_of_nouns import PUBLIC_REGISTER, Action, Row, row

RIGHTS_OF_PANELS: Mapping[str, Mapping[Action, Row]] = {
    "expert": {
        # Not public: who may judge is not told before. O: one's own entry.
        Action.VIEW: row("- - - O - A A A - -"),
        Action.EXPORT: row("- - - - - A A - - -"),
        Action.CREATE: row("- - - - - A A - - -"),
        Action.CHANGE: row("- - - - - U A - - -"),
        Action.DELETE: row("- - - - - - A - - -"),
        Action.BULK: row("- - - - - U A - - -"),
        Action.IMPORT: row("- - - - - A A - - -"),
        Action.HISTORY: row("- - - - - A A A - -"),
    },
    "expert_tie": {
        Action.VIEW: row("- - - O - A A A - -"),
        Action.CREATE: row("- - - O - A A - - -"),
        Action.DELETE: row("- - - - - - A - - -"),
        Action.HISTORY: row("- - - - - A A A - -"),
    },
    "panel": {
        # O: those in which one sits, and of the seats one's own. U: those that one's unit convenes.
        Action.VIEW: row("- - - O - U A A - -"),
        Action.EXPORT: row("- - - - - U A A - -"),
        Action.CREATE: row("- - - - - A A - - -"),
        Action.CHANGE: row("- - - - - U A - - -"),
        Action.HISTORY: row("- - - - - U A A - -"),
    },
    "score_sheet": {
        # O: an expert's own; for all others those of panels that are closed.
        Action.VIEW: row("- - - O - O O O - -"),
        Action.CREATE: row("- - - O - - - - - -"),
        Action.CHANGE: row("- - - O - - - - - -"),
    },
    "first_claim": PUBLIC_REGISTER,
    "talent_card": PUBLIC_REGISTER
    | {
        # P: name, unit and class of what is published. O: the cards of one's own firm's people, in full.
        Action.VIEW: row("P O P P A A A A P P"),
        Action.EXPORT: row("- - - - - A A - - -"),
    },
    "talent_benefit": PUBLIC_REGISTER,
    "agency_grade": PUBLIC_REGISTER,
}

LABELS_OF_PANELS: Mapping[str, Any] = {
    "expert": gettext_lazy("专家"),
    "expert_tie": gettext_lazy("专家关系"),
    "panel": gettext_lazy("专家组"),
    "score_sheet": gettext_lazy("打分表"),
    "first_claim": gettext_lazy("首最成果主张"),
    "talent_card": gettext_lazy("人才服务卡"),
    "talent_benefit": gettext_lazy("人才权益"),
    "agency_grade": gettext_lazy("服务机构评价"),
}
