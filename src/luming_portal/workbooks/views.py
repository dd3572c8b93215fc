"""Pages of old workbooks: handing one in, correcting how it is read, loading it; the mappings that are remembered."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.errors import FactsFaults
from luming.facts.workbook import mapping_text
from luming_portal.accounts.rights import Action, decide, require, visible
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.error_views import error_page, stale, wants_json
from luming_portal.indicators.models import Indicator
from luming_portal.uploads import UploadRefused, guarded_upload
from luming_portal.workbooks.editing import all_checked, edited, shape_of
from luming_portal.workbooks.forms import LoadForm, NameForm
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping
from luming_portal.workbooks.opening import checked
from luming_portal.workbooks.pages import Desk
from luming_portal.workbooks.selectors import mappings_for, staged_of
from luming_portal.workbooks.services import (
    LoadRefused,
    LoadStale,
    forget_mapping,
    import_mapping,
    keep_mapping,
    load_workbook,
    rename_mapping,
    stage_workbook,
)

_MOST_FAULTS = 100


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def workbook_list(request: HttpRequest) -> HttpResponse:
    """Hand a workbook in; those that wait, and the mappings that are remembered."""
    require(request.user, Action.VIEW, "workbook")
    faults: list[str] = []
    if request.method == "POST":
        require(request.user, Action.IMPORT, "workbook")
        file = checked(request.FILES.get("file"))
        try:
            staged = stage_workbook(str(file.name), file.read(), by=request.user)
        except FactsFaults as problem:
            faults = [fault.sentence() for fault in problem.faults[:_MOST_FAULTS]]
        else:
            return redirect("workbooks:workbook", staged.pk)
    mappings = mappings_for(request.user)
    if wants_json(request) and not faults:
        told = [{"name": one.name, "unit": one.unit, "fingerprint": one.fingerprint} for one in mappings]
        return JsonResponse({"mappings": told}, json_dumps_params={"ensure_ascii": False})
    return _listed(request, faults, mappings)


def _listed(request: HttpRequest, faults: list[str], mappings: list[WorkbookMapping]) -> HttpResponse:
    context = {
        "faults": faults,
        "mappings": mappings,
        "waiting": staged_of(request.user).defer("original", "content"),
        "may_import": decide(request.user, Action.IMPORT, "workbook"),
    }
    return render(request, "workbooks/list.html", context, status=400 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """How a workbook is read, beside the sheets as they are, and the figures that come of it."""
    require(request.user, Action.IMPORT, "workbook")
    staged = _staged(request, pk)
    if request.method != "POST":
        return render(request, "workbooks/workbook.html", Desk(staged, request.user).context())
    wanted = request.POST.get("do", "")
    if wanted == "drop":
        staged.delete()
        messages.info(request, _("已放弃这份工作簿,没有装入任何内容。"))
        return redirect("workbooks:list")
    desk = Desk(staged, request.user)
    is_part = bool(request.headers.get("HX-Request"))
    if request.POST.get("shape") != shape_of(desk.mapping):
        if is_part:
            return HttpResponse(headers={"HX-Refresh": "true"})
        sentence = _("这份工作簿的读法在别的页面上改过了。请回到它的页面,看过以后再改;这次没有改动。")
        return error_page(request, 409, _("页面已经过时"), sentence)
    result = edited(request.POST, desk.mapping, desk.file, desk.knowledge)
    desk.mapping = all_checked(result.mapping) if wanted == "all_checked" else result.mapping
    keep_mapping(staged, desk.mapping)
    if is_part and result.reshaped:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if is_part:
        return render(request, "workbooks/_preview.html", desk.context(faults=result.faults))
    if result.faults:
        return render(request, "workbooks/workbook.html", desk.context(faults=result.faults), status=400)
    return HttpResponseRedirect(f"{reverse('workbooks:workbook', args=[staged.pk])}#figures")


@require_POST
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the figures; the book of facts is as it was until here."""
    require(request.user, Action.IMPORT, "workbook")
    staged = _staged(request, pk)
    form = LoadForm(request.POST)
    problem, status = "", 400
    if form.is_valid():
        given = form.cleaned_data
        shown = {int(one) for one in request.POST.getlist("shown") if one.isdecimal() and len(one) < 8}
        taken = {int(one) for one in request.POST.getlist("take") if one.isdecimal() and len(one) < 8}
        try:
            done = load_workbook(
                staged,
                by=request.user,
                source=form.source(),
                recorded_on=given["recorded_on"],
                digest=request.POST.get("digest", ""),
                reason=given["reason"],
                partly=request.POST.get("partly") == "1",
                leave=shown - taken,
                remember=given["remember"],
            )
        except LoadStale:
            problem, status = (
                _("结果与刚才的预览不同了(台账有变动,或登记日不同),还没有装入任何内容。下面是新的预览。"),
                409,
            )
        except (LoadRefused, ReasonMissing) as refused:
            problem = str(refused)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            messages.success(
                request,
                _("已装入:新增%(new)d个,更正%(corrected)d个,台账已有%(same)d个,没有装入%(left)d个。")
                % {"new": done.new, "corrected": done.corrected, "same": done.same, "left": done.left},
            )
            return redirect("workbooks:list")
    desk = Desk(staged, request.user, form)
    return render(request, "workbooks/workbook.html", desk.context(problem=problem), status=status)


