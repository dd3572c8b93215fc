"""A document comes in: as text, in two pages (the text, then what was read from its head), or as an archive."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming.document import outline
from luming.errors import FaultyInput
from luming.extract import extract
from luming_portal.accounts.rights import Action, require
from luming_portal.documents.archive import MAX_BYTES, unpack_archive
from luming_portal.documents.forms import ArchiveForm, TextForm
from luming_portal.documents.intake import pasted_text, plain_name, proposed_key
from luming_portal.documents.models import Document
from luming_portal.documents.services import import_draft, start_draft
from luming_portal.uploads import guarded_upload

_PLACE = re.compile(r"(?:中共)?([一-鿿]{2,8}?(?:市|盟|自治州|县|区|旗))")
_HEAD = ("number", "title", "issuer", "date")


@guarded_upload
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The text of a new document; after it, its head to be confirmed."""
    require(request.user, Action.CREATE, "document")
    if request.method == "GET":
        return render(request, "documents/new.html", {"form": TextForm()})
    if request.POST.get("confirmed"):
        return _start(request)
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "documents/new.html", {"form": form}, status=422)
    return render(request, "documents/confirm.html", _read(form.cleaned_data["read"]))


@guarded_upload
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """An archive with the files of a document."""
    require(request.user, Action.IMPORT, "document")
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "documents/import.html", {"form": form}, status=status)
    upload = form.cleaned_data["file"]
    try:
        unpacked = unpack_archive(upload.read(MAX_BYTES + 1), plain_name(upload.name))
        draft = import_draft(unpacked, by=request.user)
    except FaultyInput as problem:
        context = {"form": form, "faults": problem.faults, "consequence": problem.consequence}
        return render(request, "documents/import.html", context, status=422)
    messages.success(request, _("已导入。核对后即可发布。"))
    return HttpResponseRedirect(reverse("documents:desk", args=[draft.document_id]))


def _start(request: HttpRequest) -> HttpResponse:
    fields = request.POST.dict()
    text = fields.get("text", "").replace("\r\n", "\n")
    year = fields.get("year", "").strip()
    try:
        text = pasted_text(text)
        draft = start_draft(
            by=request.user,
            text=text,
            key=fields.get("key", "").strip().lower(),
            place=fields.get("place", "").strip(),
            year=int(year) if year.isdigit() else 0,
            head={name: fields.get(name, "") for name in _HEAD},
        )
    except FaultyInput as problem:
        context = {**_read(text), **fields, "text": text, "faults": problem.faults}
        return render(request, "documents/confirm.html", context, status=422)
    messages.success(request, _("文件已拆成句子，数字已标出。从第一句开始，逐句核对即可。"))
    return HttpResponseRedirect(reverse("documents:desk", args=[draft.document_id]))


def _read(text: str) -> dict[str, Any]:
    """What was read from a text, as the page to confirm shows it."""
    divided = outline(text)
    head = divided.head
    place = _place(head.issuer + head.title)
    year = head.year or ""
    return {
        "text": text,
        "number": head.number,
        "title": head.title,
        "issuer": "、".join(head.issuer.split()),
        "date": head.date.isoformat() if head.date else "",
        "year": year,
        "place": place,
        "key": proposed_key(text, place, int(year)) if place and year else "",
        "measures": len(divided.measures),
        "sentences": len(divided.sentences()),
        "items": len(extract(text, year=head.year)),
    }


def _place(words: str) -> str:
    """The place that the head names: one that documents here already carry, else the first word that ends like one."""
    for place in Document.objects.values_list("place", flat=True).distinct():
        if place and place in words:
            return place
    found = _PLACE.search(words)
    return found[1] if found else ""
