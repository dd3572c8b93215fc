"""What officers change: the official document of a clause, the amount that a clause leaves to the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.attached.preparing import Prepared, laid_down
from luming_portal.audit.door import change
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.models import ItemAmount, OfficialText

TAIL = 2048
"""Bytes at the end of a PDF within which its end mark stands."""


def attach_text(
    item: OfficialText, upload: Prepared, *, by: Any, today: dt.date | None = None
) -> OfficialText:
    """Keep the official document of some items' clauses; from now on the public sees their amounts.

    Raises:
        Refused: not an officer, no item, an unknown item, dates that do not fit, or a PDF that is cut short. Nothing was
            kept.
    """
    require(by, Action.CREATE, "support_text")
    day = today or timezone.localdate()
    _items_known(item.items)
    if item.issued_on > day:
        raise Refused(_("印发日在今天之后。请核对。"))
    if item.effective_until is not None and item.effective_until < item.issued_on:
        raise Refused(_("有效期至早于印发日。请核对。"))
    if not upload.small and b"%%EOF" not in upload.content[-TAIL:]:
        raise Refused(_("这个 PDF 不完整,没有结尾。请重新下载或扫描后再上传。没有保存任何内容。"))
    item.attached_on, item.attached_by = day, by
    item.caption = item.title
    item.demo = by.demo
    with laid_down(item, upload), change(_("附上政策正式文件")) as changes:
        changes.save(item)
    return item


def withdraw_text(item: OfficialText, *, by: Any, reason: str, today: dt.date | None = None) -> None:
    """Take a document off again: amounts that rested on it alone are hidden from the public.

    Raises:
        Refused: not an officer, no reason, or taken off before.
    """
    require(by, Action.CHANGE, "support_text", item)
    if not reason.strip():
        raise Refused(_("要写明撤下的理由。"))
    with change(reason) as changes:
        stored = OfficialText.objects.select_for_update().get(pk=item.pk)
        if stored.withdrawn_on is not None:
            raise Refused(_("这份文件已经撤下。"))
        stored.withdrawn_on = today or timezone.localdate()
        changes.save(stored)


def enter_amount(item: ItemAmount, *, by: Any) -> ItemAmount:
    """Enter the amount of an item that the clause leaves to the office's own rules.

    Raises:
        Refused: not the office, an unknown item, an item whose clause names its amount, or a term that ends before it
            begins.
    """
    require(by, Action.CREATE, "item_amount")
    _items_known([item.item])
    if not support_shelf().waits(item.item):
        raise Refused(_("这一项的金额在条款里已经写明,不能另行录入。"))
    if item.last_day is not None and item.last_day < item.first_day:
        raise Refused(_("截止日早于起始日。"))
    item.entered_by, item.demo = by, by.demo
    with change(item.basis) as changes:
        changes.save(item)
    return item


def withdraw_amount(item: ItemAmount, *, by: Any, reason: str, today: dt.date | None = None) -> None:
    """Take an entered amount back: the item waits for the office again.

    Raises:
        Refused: not the office, no reason, or taken back before.
    """
    require(by, Action.CHANGE, "item_amount", item)
    if not reason.strip():
        raise Refused(_("要写明撤回的理由。"))
    with change(reason) as changes:
        stored = ItemAmount.objects.select_for_update().get(pk=item.pk)
        if stored.withdrawn_on is not None:
            raise Refused(_("这笔金额已经撤回。"))
        stored.withdrawn_on = today or timezone.localdate()
        changes.save(stored)


def _items_known(keys: Sequence[str]) -> None:
    if not keys:
        raise Refused(_("没有选择事项。"))
    unknown = [key for key in keys if key not in support_shelf().items]
    if unknown:
        raise Refused(_("没有这些事项:%s。") % _("、").join(unknown))