@guarded_upload
@require_http_methods(["POST"])
def mapping_import(request: HttpRequest) -> HttpResponse:
    """Keep a mapping file as the command line writes it."""
    require(request.user, Action.IMPORT, "workbook")
    file = request.FILES.get("file")
    if file is None or not file.name:
        raise UploadRefused(_("没有选择文件。请选择 .yaml 读法文件。"))
    try:
        item = import_mapping(str(file.name), file.read(), by=request.user)
    except FactsFaults as problem:
        faults = [fault.sentence() for fault in problem.faults[:_MOST_FAULTS]]
        return _listed(request, faults, mappings_for(request.user))
    except LoadRefused as refused:
        return _listed(request, [str(refused)], mappings_for(request.user))
    messages.success(request, _("已保存读法“%s”。") % item.name)
    return redirect("workbooks:list")


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """A remembered mapping: what it reads as what; to be renamed or removed."""
    require(request.user, Action.VIEW, "workbook")
    item = get_object_or_404(visible(request.user, WorkbookMapping.objects.all()), pk=pk)
    form = NameForm(request.POST or None, initial={"name": item.name, "version": item.version})
    status = 200
    if request.method == "POST" and request.POST.get("do") == "forget":
        forget_mapping(item, by=request.user)
        messages.success(request, _("已删除读法“%s”;用它装入的数都还在。") % item.name)
        return redirect("workbooks:list")
    if request.method == "POST":
        require(request.user, Action.CHANGE, "workbook", item)
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                rename_mapping(item, given["name"], by=request.user, expected_version=given["version"])
            except StaleVersion as problem:
                return stale(request, problem)
            except ValidationError as refused:
                form.add_error("name", _("本单位已有这个名称的读法,请换一个。"))
                del refused
            else:
                messages.success(request, _("已改名为“%s”。") % item.name)
                return redirect("workbooks:mapping", item.pk)
    context = {
        "item": get_object_or_404(WorkbookMapping, pk=pk),
        "mapping": item.mapping(),
        "labels": dict(Indicator.objects.values_list("key", "label")),
        "form": form,
        "may_change": decide(request.user, Action.CHANGE, "workbook", item),
    }
    return render(request, "workbooks/mapping.html", context, status=status)


@require_safe
def mapping_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The mapping as the file that `luming facts read` uses, under the name by which it looks for it."""
    require(request.user, Action.EXPORT, "workbook")
    item = get_object_or_404(visible(request.user, WorkbookMapping.objects.all(), Action.EXPORT), pk=pk)
    response = HttpResponse(mapping_text(item.mapping()), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{item.fingerprint}.yaml"'
    return response


def _staged(request: HttpRequest, pk: int) -> StagedWorkbook:
    """A waiting workbook of one's own."""
    return get_object_or_404(staged_of(request.user), pk=pk)
