"""One value for many entries: choose, see how many and what changes, then do it, with a reason.

What was previewed is what is done: the preview carries a hash over every entry and its version, and where it no longer
fits, nothing is done and the new preview is shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.cells import CellFault, read_cell
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.counting import choices_of
from luming_portal.registers.register import Register
from luming_portal.registers.rows import records
from luming_portal.registers.services import change_many
from luming_portal.registers.state import ListState, read_state
from luming_portal.registers.targets import targets

MOST_RECORDS = 5000
ASKED_TWICE = 200
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Option:
    """A column that can be set: the value typed for it, and values that stand in the register."""

    column: Column
    typed: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be done: (name, before) of the first entries, how many change, how many stay, and the hash over all."""

    changing: int
    unchanged: int
    before: dict[str, int]
    lines: tuple[tuple[str, str], ...]
    after: str
    digest: str


@require_POST
def record_bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose, preview, confirm: one address, three times."""
    register = register_or_404(slug)
    if register.append_only:
        raise Http404(slug)
    require(request.user, Action.BULK, register.noun)
    state = read_state(register, request.user, request.GET)
    asked = _asked(request, register, state, Action.VIEW)
    found = _asked(request, register, state, Action.BULK)
    keys = list(found.values_list("pk", flat=True)[: MOST_RECORDS + 1])
    context: dict[str, Any] = {
        "register": register,
        "query": state.query(page=1),
        "which": "all" if request.POST.get("which") == "all" else "selected",
        "selected": _selected(request),
        "count": len(keys),
        "not_mine": asked.count() - len(keys) if len(keys) <= MOST_RECORDS else 0,
        "reason": request.POST.get("reason", ""),
        "chosen": request.POST.get("column", ""),
        "most": MOST_RECORDS,
        "asked_twice": ASKED_TWICE,
    }
    if not keys:
        messages.error(request, _("没有选中您可以批量修改的记录。请先在列表里勾选,或用“批量修改全部”。"))
        return HttpResponseRedirect(f"{register.address()}?{context['query'] or 'q='}")
    if len(keys) > MOST_RECORDS:
        messages.error(
            request, _("一次最多批量修改%d条,请先用筛选缩小范围。没有修改任何内容。") % MOST_RECORDS
        )
        return HttpResponseRedirect(f"{register.address()}?{context['query'] or 'q='}")
    options = _options(request, register)
    context["options"] = options
    if "column" not in request.POST and "step" not in request.POST:
        return render(request, "registers/bulk.html", context)
    return _carry_on(request, register, found, options, context)


def _carry_on(
    request: HttpRequest, register: Register, found: Any, options: list[Option], context: dict[str, Any]
) -> HttpResponse:
    option = next((one for one in options if one.column.key == context["chosen"]), None)
    problems = []
    value: Any = None
    if option is None:
        problems.append(_("请选择要修改的一列。"))
    else:
        try:
            value = _value(register, request, option)
        except CellFault as fault:
            problems.append(
                _("“%(label)s”应为%(expected)s。") % {"label": option.column.label, "expected": fault}
            )
    if not context["reason"].strip():
        problems.append(_("请写明批量修改的理由。"))
    if problems or option is None:
        return render(request, "registers/bulk.html", {**context, "problems": problems}, status=400)
    preview = _preview(option.column, found, value)
    context |= {"preview": preview, "option": option}
    confirmed = request.POST.get("confirm", "")
    if not confirmed:
        return render(request, "registers/bulk.html", context)
    if confirmed != preview.digest:
        context["problems"] = [
            _("预览之后有记录被别人修改了,还没有修改任何内容。下面是新的预览,请核对后再确认。")
        ]
        return render(request, "registers/bulk.html", context, status=409)
    if preview.changing > ASKED_TWICE and request.POST.get("sure") != "1":
        context["problems"] = [_("修改超过%d条,请勾选确认。") % ASKED_TWICE]
        return render(request, "registers/bulk.html", context, status=400)
    try:
        changed = change_many(
            register, found, targets(register, request.user)[option.column.key].field.attname, value, by=request.user,
            reason=context["reason"],
        )  # fmt: skip
    except Refused as refused:
        return render(request, "registers/bulk.html", {**context, "problems": [refused.reason]}, status=403)
    messages.success(
        request,
        _("已修改%(changed)d条,其余%(rest)d条原来就是这个值。")
        % {"changed": changed, "rest": preview.unchanged},
    )
    return HttpResponseRedirect(f"{register.address()}?{context['query'] or 'q='}")


def _selected(request: HttpRequest) -> list[str]:
    return [pk for pk in request.POST.getlist("record") if pk.isascii() and pk.isdigit() and len(pk) < 19]


def _asked(request: HttpRequest, register: Register, state: ListState, action: Action) -> Any:
    if request.POST.get("which") == "all":
        return records(register, request.user, state, action)
    return (
        register.records(request.user, action)
        .filter(pk__in=[int(pk) for pk in _selected(request)][:MOST_RECORDS])
        .order_by("pk")
    )


def _options(request: HttpRequest, register: Register) -> list[Option]:
    writable = targets(register, request.user)
    base = register.records(request.user)
    found = []
    for column in register.columns_for(request.user):
        if not column.bulk or column.key not in writable:
            continue
        known: tuple[str, ...] = ()
        if column.kind is Kind.CHOICE:
            known = tuple(words for _value, words, _count in choices_of(register, base, column))
        found.append(Option(column, request.POST.get(f"value-{column.key}", "").strip()[:200], known))
    return found


def _value(register: Register, request: HttpRequest, option: Option) -> Any:
    value = read_cell(option.column, option.typed)
    field = targets(register, request.user)[option.column.key].field
    if value is None:
        raise CellFault(_("“是”或“否”") if option.column.kind is Kind.FLAG else _("一个值"))
    longest = getattr(field, "max_length", None)
    if longest and len(str(value)) > longest:
        raise CellFault(_("不超过%d个字") % longest)
    return value


def _preview(column: Column, found: Any, value: Any) -> Preview:
    digest = hashlib.sha256(f"{column.key}={value!r}".encode())
    before: dict[str, int] = {}
    lines: list[tuple[str, str]] = []
    changing = unchanged = 0
    title = found.model._meta.get_field(
        "name" if hasattr(found.model, "name") else "label" if hasattr(found.model, "label") else "key"
    ).name
    for pk, version, name, stands in found.values_list("pk", "version", title, column.read):
        digest.update(f"|{pk}:{version}".encode())
        if stands == value:
            unchanged += 1
            continue
        changing += 1
        words = column.words(stands)
        before[words] = before.get(words, 0) + 1
        if len(lines) < _SHOWN:
            lines.append((name, words))
    ordered = dict(sorted(before.items(), key=lambda pair: -pair[1])[:20])
    return Preview(changing, unchanged, ordered, tuple(lines), column.words(value), digest.hexdigest())
