"""What changes disputes: filing, withdrawing, deciding. Each through the audit door, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.dispute import DisputeMove, DisputePart, contestants, dispute_after, dispute_moves
from luming.monitor import Assessment, figure
from luming_portal.accounts.rights import Action, Refused, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.cockpit.boards import Shown
from luming_portal.disputes.models import LightDispute


class DisputeRefused(Exception):
    """Something that cannot be done now; carries the sentence. Nothing was written."""


def file_dispute(shown: Shown, item: Assessment, *, by: Any, reason: str, evidence: str) -> LightDispute:
    """Contest the light of a target as a board shows it.

    Raises:
        Refused: the person's unit neither leads the measure nor owns the indicator.
        DisputeRefused: no reason or evidence, or a dispute of the unit about the target is open.
    """
    require(by, Action.CREATE, "dispute")
    may = contestants(item)
    if by.unit not in may:
        raise Refused(
            _("这项目标的灯只能由牵头单位或数据归口单位申诉:“%(units)s”。您的单位是“%(unit)s”。")
            % {"units": _("、").join(may) or _("未填"), "unit": by.unit or _("未填")}
        )
    if not reason.strip() or not evidence.strip():
        raise DisputeRefused(_("申诉要写明理由和依据,没有提交。"))
    board = shown.board
    latest = item.standing.latest
    dispute = LightDispute(
        document_id=shown.version.document_id,
        target=item.target.id,
        target_label=item.target.label[:200],
        as_of=board.as_of,
        light=item.light.light.value,
        light_reason=item.light.reason,
        figure=f"{latest.period.label()} {figure(latest)}"[:100] if latest is not None else "",
        inputs=list(item.light.inputs),
        unit=by.unit,
        reason=reason.strip(),
        evidence=evidence.strip(),
        filed_by=by,
        filed_on=timezone.localdate(),
        demo=board.demo,
    )
    try:
        with change() as changes:
            return changes.save(dispute)
    except IntegrityError as twice:
        raise DisputeRefused(
            _("您单位对这项目标已有一件待裁定的申诉,没有重复提交。要补充的,请撤回后重新提交。")
        ) from twice


def part_of(dispute: LightDispute, user: Any) -> DisputePart | None:
    """In which part a person acts on a dispute."""
    role = role_of(user)
    if role is Role.OFFICE:
        return DisputePart.OFFICE
    return DisputePart.UNIT if role is Role.DEPARTMENT and user.unit == dispute.unit else None


def moves_for(dispute: LightDispute, user: Any) -> tuple[DisputeMove, ...]:
    """What a person may do with a dispute now."""
    part = part_of(dispute, user)
    return dispute_moves(dispute.at, part) if part is not None else ()


def end_dispute(
    dispute: LightDispute, move: DisputeMove, *, by: Any, reason: str, expected_version: int
) -> LightDispute:
    """Withdraw or decide a dispute.

    A decision changes no light: an upheld one is followed by a corrected figure, or a light set by hand.

    Raises:
        Refused: not the part of this person.
        DisputeRefused: a decision without a reason, or the dispute is over.
        StaleVersion: somebody else was faster.
    """
    require(by, Action.CHANGE, "dispute", dispute)
    following = dispute_after(dispute.at, move)
    if following is None:
        raise DisputeRefused(_("这件申诉已经办结(%s),没有改动任何内容。") % dispute.get_state_display())
    if move not in moves_for(dispute, by):
        raise Refused(_("撤回由申诉单位办理,裁定由领导小组办公室办理。"))
    if move.needs_reason and not reason.strip():
        raise DisputeRefused(_("裁定需要写明理由,没有保存。"))
    dispute.state = following.value
    dispute.decided_on = timezone.localdate()
    if move.needs_reason:
        dispute.decision, dispute.decided_by = reason.strip(), by
    with change(reason) as changes:
        changes.save(dispute, expected_version=expected_version)
    return dispute
