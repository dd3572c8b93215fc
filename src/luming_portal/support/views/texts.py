"""Officers' pages beside an item: its official document, and the amount that its clause leaves to the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.support import Item
from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.attached.answer import file_answer
from luming_portal.attached.preparing import prepare
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.forms import AmountForm, OfficialTextForm
from luming_portal.support.models import ItemAmount, OfficialText
from luming_portal.support.selectors import name_of
from luming_portal.support.services import attach_text, enter_amount, withdraw_amount, withdraw_text
from luming_portal.uploads import UploadRefused, guarded_upload


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def text_attach(request: HttpRequest, key: str) -> HttpResponse:
    """Attach the official document of an item's clause; the same document may carry clauses of other items."""
    require(request.user, Action.CREATE, "support_text")
    item = item_or_404(key)
    beside = [one for one in support_shelf().items.values() if one.source == item.source]
    form = OfficialTextForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        choices=[(one.key, f"{one.name} {one.clause}".strip()) for one in beside],
        initial={
            "items": [item.key],
            "title": item.source.title,
            "number": item.source.number,
            "issuer": item.source.issuer,
            "issued_on": item.source.issued,
            "clause": item.clause,
        },
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                attach_text(form.text(), prepare(form.cleaned_data["file"]), by=request.user)
            except UploadRefused as refused:
                form.add_error("file", str(refused))
                status = 413 if refused.too_large else 400
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("已附上。这些事项的金额现在对外显示。"))
                return redirect("support:item", key)
    return render(request, "support/text_form.html", _context(item, form), status=status)


@require_safe
def text_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The document itself."""
    require(request.user, Action.VIEW, "support_text")
    return file_answer(request, get_object_or_404(visible(request.user, OfficialText.objects.all()), pk=pk))


@require_POST
def text_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document off again."""
    require(request.user, Action.CHANGE, "support_text")
    text = get_object_or_404(OfficialText, pk=pk, withdrawn_on__isnull=True)
    try:
        withdraw_text(text, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已撤下。只凭这份文件公开的金额不再对外显示。"))
    return redirect("support:item", text.items[0])


@require_http_methods(["GET", "HEAD", "POST"])
def amount_enter(request: HttpRequest, key: str) -> HttpResponse:
    """Enter the amount of an item whose clause leaves it to the office."""
    require(request.user, Action.CREATE, "item_amount")
    item = item_or_404(key)
    if not support_shelf().waits(key):
        raise Http404(key)
    form = AmountForm(request.POST or None, initial={"first_day": timezone.localdate()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                enter_amount(form.amount_of(key), by=request.user)
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("已录入。以前录入的留在记录里。"))
                return redirect("support:item", key)
    return render(request, "support/amount_form.html", _context(item, form), status=status)


@require_POST
def amount_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entered amount back."""
    require(request.user, Action.CHANGE, "item_amount")
    row = get_object_or_404(ItemAmount, pk=pk, withdrawn_on__isnull=True)
    try:
        withdraw_amount(row, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已撤回,这一项的金额重新待定。"))
    return redirect("support:item", row.item)


def item_or_404(key: str) -> Item:
    """An item by its key.

    Raises:
        Http404: there is none.
    """
    item = support_shelf().items.get(key)
    if item is None:
        raise Http404(key)
    return item


def _context(item: Item, form: Any) -> dict[str, Any]:
    return {"item": item, "name": name_of(item), "form": form}
