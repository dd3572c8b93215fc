"""The items of support for everybody: list, one item, its guide for firms and its manual for the office."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming.support import Item, ItemKind, Lane
from luming_portal.accounts.rights import Action, decide, require
from luming_portal.error_views import wants_json
from luming_portal.library_words import word
from luming_portal.registers.table_file import FORMS, table_file
from luming_portal.support.catalogue import rule_digest, support_shelf
from luming_portal.support.item_words import assumed_words, cap_words, condition_lines, formula_of
from luming_portal.support.listing import SORTS, STATES, Row, Wanted, departments, rows
from luming_portal.support.models import ItemAmount, OfficialText
from luming_portal.support.money import in_wan
from luming_portal.support.selectors import document_address, name_of, sees_behind, source_of, told
from luming_portal.support.steps import steps_of
from luming_portal.support.views.texts import item_or_404
from luming_portal.support.worth import FEN

PAGE = 50


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """Every item, with search, filters and order; as JSON, workbook and CSV too."""
    require(request.user, Action.VIEW, "support_item")
    today = timezone.localdate()
    wanted = Wanted.read(request.GET)
    found = rows(wanted, told(today), behind=sees_behind(request.user))
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "support_item")
        return table_file(
            _("惠企政策-%s") % today.isoformat(), _heads(), [_cells(one) for one in found], form
        )
    if wants_json(request):
        told_of = {"count": len(found), "items": [_json(one) for one in found]}
        return JsonResponse(told_of, json_dumps_params={"ensure_ascii": False})
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "lanes": [(one.value, word(one.label)) for one in Lane],
        "kinds": [(one.value, word(one.label)) for one in ItemKind],
        "states": [(key, str(label)) for key, label in STATES.items()],
        "sorts": [(key, str(label)) for key, label in SORTS.items()],
        "departments": departments(),
        "query": wanted.query(),
        "may_automatic": decide(request.user, Action.VIEW, "automatic_run"),
    }
    return render(request, "support/items.html", context)


@require_safe
def item_page(request: HttpRequest, key: str) -> HttpResponse:
    """One item: who, how much, by which clause, how, its versions and its end."""
    require(request.user, Action.VIEW, "support_item")
    context = _of_item(request, item_or_404(key))
    if wants_json(request):
        return JsonResponse(_json(context["row"]), json_dumps_params={"ensure_ascii": False})
    return render(request, "support/item.html", context)


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """How to apply, for a firm: made from the item's data."""
    require(request.user, Action.VIEW, "support_item")
    return render(request, "support/guide.html", _of_item(request, item_or_404(key)))


@require_safe
def manual(request: HttpRequest, key: str) -> HttpResponse:
    """How to pay it out, for the office: made from the item's data and the process of its lane."""
    require(request.user, Action.VIEW, "support_item")
    return render(request, "support/manual.html", _of_item(request, item_or_404(key)))


def _of_item(request: HttpRequest, item: Item) -> dict[str, Any]:
    today = timezone.localdate()
    known = told(today)
    inputs = support_shelf().inputs
    rule = item.standard_on(today) or item.standard
    return {
        "item": item,
        "name": name_of(item),
        "row": Row.of(item, known, behind=sees_behind(request.user)),
        "today": today,
        "texts": known.attached.get(item.key, ()),
        "taken_off": _taken_off(request.user, item),
        "amounts": list(ItemAmount.objects.filter(item=item.key).select_related("entered_by")),
        "waits": support_shelf().waits(item.key),
        "conditions": condition_lines(rule),
        "facts": [inputs[name] for name in rule.inputs if name in inputs],
        "versions": item.standards,
        "formula": formula_of(item, today),
        "instalments": [in_wan(int(part * FEN)) for part in item.instalments],
        "caps": [cap_words(cap) for cap in item.caps],
        "shares": [(share.who, f"{float(share.part):.0%}") for share in item.share],
        "assumed": [assumed_words(name) for name in item.assumed],
        "digest": rule_digest(item),
        "others": _beside(item),
        "stack": _stack(item),
        "document": document_address(item),
        "source": source_of(item),
        "steps": steps_of(item.lane),
        "may_attach": decide(request.user, Action.CREATE, "support_text"),
        "may_enter": decide(request.user, Action.CREATE, "item_amount"),
    }


def _taken_off(user: Any, item: Item) -> list[OfficialText]:
    """The documents that were taken off again; for officers."""
    if not sees_behind(user):
        return []
    rows = OfficialText.objects.filter(withdrawn_on__isnull=False).select_related("attached_by")
    return [row for row in rows if item.key in row.items]


def _beside(item: Item) -> list[Item]:
    """The other items of the same document."""
    return [
        one for one in support_shelf().items.values() if one.source == item.source and one.key != item.key
    ]


def _stack(item: Item) -> list[Item]:
    """The other items of its stacking group."""
    if not item.group:
        return []
    return [one for one in support_shelf().items.values() if one.group == item.group and one.key != item.key]


def _heads() -> list[str]:
    return [
        _("事项"), _("方式"), _("类别"), _("主管部门"), _("金额"), _("文件"), _("文号"), _("条款"),
        _("自"), _("至"), _("状态"), _("可信度"), _("代码"),
    ]  # fmt: skip


def _cells(row: Row) -> list[str | dt.date | None]:
    item = row.item
    return [
        row.name, word(item.lane.label), word(item.kind.label), item.lead, row.money or row.why_no_money,
        item.source.title, item.source.number, item.clause, item.starts, item.ends, str(STATES[row.state]),
        word(item.mark.label), item.key,
    ]  # fmt: skip


def _json(row: Row) -> dict[str, Any]:
    item = row.item
    return {
        "key": item.key,
        "name": item.name,
        "lane": item.lane.value,
        "kind": item.kind.value,
        "receiver": item.receiver.value,
        "department": item.lead,
        "low_fen": row.low,
        "high_fen": row.high,
        "money": row.money,
        "document": {
            "title": item.source.title,
            "number": item.source.number,
            "official": item.source.official,
        },
        "clause": item.clause,
        "from": item.starts,
        "to": item.ends,
        "state": row.state,
        "mark": item.mark.value,
        "sha256": rule_digest(item),
    }
