"""The form for claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.claims.models import FirstClaim
from luming_portal.registers.forms import RecordForm


class FirstClaimForm(RecordForm):
    """A claim and what became of it."""

    full = frozenset({"note", "claim", "evidence", "words"})
    hints = {
        "kind": _("如 “首”字号、“最”字号、首台套、首批次、首版次"),
        "scope": _("如 全球、全国、全区"),
        "claim": _("照主张单位的原话。"),
        "evidence": _("查新报告编号、第三方比对或检测报告、用户证明。"),
        "state": _("标准没有公布,没有人核定过的一律“不作认定”。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = FirstClaim
        fields = [
            "product", "kind", "scope", "claim", "claimant", "launched_on", "evidence",
            "state", "words", "number", "checked_by", "checked_on",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
