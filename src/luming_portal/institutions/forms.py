"""The form for institutions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.institutions.models import Institution
from luming_portal.registers.forms import RecordForm


class InstitutionForm(RecordForm):
    """A university, institute, laboratory or platform."""

    hints = {
        "credit_code": _("18位,按国家标准核对校验位;不是法人或不知道就留空。"),
        "former_names": _("一行一个;搜索时曾用名也能找到它。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = Institution
        fields = [
            "name", "credit_code", "former_names", "kind", "level", "district", "field", "contact", "phone",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
