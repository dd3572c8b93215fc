"""The rules in force, the firms that they are tried on, and both together for one change. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from luming.errors import PackFaults
from luming.pack import Pack
from luming.rehearsal import (
    ChangedNumber,
    Firm,
    Rehearsal,
    Touched,
    changed_numbers,
    changed_text,
    edits_of,
    item_files,
    rehearse,
    reworded,
    rules_with,
    touched,
)
from luming.support import Catalogue, read_support
from luming_portal.accounts.rights import visible
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import DocumentVersion, Draft
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.known import knowledge


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, with the files that they stand in."""

    roots: tuple[Path, ...]
    catalogue: Catalogue
    files: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tried:
    """A change and what it would do.

    Attributes:
        version: the document beside which it is shown; None where there is none.
        changes: numbers of the document that a draft changes.
    """

    found: Rehearsal
    version: DocumentVersion | None
    clauses: tuple[Touched, ...]
    changes: tuple[ChangedNumber, ...] = ()


def rules() -> Rules:
    """The rules of the packs that this installation serves."""
    return _read(Path(settings.PACKS))


@lru_cache(maxsize=2)
def _read(packs: Path) -> Rules:
    roots = tuple(sorted(path for path in packs.iterdir() if path.is_dir()))
    return Rules(roots, read_support(roots), item_files(roots))


def firms_for(user: Any, as_of: dt.date) -> list[Firm]:
    """The firms of the register that the user may see, with what is known of each."""
    rows = list(visible(user, Enterprise.objects.order_by("name", "pk")))
    known = knowledge(rows, as_of)
    return [Firm(str(row.pk), row.name, row.district, known[row.pk].facts) for row in rows]


def try_texts(user: Any, texts: Mapping[str, str], as_of: dt.date) -> Tried:
    """What changed texts of rules would do.

    Raises:
        luming.errors.FaultyInput: the texts cannot be used; with every fault.
    """
    held = rules()
    found = rehearse(held.catalogue, rules_with(held.roots, texts), firms_for(user, as_of), as_of)
    version = current_version()
    pack = _pack(version)
    items = tuple(one.item for one in found.items)
    return Tried(found, version, touched(pack, items) if pack else ())


def try_draft(user: Any, draft: Draft, as_of: dt.date) -> Tried:
    """What a draft on the desk would do: its words and numbers against the document in force.

    Raises:
        luming.errors.FaultyInput: the rules cannot follow the draft.
    """
    version = draft.base or current_version()
    pack = _pack(version)
    if pack is None:
        return _follow(user, None, None, (), as_of)
    desk = desk_of(draft)
    changes = {one.old.id: one for one in changed_text(pack, desk.text, desk.measures)}
    changes |= {one.old.id: one for one in changed_numbers(pack, desk.commitments())}
    return _follow(user, version, pack, tuple(changes.values()), as_of)


def try_words(user: Any, version: DocumentVersion, measure: str, words: str, as_of: dt.date) -> Tried:
    """What other words of one measure would do.

    Raises:
        luming.errors.FaultyInput: the rules cannot follow the words.
        KeyError: no such measure.
        ValueError: far too many words.
    """
    pack = pack_of(version)
    one = next((found for found in pack.measures if found.id == measure), None)
    if one is None:
        raise KeyError(measure)
    return _follow(user, version, pack, reworded(pack.text, one, pack.commitments, words), as_of)


def _follow(
    user: Any,
    version: DocumentVersion | None,
    pack: Pack | None,
    changes: tuple[ChangedNumber, ...],
    as_of: dt.date,
) -> Tried:
    held = rules()
    if pack is None:
        return Tried(rehearse(held.catalogue, held.catalogue, (), as_of), None, ())
    texts, told = edits_of(pack, changes, held.catalogue, held.files)
    new = rules_with(held.roots, texts) if texts else held.catalogue
    found = rehearse(held.catalogue, new, firms_for(user, as_of) if texts else (), as_of)
    items = tuple(one.item for one in found.items)
    return Tried(found, version, touched(pack, items, tuple(one.old.id for one in told)), told)


def _pack(version: DocumentVersion | None) -> Pack | None:
    if version is None:
        return None
    try:
        return pack_of(version)
    except PackFaults:
        return None
