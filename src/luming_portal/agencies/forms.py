"""The form for grades of service agencies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.agencies.models import AgencyGrade
from luming_portal.registers.forms import RecordForm


class AgencyGradeForm(RecordForm):
    """An agency in one year."""

    full = frozenset({"note", "basis"})
    hints = {
        "grade": _("评价办法没有公布;等次由主管部门评定,写明依据。"),
        "services": _("一行一个:研发服务、专业设计、检验检测、企业孵化、技术转移 …"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = AgencyGrade
        fields = [
            "name", "credit_code", "services", "year", "grade", "basis", "clients", "entered_on", "left_on",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
