"""Adding, changing and removing one entry. What was typed survives every error; a stale version shows both states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.cells import cell_words
from luming_portal.registers.counting import choices_of
from luming_portal.registers.forms import RecordForm
from luming_portal.registers.register import Register
from luming_portal.registers.services import delete_record, save_record
from luming_portal.registers.targets import targets


@dataclass(frozen=True, slots=True)
class Clash:
    """One field on which two people worked: what stood when the form was opened, what stands now, what was typed."""

    label: str
    opened: str
    stands: str
    typed: str
    mine: bool
    theirs: bool


@require_http_methods(["GET", "HEAD", "POST"])
def record_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an entry."""
    register = register_or_404(slug)
    if "create_view" in register.extra:
        made: HttpResponse = import_string(register.extra["create_view"])(request)
        return made
    register = _editable(slug)
    require(request.user, Action.CREATE, register.noun)
    form = _form(register)(
        request.POST or None,
        instance=register.model(),
        register=register,
        user=request.user,
        initial=_own_place(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            item = save_record(register, form.instance, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("已登记“%s”。") % item)
            return HttpResponseRedirect(register.address_of(item.pk))
    return _page(request, register, form)


@require_http_methods(["GET", "HEAD", "POST"])
def record_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an entry."""
    register = _editable(slug)
    record = get_object_or_404(register.records(request.user).select_related(*register.select), pk=pk)
    require(request.user, Action.CHANGE, register.noun, record)
    form = _form(register)(request.POST or None, instance=record, register=register, user=request.user)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            save_record(
                register,
                form.instance,
                by=request.user,
                reason=form.cleaned_data["reason"],
                expected_version=version or 0,
            )
        except StaleVersion as stale:
            return _stale(request, register, form, stale)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(register.address_of(pk))
    return _page(request, register, form, record=register.model._default_manager.get(pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def record_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove an entry, with a reason."""
    register = _editable(slug)
    record = get_object_or_404(register.records(request.user), pk=pk)
    require(request.user, Action.DELETE, register.noun, record)
    context: dict[str, Any] = {
        "register": register,
        "record": record,
        "reason": request.POST.get("reason", ""),
    }
    status = 200
    if request.method == "POST":
        problem = _deleted(request, register, record)
        if not problem:
            messages.success(request, _("已删除“%s”;变更记录里留有删除前的内容。") % record)
            return HttpResponseRedirect(f"{register.address()}?q=")
        context["problem"], status = problem, 400
    return render(request, "registers/delete.html", context, status=status)


def _deleted(request: HttpRequest, register: Register, record: Any) -> str:
    """Remove the entry; "" when it is gone, else the sentence why not."""
    reason, version = request.POST.get("reason", "").strip(), request.POST.get("version", "")
    if not reason:
        return _("请写明删除的理由。没有删除任何内容。")
    try:
        delete_record(
            register,
            record,
            by=request.user,
            reason=reason,
            expected_version=int(version) if version.isascii() and version.isdigit() else 0,
        )
    except ProtectedError as problem:
        names = _("、").join(sorted({str(item._meta.verbose_name) for item in problem.protected_objects}))
        return _("它还被别的记录引用(%(names)s),不能删除;请先处理那些记录。没有删除任何内容。") % {
            "names": names
        }
    except StaleVersion as problem:
        return str(problem)
    return ""


def _editable(slug: str) -> Register:
    register = register_or_404(slug)
    if not register.form or register.append_only:
        raise Http404(slug)
    return register


def _form(register: Register) -> type[RecordForm]:
    found: type[RecordForm] = import_string(register.form)
    return found


def _own_place(request: HttpRequest) -> dict[str, str]:
    """What a person's own entries usually carry."""
    user: Any = request.user
    return {"district": user.district, "steward": user.unit, "mark": "secondary"}


def _page(
    request: HttpRequest,
    register: Register,
    form: RecordForm,
    record: Any = None,
    clashes: list[Clash] | None = None,
    latest: Any = None,
) -> HttpResponse:
    known = {
        field.name: [
            words
            for _value, words, _count in choices_of(
                register, register.records(request.user), field.field.known
            )
        ]
        for field in form.shown_fields()
        if hasattr(field.field, "known")
    }
    context = {
        "register": register,
        "form": form,
        "record": record,
        "clashes": clashes,
        "latest": latest,
        "known": known,
    }
    status = 409 if clashes is not None else 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "registers/form.html", context, status=status)


def _stale(request: HttpRequest, register: Register, form: RecordForm, stale: StaleVersion) -> HttpResponse:
    """Both states side by side; the form below holds the newer state with what this person changed put over it."""
    stored: Any = stale.stored
    mine = set(form.changed_here())
    clashes = []
    for target in targets(register, request.user).values():
        name = target.field.name
        if name not in form.fields:
            continue
        opened, typed, stands = form[name].initial, form.cleaned_data.get(name), getattr(stored, name)
        field = form.fields[name]
        hidden = form._widget_data_value(  # type: ignore[attr-defined]
            field.hidden_widget(), form[name].html_initial_name
        )
        opened = field.to_python(hidden) if hidden is not None else opened
        theirs = _plain(opened) != _plain(stands)
        if name in mine or theirs:
            words = [_words(target, one) for one in (opened, stands, typed)]
            clashes.append(
                Clash(str(target.column.label), words[0], words[1], words[2], name in mine, theirs)
            )
    merged: Any = form.data.copy()  # type: ignore[attr-defined]
    for name in form.fields:
        if name in ("version", "reason"):
            continue
        bound = form[name]
        value = getattr(stored, name)
        shown = form.fields[name].prepare_value(value.pk if hasattr(value, "pk") else value)
        if name not in mine:
            _put(merged, bound.html_name, shown)
        _put(merged, bound.html_initial_name, shown)
    merged["version"] = str(stored.version)
    fresh = _form(register)(
        merged,
        instance=register.model._default_manager.get(pk=stored.pk),
        register=register,
        user=request.user,
    )
    fresh.is_valid()
    latest = Change.objects.filter(model=stored._meta.label_lower, object_id=str(stored.pk)).first()
    return _page(request, register, fresh, record=stored, clashes=clashes, latest=latest)


def _put(data: Any, name: str, value: Any) -> None:
    if value is False or value is None:
        data.pop(name, None) if value is False else data.__setitem__(name, "")
    else:
        data[name] = str(value)


def _plain(value: Any) -> Any:
    if hasattr(value, "pk"):
        return value.pk
    return "" if value is None else value


def _words(target: Any, value: Any) -> str:
    if target.by_key:
        return str(value or "")
    return cell_words(target.column, value)
