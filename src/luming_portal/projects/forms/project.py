"""The form for projects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.projects.models import Project
from luming_portal.registers.forms import RecordForm


class ProjectForm(RecordForm):
    """A major project."""

    hints = {
        "lead": _("对项目建设负责的部门或旗县区;文件没有写明的不要填。"),
        "investment": _("只填数字,单位填在“投资单位”。来源没写就留空。"),
        "stage": _("照来源原话,如“一期2024-10-15投产”。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = Project
        fields = [
            "name", "owner", "lead", "chain", "district", "investment", "investment_unit", "stage", "date",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
