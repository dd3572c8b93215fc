"""A draft's stored text and the library's Decomposition, one into the other.

The registers hold the city's dictionary and sources; a draft stores only the entries that it adds to them, so that
desk, registers and board can never disagree.
"""

from __future__ import annotations

import hashlib

from luming.desk import Decomposition, fingerprint, open_points, progress
from luming.pack import Pack
from luming_portal.documents.models import Document, DocumentVersion, Draft
from luming_portal.documents.packs import city_identities, districts, pack_of
from luming_portal.indicators.models import Indicator, Source
from luming_portal.indicators.values import indicator_value, source_value


def in_city(desk: Decomposition) -> Decomposition:
    """The decomposition with the city's dictionary, sources and districts out of the registers.

    Entries of its own stay behind the registered ones; where both know an id, the register's holds. Sources that came
    with a city's files and that the registers lack become the document's own, as far as it cites them.
    """
    indicators = tuple(indicator_value(row) for row in Indicator.objects.filter(demo=False))
    sources = tuple(source_value(row) for row in Source.objects.filter(demo=False).order_by("id"))
    known = {one.id for one in indicators}
    sourced = {one.id for one in sources}
    cited = {desk.document.source, desk.light_rule.source, *(one.source for one in desk.commitments())}
    own = {one.id for one in desk.own_sources}
    brought = [one for one in desk.city_sources if one.id in cited and one.id not in own]
    return desk.changed(
        city="..",
        indicators=(*indicators, *(one for one in desk.indicators if one.id not in known)),
        own_sources=tuple(one for one in (*desk.own_sources, *brought) if one.id not in sourced),
        city_sources=sources,
        identities=city_identities(),
        districts=districts(),
    )


def stored(desk: Decomposition) -> str:
    """The text that a draft stores: without what the registers hold."""
    known = set(Indicator.objects.filter(demo=False).values_list("key", flat=True))
    own = desk.changed(
        indicators=tuple(one for one in desk.indicators if one.id not in known),
        city_sources=(),
        identities=(),
        districts=(),
    )
    return own.model_dump_json()


def desk_of(draft: Draft) -> Decomposition:
    """The decomposition of a draft, within its city."""
    return in_city(Decomposition.model_validate_json(draft.desk))


def put(draft: Draft, desk: Decomposition) -> None:
    """Give a draft a new decomposition and its counts; the caller saves it."""
    draft.desk = stored(desk)
    draft.percent = progress(desk).percent
    draft.open_points = sum(point.blocks for point in open_points(desk))


def token_of(desk: Decomposition, anchor: str) -> str:
    """What a form carries of the sentence that its reader saw: equal as long as nothing about it has changed."""
    return _digest(fingerprint(desk, anchor))


def measure_token(desk: Decomposition, id: str) -> str:
    """The same of a measure: its title and its division of labour."""
    measure, duty = desk.measure(id), desk.duty_of(id)
    return _digest(f"{measure.title}\n{duty.model_dump_json() if duty else ''}")


def head_token(desk: Decomposition) -> str:
    """The same of the head."""
    return _digest(desk.document.model_dump_json())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def last_year_version(document: Document, succeeds: str = "") -> DocumentVersion | None:
    """The version in force of the document before this one: the one it names, else the latest of an earlier year."""
    versions = DocumentVersion.objects.select_related("document").exclude(document__key=document.key)
    named = versions.filter(document__key=succeeds).order_by("-number").first() if succeeds else None
    if named is not None:
        return named
    earlier = versions.filter(document__place=document.place, document__year__lt=document.year)
    return earlier.order_by("-document__year", "-document__key", "-number").first()


def last_year_pack(draft: Draft, desk: Decomposition) -> Pack | None:
    """The document before this one as a pack; None where there is none."""
    version = last_year_version(draft.document, desk.document.succeeds)
    return pack_of(version) if version is not None else None
