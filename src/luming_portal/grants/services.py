"""What changes grants: giving one, revoking it at once, and noting every look before anything is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.standards import Standard
from luming_portal.accounts.rights import Action, Refused, require, role_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.grants.freezing import digest_of, frozen_sight
from luming_portal.grants.models import LENDERS, SightGrant, SightLook
from luming_portal.institutions.models import Institution

LONGEST = 366
"""Days for which a grant may be given at most (平台默认口径)."""


def give_sight(
    firm: Enterprise,
    institution: Institution,
    standards: Sequence[Standard],
    *,
    by: Any,
    purpose: str,
    first_day: dt.date,
    last_day: dt.date,
    today: dt.date | None = None,
) -> SightGrant:
    """Let an institution see the firm's points.

    Raises:
        Refused: not a person of the firm, no bank or fund, no purpose, no standard, or a term that is none.
    """
    require(by, Action.CREATE, "sight_grant", SightGrant(enterprise=firm))
    day = today or timezone.localdate()
    if institution.kind not in LENDERS:
        raise Refused(_("只能授权银行或融资担保机构。"))
    if not purpose.strip():
        raise Refused(_("要写明用途。"))
    if not standards:
        raise Refused(_("没有选择要开放的评分或标准。"))
    if not day <= first_day <= last_day or (last_day - first_day).days >= LONGEST:
        raise Refused(_("期限从今天或以后开始,最长一年。"))
    frozen = frozen_sight(firm, standards, day)
    made = SightGrant(
        enterprise=firm,
        institution=institution,
        purpose=purpose.strip(),
        first_day=first_day,
        last_day=last_day,
        frozen=frozen,
        digest=digest_of(frozen),
        made_by=by,
        demo=firm.demo or by.demo,
    )
    with change(_("授权查看:%s") % purpose.strip()) as changes:
        changes.save(made)
    return made


def revoke(grant: SightGrant, *, by: Any) -> SightGrant:
    """Take a grant back; from this moment the institution sees nothing.

    Raises:
        Refused: not a person of the firm, or revoked before.
    """
    require(by, Action.CHANGE, "sight_grant", grant)
    with change(_("撤回授权")) as changes:
        stored = SightGrant.objects.select_for_update().get(pk=grant.pk)
        if stored.revoked_at is not None:
            raise Refused(_("这项授权已经撤回。"))
        stored.revoked_at = timezone.now()
        changes.save(stored)
    return stored


def look(grant: SightGrant, *, by: Any, form: str = "page") -> SightGrant | None:
    """Note a look and give what may be shown; None where nothing may be shown any more.

    The firm's own people look without a note. The grant is held until the note stands, so that a look and a
    revocation never pass each other.
    """
    if role_of(by) is Role.ENTERPRISE:
        return visible(by, SightGrant.objects.filter(pk=grant.pk)).first()
    with change(_("查看企业授权内容")) as changes:
        stored = visible(by, SightGrant.objects.select_for_update().filter(pk=grant.pk)).first()
        if stored is None:
            return None
        looker = str(by.institution) if by.institution_id else str(role_of(by).label)
        note = SightLook(
            grant=stored,
            looked_at=timezone.now(),
            looked_by=by,
            looker=looker,
            form=form,
            demo=stored.demo or by.demo,
        )
        changes.save(note)
    return stored
