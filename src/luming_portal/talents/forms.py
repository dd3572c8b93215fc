"""The forms for talent cards and benefits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.registers.forms import RecordForm
from luming_portal.talents.models import TalentBenefit, TalentCard


class TalentCardForm(RecordForm):
    """A card."""

    hints = {
        "talent_class": _("包头按一类至六类分;分类目录全文没有查到,以认定文件为准。"),
        "days": _("柔性引进必填。每年不少于3个月(急需2个月);折算天数是平台默认口径。"),
        "secret": _("涉密或本人要求不公示。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = TalentCard
        fields = [
            "name", "employer", "talent_class", "field", "engagement", "urgent", "year", "days",
            "number", "valid_from", "valid_to", "state", "secret",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip


class TalentBenefitForm(RecordForm):
    """A line of the table of benefits."""

    hints = {
        "classes": _("一行一个:一类、二类 … 六类;不知道就留空。"),
        "state": _("没有读到原文的一律“待导入”。"),
        "document": _("文件名称、文号和条款。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = TalentBenefit
        fields = [
            "name", "department", "classes", "quota", "frequency", "evidence", "is_money", "document",
            "ended_on", "state", "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
