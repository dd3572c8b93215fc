"""Documents: the list, versions, files, clauses with what carries them out, and commitments."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from luming.errors import LumingError
from luming.pack import Commitment, Measure, Pack
from luming_portal.accounts.rights import Action
from luming_portal.api import etags
from luming_portal.api.answers import answer, plain
from luming_portal.api.caller import Caller, caller_of
from luming_portal.api.described import Told, described
from luming_portal.api.document_shapes import (
    ClausesShape,
    CommitmentsShape,
    DocumentShape,
    DocumentsShape,
    VersionShape,
    VersionsShape,
)
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.problem import Problem, not_found
from luming_portal.api.scopes import DOCUMENT
from luming_portal.audit.stamp import last_change
from luming_portal.documents.models import CityFile, Document, DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import documents_for
from luming_portal.indicators.models import Indicator, Source

_KEY = re.compile(r"[a-z]{1,40}\.\d{4}-\d{1,6}", re.ASCII)
_FILE = re.compile(r"[A-Za-z0-9_./-]{1,100}", re.ASCII)
_LARGEST = 2_147_483_647
_VERSION = Parameter("version", "第几版;不给时为现行版", "whole", 1, 100_000)
_MATTERS = (Document, DocumentVersion, CityFile, Indicator, Source)


def documents_router() -> Router:
    """The addresses of documents."""
    router = Router(tags=["文件"])
    _add_documents(router)
    _add_versions(router)
    _add_contents(router)
    return router


def _add_documents(router: Router) -> None:
    @router.get(
        "",
        response=DocumentsShape,
        **described(Told("documents_list", "列出文件", DOCUMENT, cached=True, visitor=True), "新的在前。"),
    )
    def list_documents(request: HttpRequest) -> HttpResponse:
        caller, same = _begin(request)
        if same is not None:
            return same
        rows = documents_for(caller.user).prefetch_related("versions")
        return answer({"items": [_document(row) for row in rows]}, etag=_etag(request, caller))

    @router.get(
        "/{str:key}",
        response=DocumentShape,
        **described(
            Told("documents_read", "读取一份文件", DOCUMENT, cached=True, visitor=True, one=True), ""
        ),
    )
    def read_document(request: HttpRequest, key: str) -> HttpResponse:
        caller, same = _begin(request)
        return same or answer(_document(_seen(caller, key)), etag=_etag(request, caller))


def _add_versions(router: Router) -> None:
    @router.get(
        "/{str:key}/versions",
        response=VersionsShape,
        **described(
            Told("documents_versions", "一份文件的各版", DOCUMENT, cached=True, visitor=True, one=True),
            "每一版发布后不再改动。",
        ),
    )
    def list_versions(request: HttpRequest, key: str) -> HttpResponse:
        caller, same = _begin(request)
        if same is not None:
            return same
        document = _seen(caller, key)
        rows = document.versions.order_by("-number")
        return answer({"items": [_version(document, row) for row in rows]}, etag=_etag(request, caller))

    @router.get(
        "/{str:key}/versions/{int:number}",
        response=VersionShape,
        **described(
            Told("documents_version", "一份文件的一版", DOCUMENT, cached=True, visitor=True, one=True), ""
        ),
    )
    def read_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
        caller, same = _begin(request)
        if same is not None:
            return same
        document = _seen(caller, key)
        return answer(_version(document, _numbered(document, number)), etag=_etag(request, caller))

    @router.get(
        "/{str:key}/versions/{int:number}/files/{path:name}",
        response=str,
        **described(
            Told(
                "documents_file",
                "一版文件的一个数据文件",
                DOCUMENT,
                cached=True,
                visitor=True,
                one=True,
                media="text/plain",
            ),
            "原样给出(UTF-8)。文件名见这一版的 files,如 measures/01.yaml。",
        ),
    )
    def read_file(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
        caller, same = _begin(request)
        if same is not None:
            return same
        version = _numbered(_seen(caller, key), number)
        if not _FILE.fullmatch(name) or name not in version.files:
            raise not_found()
        response = HttpResponse(version.files[name], content_type="text/plain; charset=utf-8")
        response["ETag"] = _etag(request, caller)
        return response


def _add_contents(router: Router) -> None:
    @router.get(
        "/{str:key}/clauses",
        response=ClausesShape,
        **described(
            Told(
                "documents_clauses",
                "条款",
                DOCUMENT,
                parameters=(_VERSION,),
                cached=True,
                visitor=True,
                one=True,
            ),
            "逐条逐句,每句由什么机制落实、到了哪一步。",
        ),
    )
    def clauses(request: HttpRequest, key: str) -> HttpResponse:
        caller, same = _begin(request, (_VERSION,))
        if same is not None:
            return same
        document, version, pack = _opened(request, caller, key)
        told = {
            "document": document.key,
            "version": version.number,
            "measures": [_measure(pack, one) for one in pack.measures],
        }
        return answer(told, etag=_etag(request, caller))

    @router.get(
        "/{str:key}/commitments",
        response=CommitmentsShape,
        **described(
            Told(
                "documents_commitments",
                "承诺",
                DOCUMENT,
                parameters=(_VERSION,),
                cached=True,
                visitor=True,
                one=True,
            ),
            "文件里的每一个目标、支持标准、资金安排和规模数量,带条款和原文位置。",
        ),
    )
    def commitments(request: HttpRequest, key: str) -> HttpResponse:
        caller, same = _begin(request, (_VERSION,))
        if same is not None:
            return same
        document, version, pack = _opened(request, caller, key)
        told = {
            "document": document.key,
            "version": version.number,
            "items": [_commitment(one) for one in pack.commitments],
        }
        return answer(told, etag=_etag(request, caller))


def _begin(
    request: HttpRequest, parameters: tuple[Parameter, ...] = ()
) -> tuple[Caller, HttpResponse | None]:
    """The caller, and 304 where he holds the answer already."""
    caller = caller_of(request, DOCUMENT)
    caller.require(Action.VIEW, "document")
    check(request.GET, parameters)
    return caller, etags.unchanged(request, _etag(request, caller))


def _etag(request: HttpRequest, caller: Caller) -> str:
    return etags.of_answer(request, caller, last_change(*_MATTERS))


def _seen(caller: Caller, key: str) -> Document:
    found = documents_for(caller.user).filter(key=key).first() if _KEY.fullmatch(key) else None
    if found is None:
        raise not_found()
    return found


def _numbered(document: Document, number: int) -> DocumentVersion:
    found = document.versions.filter(number=number).first() if number <= _LARGEST else None
    if found is None:
        raise not_found()
    return found


def _opened(request: HttpRequest, caller: Caller, key: str) -> tuple[Document, DocumentVersion, Pack]:
    document = _seen(caller, key)
    asked = request.GET.get("version")
    if asked:
        version = _numbered(document, int(asked))
    else:
        newest = document.versions.order_by("-number").first()
        if newest is None:
            raise not_found("这份文件还没有发布。")
        version = newest
    try:
        return document, version, pack_of(version)
    except LumingError as problem:
        raise Problem(409, "conflict", f"这一版与现在的指标字典不再相符:{problem}") from problem


def _document(row: Document) -> dict[str, Any]:
    current = max((version.number for version in row.versions.all()), default=None)
    base = f"/api/v1/documents/{row.key}"
    return {
        "key": row.key,
        "number": row.number,
        "title": row.title,
        "place": row.place,
        "year": row.year,
        "date": row.date,
        "partial": row.partial,
        "current_version": current,
        "demo": row.demo,
        "links": {
            "self": base,
            "versions": f"{base}/versions",
            "clauses": f"{base}/clauses",
            "commitments": f"{base}/commitments",
        },
    }


def _version(document: Document, row: DocumentVersion) -> dict[str, Any]:
    base = f"/api/v1/documents/{document.key}"
    return {
        "number": row.number,
        "sha256": row.sha256,
        "published_at": row.published_at,
        "reason": row.reason,
        "files": sorted(row.files),
        "links": {
            "self": f"{base}/versions/{row.number}",
            "clauses": f"{base}/clauses?version={row.number}",
            "commitments": f"{base}/commitments?version={row.number}",
        },
    }


def _measure(pack: Pack, measure: Measure) -> dict[str, Any]:
    duty = pack.duty_of(measure.id)
    promised: dict[str, list[str]] = {}
    for one in pack.commitments:
        promised.setdefault(one.clause, []).append(one.id)
    return {
        "id": measure.id,
        "number": measure.number,
        "title": measure.title,
        "section": measure.section,
        "lead": list(duty.lead) if duty else [],
        "support": list(duty.support) if duty else [],
        "duty_mark": duty.mark.value if duty else None,
        "sentences": [
            {
                "id": sentence.id,
                "start": sentence.start,
                "end": sentence.end,
                "quote": sentence.quote,
                "bindings": [
                    {
                        "mechanism": binding.mechanism.value,
                        "mechanism_label": binding.mechanism.label,
                        "status": binding.status.value,
                        "status_label": binding.status.label,
                        "reference": binding.reference,
                        "quote": binding.quote,
                    }
                    for binding in sentence.bindings
                ],
                "commitments": promised.get(sentence.id, []),
            }
            for sentence in measure.sentences
        ],
    }


def _commitment(one: Commitment) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "indicator": one.indicator,
        "kind": one.kind.value,
        "kind_label": one.kind.label,
        "comparator": one.comparator.value,
        "value": plain(one.value),
        "alt_value": plain(one.alt_value),
        "unit": one.unit,
        "growth": plain(one.growth.value) if one.growth else None,
        "deadline": one.deadline,
        "aspiration": one.aspiration,
        "clause": one.clause,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "mark": one.mark.value,
        "source": one.source,
        "note": one.note,
    }
