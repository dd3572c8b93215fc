"""What a search finds, grouped by kind, with the rights of the reader applied where the records are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, decide
from luming_portal.documents.models import Document
from luming_portal.documents.selectors import documents_for
from luming_portal.registers.catalog import registers
from luming_portal.registers.register import Register
from luming_portal.search.finding import condition, keys
from luming_portal.search.models import Entry
from luming_portal.search.subjects import SENTENCES, SUBJECTS
from luming_portal.search.words import terms

SHOWN = 5
_MOST_RANKED = 2000


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    label: str
    text: str
    href: str
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first hits, how many there are in all, and where the rest is."""

    slug: str
    label: str
    icon: str
    count: int
    hits: Sequence[Hit]
    href: str


def search(user: Any, question: str) -> list[Group]:
    """The groups that have hits, in the order of the menu."""
    if not terms(question):
        return []
    found = [
        _records(user, registers()[subject.slug], question)
        for subject in SUBJECTS
        if subject.slug in registers() and decide(user, Action.VIEW, registers()[subject.slug].noun)
    ]
    found.insert(0, _sentences(user, question))
    return [group for group in found if group.count]


def _records(user: Any, register: Register, question: str) -> Group:
    found = register.records(user).filter(condition(register.model, question))
    count = found.count()
    hits = list(_best_first(found, register, question, count)[:SHOWN]) if count else []
    texts = dict(
        Entry.objects.filter(kind=register.slug, object_id__in=[row.pk for row in hits]).values_list(
            "object_id", "text"
        )
    )
    return Group(
        register.slug,
        str(register.label),
        register.icon,
        count,
        [
            Hit(_name(register, row), texts.get(row.pk, ""), register.address_of(row.pk), row.demo)
            for row in hits
        ],
        f"{register.address()}?q={_quoted(question)}",
    )


def _name(register: Register, row: Any) -> str:
    former = "、".join(getattr(row, "former_names", []))
    return _("%(name)s(曾用名:%(former)s)") % {"name": row, "former": former} if former else str(row)


def _best_first(found: QuerySet[Any], register: Register, question: str, count: int) -> QuerySet[Any]:
    """Whole names first, then beginnings, then parts, then the rest; of very many just in the usual order."""
    if count > _MOST_RANKED:
        return found.order_by(*register.ordering, "pk")
    asked = question.strip()
    ways = ("iexact", "istartswith", "icontains")
    closeness = Case(
        *(
            When(Q(**{f"{register.title}__{way}": asked}), then=Value(place))
            for place, way in enumerate(ways)
        ),
        default=Value(len(ways)),
        output_field=IntegerField(),
    )
    return found.annotate(closeness=closeness).order_by("closeness", *register.ordering, "pk")


def _sentences(user: Any, question: str) -> Group:
    allowed = {document.pk: document for document in documents_for(user)}
    found = Entry.objects.filter(
        kind="sentences", object_id__in=list(allowed), id__in=keys(SENTENCES, question, of_entries=True)
    )
    hits = [
        Hit(
            f"{allowed[entry.object_id]} {entry.label}",
            entry.text,
            _sentence_address(entry, allowed[entry.object_id]),
        )
        for entry in found.order_by("-object_id", "id")[:SHOWN]
    ]
    return Group(
        "sentences", _("文件条款"), "file-text", found.count(), hits, f"?q={_quoted(question)}&kind=sentences"
    )


def all_sentences(user: Any, question: str, start: int, size: int) -> tuple[int, list[Hit]]:
    """Sentences beyond the first few: how many in all, and those of one page."""
    allowed = {document.pk: document for document in documents_for(user)}
    found = Entry.objects.filter(
        kind="sentences", object_id__in=list(allowed), id__in=keys(SENTENCES, question, of_entries=True)
    )
    return found.count(), [
        Hit(
            f"{allowed[entry.object_id]} {entry.label}",
            entry.text,
            _sentence_address(entry, allowed[entry.object_id]),
        )
        for entry in found.order_by("-object_id", "id")[start : start + size]
    ]


def _sentence_address(entry: Entry, document: Document) -> str:
    """The sentence on its document's page; "" while there is no such page."""
    try:
        return f"{reverse('documents:detail', args=[document.pk])}#{entry.place}"
    except NoReverseMatch:
        return ""


def _quoted(question: str) -> str:
    from urllib.parse import quote

    return quote(question)
