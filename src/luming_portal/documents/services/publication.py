"""A draft leaves the desk: published as the version in force, or given up."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from luming.desk import (
    Decomposition,
    pack_files,
    published,
)
from luming.pack import load
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ChangeSet, ReasonMissing, change
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import DocumentVersion, Draft
from luming_portal.documents.packs import city_files, files_hash, write_tree
from luming_portal.documents.services.drafts import head_of, locked
from luming_portal.indicators.models import Indicator
from luming_portal.indicators.values import indicator_fields


def publish(draft: Draft, *, by: Any, reason: str, now: datetime | None = None) -> DocumentVersion:
    """Make a draft the version in force: indicators, version, head and draft, all in one transaction.

    Raises:
        Refused: no right to.
        ReasonMissing: no reason is given.
        DeskFaults: open points that block.
        PackFaults: the loader refuses the files all the same.
    """
    require(by, Action.PUBLISH, "document", draft)
    if not reason.strip():
        raise ReasonMissing([str(DocumentVersion._meta.verbose_name)])
    moment = now or datetime.now(UTC)
    with change(reason, now=moment) as door:
        held = locked(draft)
        desk = published(desk_of(held))
        _enter_indicators(door, desk)
        files = dict(pack_files(desk))
        _check(desk.document.id, files)
        document = head_of(held.document, desk)
        door.save(document)
        last = document.versions.order_by("-number").first()
        version = door.save(
            DocumentVersion(
                document=document,
                number=last.number + 1 if last else 1,
                files=files,
                sha256=files_hash(files),
                published_at=moment,
                published_by=by.username,
                reason=reason.strip(),
            )
        )
        held.state = Draft.State.PUBLISHED
        door.save(held)
        door.event("document.published", item=version, sha256=version.sha256)
    return version


def discard(draft: Draft, *, by: Any, reason: str) -> None:
    """Give a draft up; its steps stay on record.

    Raises:
        Refused, ReasonMissing.
    """
    require(by, Action.DELETE, "document", draft)
    if not reason.strip():
        raise ReasonMissing([str(draft._meta.verbose_name)])
    with change(reason) as door:
        held = locked(draft)
        held.state = Draft.State.DISCARDED
        door.save(held)


def _enter_indicators(door: ChangeSet, desk: Decomposition) -> None:
    """The entries that the desk adds to the dictionary go into the register, behind those that are there."""
    known = set(Indicator.objects.values_list("key", flat=True))
    last = Indicator.objects.order_by("-position").values_list("position", flat=True).first() or 0
    new = [one for one in desk.indicators if one.id not in known]
    door.create_many(
        [Indicator(**indicator_fields(one), position=last + place) for place, one in enumerate(new, 1)]
    )


def _check(key: str, files: Mapping[str, str]) -> None:
    """Let the loader read what is about to be published, beside the registers as they stand in this transaction."""
    with tempfile.TemporaryDirectory(prefix="luming-publish-") as scratch:
        root = Path(scratch)
        write_tree(root, city_files())
        write_tree(root / key.split(".")[-1], files)
        load(root / key.split(".")[-1])
