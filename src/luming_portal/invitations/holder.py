"""Who holds a link, and what he may write by it: the named figures, while they are still that unit's drafts. Nothing else."""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext as _

from luming.reporting import Stage
from luming_portal.audit.actor import Bearer
from luming_portal.invitations.models import Invitation, InvitationRow
from luming_portal.reporting.models import Report


class Holder:
    """The contact person before the figures of one link."""

    def __init__(self, invitation: Invitation) -> None:
        self.invitation = invitation

    @property
    def bearer(self) -> Bearer:
        """How the record of changes names him: link #12, 张三,市科技局."""
        item = self.invitation
        return Bearer(f"link #{item.pk}", f"{item.contact},{item.unit}")

    @cached_property
    def rows(self) -> tuple[InvitationRow, ...]:
        """The figures of the link, in the order of the sheet."""
        rows = self.invitation.rows.select_related("report__indicator", "report__reporting_month")
        return tuple(rows)

    def refusal(self, report: Report) -> str:
        """Why the figure may not be written by this link now; "" where it may. The one place that decides it."""
        item = self.invitation
        if report.pk not in {row.report_id for row in self.rows}:
            return _("这一项不在这个链接里,没有改动。")
        if report.unit != item.unit or report.reporting_month_id != item.reporting_month_id:
            return _("这一项已改由其他单位填报,不用再填。")
        if report.at is not Stage.DRAFT:
            return _("这一项现在是“%s”,单位已经处理,不用再填。") % report.get_stage_display()
        return ""
