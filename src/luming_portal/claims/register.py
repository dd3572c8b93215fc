"""The register of claims, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.claims.models import ClaimState, FirstClaim
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

CLAIMS = Register(
    slug="first-claims",
    noun="first_claim",
    model=FirstClaim,
    label=pgettext_lazy("register", "首最成果"),
    unit_word=_("项"),
    icon="trophy",
    about=_(
        "“首”字号、“最”字号成果的主张和核定。标准没有公布(未查到):没有人核定过的只登记主张,不作认定。首台套、首批次、首版次是自治区和国家的称号,这里不代认。"
    ),
    title="product",
    search=("product", "claim", "claimant", "number", "key"),
    ordering=("-id",),
    select=("source",),
    form="luming_portal.claims.forms.FirstClaimForm",
    columns=(
        Column("product", _("产品或成果")),
        Column("kind", _("类别"), Kind.CHOICE),
        Column("scope", _("范围"), Kind.CHOICE),
        Column("claim", _("主张"), Kind.LONG),
        Column("claimant", _("主张单位")),
        Column("state", _("核定情况"), Kind.CHOICE, choices=dict(ClaimState.choices)),
        Column("words", _("核定的表述"), Kind.LONG),
        Column("number", _("登记编号"), shown=False),
        Column("evidence", _("证据"), Kind.LONG, shown=False),
        Column("checked_by", _("核定人或专家组")),
        Column("checked_on", _("核定日期"), Kind.DATE),
        Column("launched_on", _("推出日期"), Kind.DATE, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (CLAIMS,)
