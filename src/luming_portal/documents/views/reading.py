"""Published documents, readable by everybody: the list, the text with what carries it out, versions, comparison."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luming.desk import Origin, Proposal, State, pack_files, pack_of, year_table
from luming.desk import city_files as files_of_city
from luming.pack import BindingStatus, Commitment, Measure, Pack, Sentence, coverage
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.documents.archive import pack_archive
from luming_portal.documents.drafts import desk_of, last_year_version
from luming_portal.documents.models import Document, DocumentVersion, Draft
from luming_portal.documents.outcomes import outcomes
from luming_portal.documents.packs import city_files
from luming_portal.documents.packs import pack_of as pack_of_version
from luming_portal.documents.selectors import documents_for, listed
from luming_portal.documents.shown import Piece, heading_of, pieces_of

_QUIET = ("same", "unknown")
"""Kinds of change that a reader looks at last."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a published document with its commitments."""

    sentence: Sentence
    pieces: Sequence[Piece]
    commitments: Sequence[Commitment]


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """A measure of a published document."""

    measure: Measure
    heading: str
    sentences: Sequence[ReadSentence]
    duty: object


@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """The documents that the user may see, with where each of them is."""
    require(request.user, Action.VIEW, "document")
    return render(request, "documents/list.html", {"rows": listed(request.user)})


@require_GET
def detail(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A version of a document: every sentence with what carries it out. Each sentence is at `#` and its anchor."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    version = _version(request, document, number)
    if version is None:
        return HttpResponseRedirect(reverse("documents:desk", args=[pk]))
    pack = pack_of_version(version)
    return render(
        request,
        "documents/detail.html",
        {
            "document": document,
            "version": version,
            "latest": document.versions.order_by("-number").first(),
            "pack": pack,
            "head": pack.document,
            "measures": [_read(pack, measure) for measure in pack.measures],
            "coverage": coverage(pack),
            "statuses": list(BindingStatus),
            "draft": _open_draft(request, document),
            "succeeds": Document.objects.filter(key=pack.document.succeeds).first(),
            "source": pack.source(pack.document.source),
        },
    )


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of a document."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    rows = visible(request.user, document.versions.all()).order_by("-number")
    return render(
        request,
        "documents/versions.html",
        {"document": document, "versions": rows, "draft": _open_draft(request, document)},
    )


@require_GET
def download(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The files of a version as .zip, with the city's files beside them."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    require(request.user, Action.EXPORT, "document", document)
    version = _version(request, document, number)
    if version is None:
        raise Http404
    return _zip(document.key, version.files, city_files(), f"{document.key}-v{version.number}")


@require_GET
def export_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a draft as .zip."""
    drafts = visible(request.user, Draft.objects.filter(state=Draft.State.OPEN), Action.EXPORT)
    draft = get_object_or_404(drafts.select_related("document"), document__pk=pk)
    desk = desk_of(draft)
    return _zip(desk.document.id, pack_files(desk), files_of_city(desk), f"{desk.document.id}-draft")


@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What one version changes against another, file by file and line by line."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    rows = {row.number: row for row in visible(request.user, document.versions.all())}
    try:
        old = rows[int(request.GET.get("old", ""))]
        new = rows[int(request.GET.get("new", ""))]
    except (ValueError, KeyError):
        raise Http404 from None
    context = {"document": document, "old": old, "new": new, "files": file_differences(old.files, new.files)}
    return render(request, "documents/difference.html", context)


@require_GET
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """A document beside last year's: its open draft where the user may see one, else its version in force."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    draft = _open_draft(request, document)
    if draft is not None:
        new = pack_of(desk_of(draft))
    else:
        version = _version(request, document, None)
        if version is None:
            raise Http404
        new = pack_of_version(version)
    previous = last_year_version(document, new.document.succeeds)
    context: dict[str, object] = {"document": document, "draft": draft, "previous": previous, "new": new}
    if previous is not None:
        old = pack_of_version(previous)
        table = year_table(old, new, outcomes(old, timezone.localdate()))
        kinds = ("new", "raised", "lowered", "reworded", "same", "changed", "dropped", "unknown")
        wanted = request.GET.get("kind", "")
        rows = tuple(sorted(table.rows, key=lambda row: row.change.kind in _QUIET))
        if wanted == "repeated":
            rows = table.repeated_unfulfilled
        elif wanted in kinds:
            rows = tuple(row for row in rows if row.change.kind == wanted)
        labels = {row.change.kind: row.change.label for row in table.rows}
        context |= {
            "old": old,
            "table": table,
            "rows": rows,
            "wanted": wanted,
            "counts": [(kind, labels[kind], table.count(kind)) for kind in kinds if kind in labels],
        }
    return render(request, "documents/comparison.html", context)


def file_differences(
    old: Mapping[str, str], new: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each file that differs, with its lines: ("+", line), ("-", line), (" ", line), ("@", place)."""
    found = []
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name):
            continue
        lines = difflib.unified_diff(
            old.get(name, "").splitlines(), new.get(name, "").splitlines(), lineterm="", n=2
        )
        kept = [(line[:1], line[1:]) for line in list(lines)[2:]]
        found.append((name, kept))
    return found


def _version(request: HttpRequest, document: Document, number: int | None) -> DocumentVersion | None:
    """The named version, else the one in force; 404 for a number that is not there."""
    rows = visible(request.user, document.versions.select_related("document"))
    if number is None:
        return rows.order_by("-number").first()
    return get_object_or_404(rows, number=number)


def _open_draft(request: HttpRequest, document: Document) -> Draft | None:
    drafts = document.drafts.filter(state=Draft.State.OPEN)
    return visible(request.user, drafts).select_related("document").first()


def _read(pack: Pack, measure: Measure) -> ReadMeasure:
    sentences = []
    for sentence in measure.sentences:
        commitments = [item for item in pack.commitments if item.clause == sentence.id]
        proposals = [
            Proposal(commitment=item, state=State.ACCEPTED, origin=Origin.PERSON) for item in commitments
        ]
        remarks = [one for one in pack.remarks if sentence.start <= one.start < sentence.end]
        pieces = pieces_of(pack.text, sentence, proposals, remarks, ())
        sentences.append(ReadSentence(sentence, pieces, commitments))
    return ReadMeasure(measure, heading_of(measure), sentences, pack.duty_of(measure.id))


def _zip(key: str, own: Mapping[str, str], city: Mapping[str, str], name: str) -> HttpResponse:
    content = pack_archive(key.split(".")[-1], own, city)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer
