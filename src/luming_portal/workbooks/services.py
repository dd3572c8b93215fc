"""What changes: handing a workbook in, loading its figures, and keeping, renaming and removing remembered mappings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.errors import FactsFaults, Fault
from luming.facts.workbook import Mapping, OfficeFile, Provenance, carry, mapping_of, most_alike, propose
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ChangeSet, ReasonMissing, change
from luming_portal.indicators.models import Source
from luming_portal.indicators.planning import apply_facts
from luming_portal.registers.planning import key_for
from luming_portal.workbooks.editing import waiting
from luming_portal.workbooks.figures import Preview, facts_of, preview_of
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping
from luming_portal.workbooks.opening import Knowledge, opened
from luming_portal.workbooks.selectors import mappings_for

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
MOST_WAITING = 20
"""So many workbooks of one person may wait to be loaded."""
MOST_DIFFERENCES = 200
"""So many differences from the remembered workbook are told."""


class LoadRefused(Exception):
    """Nothing was loaded; the sentence says why."""


class LoadStale(Exception):
    """What would be done is no longer what was shown; nothing was loaded."""


@dataclass(frozen=True, slots=True)
class GivenSource:
    """The source of a workbook as it is named when its figures are loaded."""

    title: str
    publisher: str
    date: dt.date
    mark: str

    @property
    def key(self) -> str:
        """The key of its row: the same for the same title, publisher and day."""
        return key_for("sources", f"{self.publisher}|{self.title}|{self.date}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was done."""

    new: int
    corrected: int
    same: int
    left: int


def stage_workbook(name: str, content: bytes, *, by: Any) -> StagedWorkbook:
    """Read a workbook and propose how: like a remembered one of its shape, else afresh. Nothing is in the book yet.

    Raises:
        Refused: the person may not.
        FactsFaults: it cannot be read, in sentences.
    """
    require(by, Action.IMPORT, "workbook")
    StagedWorkbook.objects.filter(expires_at__lt=timezone.now()).delete()
    if StagedWorkbook.objects.filter(owner=by).count() >= MOST_WAITING:
        fault = Fault(
            "workbooks.too_many",
            name,
            f"已有{MOST_WAITING}份没有装入的工作簿",
            f"最多{MOST_WAITING}份",
            "请先装入或放弃几份",
        )
        raise FactsFaults([fault])
    file, knowledge = opened(name, content), Knowledge()
    proposed = propose(
        file.sheets, knowledge.dictionary, knowledge.place, name[:200], known=knowledge.subjects
    )
    remembered = mappings_for(by)
    known = [one.mapping() for one in remembered]
    place = most_alike(known, proposed)
    staged = StagedWorkbook(
        owner=by, file_name=name[:200], original=content, content=proposed.model_dump_json()
    )
    if place is not None:
        _like(staged, remembered[place], known[place], file, knowledge)
    staged.save()
    return staged


def _like(
    staged: StagedWorkbook, item: WorkbookMapping, mapping: Mapping, file: OfficeFile, knowledge: Knowledge
) -> None:
    """Read a workbook like a remembered one; one that cannot be used for it is passed over."""
    try:
        carried = carry(
            mapping,
            file.sheets,
            knowledge.dictionary,
            knowledge.place,
            staged.file_name,
            known=knowledge.subjects,
        )
    except FactsFaults:
        return
    staged.remembered = item
    staged.content = carried.mapping.model_dump_json()
    staged.differences = list(carried.differences[:MOST_DIFFERENCES])


def keep_mapping(staged: StagedWorkbook, mapping: Mapping) -> None:
    """Keep the mapping as it was corrected, for the person who handed the workbook in."""
    staged.content = mapping.model_dump_json()
    staged.save(update_fields=["content"])


def load_workbook(
    staged: StagedWorkbook,
    *,
    by: Any,
    source: GivenSource,
    recorded_on: dt.date,
    digest: str,
    reason: str,
    partly: bool = False,
    leave: Collection[int] = (),
    remember: str = "",
) -> Loaded:
    """Enter the figures of a workbook, with their source, in one recorded change.

    Args:
        digest: of the preview that the person saw.
        partly: take in the sound figures although some cells are at fault.
        leave: numbers of sound figures that are not wanted.
        remember: the name under which the mapping is kept for workbooks of this shape; "" for not at all.

    Raises:
        Refused, ReasonMissing, LoadRefused, LoadStale, ValidationError: nothing was written.
    """
    require(by, Action.IMPORT, "workbook")
    require(by, Action.IMPORT, "fact")
    mapping = staged.mapping()
    if open_points := waiting(mapping):
        raise LoadRefused(
            _("还有%d处没有核对。请逐处核对,或点“都核对过了”。没有装入任何内容。") % len(open_points)
        )
    file, knowledge = opened(staged.file_name, bytes(staged.original)), Knowledge()
    provenance = Provenance(source.key, recorded_on)
    preview = preview_of(mapping, file, knowledge, provenance, by=by)
    if preview.digest() != digest:
        raise LoadStale
    if preview.faults and not partly:
        raise LoadRefused(
            _("有%d处不能装入。请改好后重新上传,或勾选“先装入没有问题的”。没有装入任何内容。")
            % len(preview.faults)
        )
    entering = [one for one in preview.figures if one.enters and one.number not in leave]
    if not entering and not remember:
        raise LoadRefused(_("没有要装入的数。"))
    corrects = any(one in entering for one in preview.changed)
    if corrects and not reason.strip():
        raise ReasonMissing([_("更正的数")])
    plan, faulty = facts_of(entering, provenance, by=by)
    if faulty:
        raise LoadStale
    with change(reason or f"装入工作簿 {staged.file_name}") as changes:
        if not StagedWorkbook.objects.select_for_update().filter(pk=staged.pk).exists():
            raise LoadStale  # somebody pressed twice
        if entering:
            _hold_source(changes, source, by)
            apply_facts(changes, plan)
        if remember:
            _remember(changes, remember, mapping, by=by, publisher=source.publisher, mark=source.mark)
        done = _done(preview, entering)
        changes.event(
            "workbook.loaded",
            staged.file_name,
            source=source.key,
            new=done.new,
            changed=done.corrected,
            unchanged=done.same,
            left=done.left,
        )
        staged.delete()
    return done


def import_mapping(name: str, content: bytes, *, by: Any) -> WorkbookMapping:
    """Keep a mapping file of `luming facts map` under a name.

    Raises:
        Refused: the person may not.
        FactsFaults: it is no mapping that somebody confirmed.
    """
    require(by, Action.IMPORT, "workbook")
    mapping = mapping_of(content, name)
    if not _FINGERPRINT.fullmatch(mapping.fingerprint):
        fault = Fault(
            "facts.bad_mapping",
            f"{name}“fingerprint”",
            f"“{mapping.fingerprint[:40]}”",
            "luming facts map 写的16位指纹",
        )
        raise FactsFaults([fault], "没有保存这份读法。")
    if not mapping.confirmed:
        raise FactsFaults(
            [
                Fault(
                    "facts.not_confirmed",
                    name,
                    "还没有人确认的读法",
                    "confirmed: true",
                    "请先用 luming facts map 确认,或在文件里改好后写明",
                )
            ],
            "没有保存这份读法。",
        )
    with change(f"导入读法 {name}") as changes:
        return _remember(changes, name.rpartition(".")[0] or name, mapping, by=by)


def rename_mapping(item: WorkbookMapping, name: str, *, by: Any, expected_version: int | None) -> None:
    """Give a remembered mapping another name.

    Raises:
        Refused, StaleVersion, ValidationError: nothing was changed.
    """
    require(by, Action.CHANGE, "workbook", item)
    item.name = name.strip()
    item.full_clean(exclude=["content"])
    with change("改名") as changes:
        changes.save(item, expected_version=expected_version)


def forget_mapping(item: WorkbookMapping, *, by: Any) -> None:
    """Remove a remembered mapping; figures that were loaded by it stay."""
    require(by, Action.DELETE, "workbook", item)
    with change("不再需要这份读法") as changes:
        changes.delete(item)


def _hold_source(changes: ChangeSet, given: GivenSource, by: Any) -> None:
    if Source.objects.filter(key=given.key).exists():
        return
    require(by, Action.CREATE, "source")
    row = Source(
        key=given.key,
        publisher=given.publisher,
        title=given.title,
        date=given.date.isoformat(),
        mark=given.mark,
        steward=by.unit,
    )
    row.full_clean()
    changes.save(row)


def _remember(
    changes: ChangeSet, name: str, mapping: Mapping, *, by: Any, publisher: str = "", mark: str = ""
) -> WorkbookMapping:
    """Keep a mapping under a name, in place of the unit's own of that name."""
    name = name.strip()[:80]
    item = WorkbookMapping.objects.filter(unit=by.unit, name=name).first()
    if item is None:
        item = WorkbookMapping(unit=by.unit, name=name)
    require(by, Action.CREATE if item.pk is None else Action.CHANGE, "workbook", item)
    item.fingerprint = mapping.fingerprint
    item.content = mapping.model_copy(update={"confirmed": True}).model_dump_json()
    item.publisher = publisher or item.publisher
    item.mark = mark or item.mark
    try:
        item.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as problem:
        raise LoadRefused(" ".join(problem.messages)) from problem
    changes.save(item)
    return item


def _done(preview: Preview, entering: Collection[Any]) -> Loaded:
    wanted = {one.number for one in entering}
    return Loaded(
        sum(1 for one in preview.new if one.number in wanted),
        sum(1 for one in preview.changed if one.number in wanted),
        len(preview.same),
        len(preview.faults) + sum(1 for one in preview.figures if one.enters and one.number not in wanted),
    )
