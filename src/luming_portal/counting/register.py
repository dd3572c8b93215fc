"""The register of counted entries, described. Entries are entered one by one or from a table, and never changed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.accounts.roles import Level
from luming_portal.counting.models import EVIDENCE_STATES, CountedEntry
from luming_portal.counting.pages import entry_context
from luming_portal.counting.planning import COLUMNS, apply_entries, plan_entries, sealed
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import DEMO
from luming_portal.registers.register import Register


def masked(tail: str) -> str:
    """The end of a document's number as it may be shown."""
    return f"{'*' * 14}{tail}" if tail else ""


COUNTED = Register(
    slug="counted",
    noun="counted_entry",
    model=CountedEntry,
    label=pgettext_lazy("register", "计数台账"),
    unit_word=_("条"),
    icon="list-numbers",
    about=_(
        "按人、按家计数的指标逐条登记,每条有日期和依据;同一个只计一次。条目不修改,错的撤回依据后重新登记。"
    ),
    title="name",
    search=("name", "host", "category", "evidence_number", "key"),
    ordering=("-counted_on", "-id"),
    select=("indicator",),
    form="luming_portal.counting.forms.EntryForm",
    detail_template="counting/entry.html",
    append_only=True,
    extra={
        "import_columns": COLUMNS,
        "plan": plan_entries,
        "apply": apply_entries,
        "seal": sealed,
        "create_view": "luming_portal.counting.views.entry_create",
        "context": entry_context,
    },
    columns=(
        Column("key", _("编号"), shown=False),
        Column("indicator", _("指标"), Kind.CHOICE, path="indicator__label"),
        Column("category", _("类别"), Kind.CHOICE),
        Column("name", _("姓名或名称"), level=Level.FIRM),
        Column(
            "id_number", _("证件号码"), path="id_tail", sort="", filtered=False, level=Level.FIRM, show=masked
        ),
        Column("credit_code", _("统一社会信用代码"), shown=False),
        Column("host", _("所在或依托单位")),
        Column("unit", _("登记单位"), Kind.CHOICE),
        Column("counted_on", _("计入日期"), Kind.DATE),
        Column("district", _("旗县区"), Kind.CHOICE, shown=False),
        Column("evidence_state", _("依据状态"), Kind.CHOICE, choices=EVIDENCE_STATES),
        Column("evidence_kind", _("依据种类"), Kind.CHOICE, shown=False),
        Column("evidence_number", _("依据文号或标题")),
        Column("evidence_issued_on", _("依据日期"), Kind.DATE, shown=False),
        Column("evidence_valid_until", _("有效期至"), Kind.DATE, shown=False),
        Column("recorded_on", _("登记日"), Kind.DATE, shown=False),
        DEMO,
        Column("note", _("备注"), Kind.LONG, shown=False),
    ),
)

REGISTERS = (COUNTED,)
