"""Keeps the index: in the transaction of every change, and from nothing by `luming-portal reindex`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model

from luming.errors import LumingError
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import latest_version
from luming_portal.search.models import SPAN, Entry
from luming_portal.search.subjects import SENTENCES, SUBJECTS, Subject, subjects
from luming_portal.search.words import lay_out

_BATCH = 500
_SENTENCES_A_DOCUMENT = 1 << 20


def index_records(kind: type[Model], kept: Collection[Any], gone: Collection[Any]) -> None:
    """Bring the entries of some records to what the records are now (a listener of the audit door)."""
    subject = subjects()[kind]
    low = subject.number * SPAN
    keys = [low + pk for pk in (*kept, *gone)]
    for start in range(0, len(keys), _BATCH):
        Entry.objects.filter(pk__in=keys[start : start + _BATCH]).delete()
    held = list(kept)
    for start in range(0, len(held), _BATCH):
        rows = kind._default_manager.filter(pk__in=held[start : start + _BATCH])
        Entry.objects.bulk_create([entry_of(subject, row) for row in rows])


def index_versions(kind: type[Model], kept: Collection[Any], gone: Collection[Any]) -> None:
    """Bring the entries of documents to their versions in force (a listener of the audit door)."""
    for version in DocumentVersion.objects.filter(pk__in=list(kept)).select_related("document"):
        newest = latest_version(version.document)
        if newest is not None and newest.pk == version.pk:
            index_sentences(version)


def entry_of(subject: Subject, row: Any) -> Entry:
    """The entry of a record."""
    names, texts, codes = subject.names(row), subject.texts(row), subject.codes(row)
    return Entry(
        id=subject.number * SPAN + row.pk,
        kind=subject.slug,
        object_id=row.pk,
        label=str(row)[:300],
        text=" · ".join(text for text in texts if text),
        words=lay_out(names, texts, codes),
    )


def index_sentences(version: DocumentVersion) -> int:
    """Enter the sentences of a published version in place of those of earlier ones; how many."""
    try:
        pack = pack_of(version)
    except (LumingError, OSError, ValueError):
        return 0  # version and registers no longer agree; the installation check tells so
    Entry.objects.filter(kind="sentences", object_id=version.document_id).delete()
    first = SENTENCES * SPAN + version.document_id * _SENTENCES_A_DOCUMENT
    found = [
        Entry(
            id=first + place,
            kind="sentences",
            object_id=version.document_id,
            place=sentence.id,
            label=_measure_label(measure)[:300],
            text=sentence.quote,
            words=lay_out([], [measure.title, sentence.quote]),
        )
        for place, (measure, sentence) in enumerate(
            (measure, sentence) for measure in pack.measures for sentence in measure.sentences
        )
    ]
    Entry.objects.bulk_create(found, batch_size=_BATCH)
    return len(found)


def _measure_label(measure: Any) -> str:
    return f"第{measure.number}条 {measure.title}" if measure.number else measure.title


def rebuild(told: Callable[[str, int], None] = lambda kind, count: None) -> int:
    """Make the whole index anew; how many entries. Readers see the old one until it is done."""
    total = 0
    with transaction.atomic():
        Entry.objects.all().delete()
        for subject in SUBJECTS:
            count = 0
            rows = subject.kind._default_manager.order_by("pk").iterator(chunk_size=2000)
            for batch in _batches(rows, 2000):
                Entry.objects.bulk_create([entry_of(subject, row) for row in batch], batch_size=_BATCH)
                count += len(batch)
            told(subject.slug, count)
            total += count
        newest: dict[int, DocumentVersion] = {}
        for version in DocumentVersion.objects.select_related("document").order_by("number"):
            newest[version.document_id] = version
        count = sum(index_sentences(version) for version in newest.values())
        told("sentences", count)
    return total + count


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
