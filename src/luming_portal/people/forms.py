"""The forms for persons and teams."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luming_portal.people.models import Person, Team
from luming_portal.registers.forms import RecordForm


class PersonForm(RecordForm):
    """A person."""

    hints = {
        "phone": _("个人信息,只有领导小组办公室可见;变更记录里也不留内容。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = Person
        fields = [
            "name", "kind", "title", "field", "employer", "phone",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip


class TeamForm(RecordForm):
    """A team."""

    class Meta:
        model = Team
        fields = [
            "name", "kind", "leader", "field", "host", "size", "arrived_on",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip
