"""技术就绪度: how far a technology has come, level by level, each item with its evidence.

Level n is reached only where every item of the levels 1 to n is satisfied (statement and evidence) or does not apply (with
a reason). Two levels come out: the claimed one by the answers, and the confirmed one that a reviewer has passed as well,
level by level. Levels and items are data (packs/national/readiness.yaml); source: mechanisms reference, section 3.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from luming.appraisal.faults import AppraisalFaults
from luming.errors import Fault
from luming.mark import Mark
from luming.pack import Entry, read_file

_SHA256 = re.compile(r"[0-9a-f]{64}")


class ReadinessItem(Entry):
    """One thing to be shown. `evidence` is the least that shows it."""

    id: str
    label: str
    evidence: str


class ReadinessLevel(Entry):
    """One level with all of its items."""

    level: int
    label: str
    label_en: str
    items: tuple[ReadinessItem, ...]


class ScaleHead(Entry):
    """Which scale it is, and how far its wording can be trusted."""

    id: str
    label: str
    label_en: str
    document: str
    mark: Mark
    note: str = ""


class ReadinessScale(Entry):
    """The whole scale, from level 1 upwards."""

    scale: ScaleHead
    levels: tuple[ReadinessLevel, ...]


class State(StrEnum):
    """What the applicant says to an item."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"met": "满足", "not_met": "不满足", "not_applicable": "不适用"}[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item.

    Attributes:
        statement: how it is met; of an item that does not apply, the reason.
        evidence: SHA-256 of each file that shows it, in lower-case hexadecimal.
    """

    item: str
    state: State
    statement: str = ""
    evidence: tuple[str, ...] = ()


class Lack(StrEnum):
    """Why an item does not count yet."""

    UNANSWERED = "unanswered"
    NOT_MET = "not_met"
    NO_STATEMENT = "no_statement"
    NO_EVIDENCE = "no_evidence"
    NO_REASON = "no_reason"

    @property
    def label(self) -> str:
        """The lack in words."""
        return _LACKS[self]


_LACKS = {
    Lack.UNANSWERED: "未评",
    Lack.NOT_MET: "不满足",
    Lack.NO_STATEMENT: "缺少说明",
    Lack.NO_EVIDENCE: "缺少佐证文件",
    Lack.NO_REASON: "不适用但未写理由",
}


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One item with its answer; `lacks` is empty where it counts."""

    item: ReadinessItem
    answer: Answer | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class LevelFound:
    """One level: its items, and whether the reviewer passed it (None: not yet reviewed).

    `not_answered` tells a level that nobody has looked at from one that was looked at and failed.
    """

    level: ReadinessLevel
    items: tuple[ItemFound, ...]
    passed: bool | None

    @property
    def complete(self) -> bool:
        """Every item counts."""
        return not any(found.lacks for found in self.items)

    @property
    def not_answered(self) -> bool:
        """No item has an answer."""
        return all(found.answer is None for found in self.items)

    @property
    def nothing_met(self) -> bool:
        """Complete only because nothing in it applies; a reader must be told."""
        return self.complete and not any(
            found.answer is not None and found.answer.state is State.MET for found in self.items
        )


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the answers and the review come to; 0 where not even level 1 is reached.

    Attributes:
        claimed: by the answers alone.
        confirmed: by the answers and the reviewer; never above `claimed`.
        target: the level that was set; None where none was.
        levels: every level of the scale.
    """

    scale: ScaleHead
    claimed: int
    confirmed: int
    target: int | None
    levels: tuple[LevelFound, ...]

    @property
    def target_reached(self) -> bool | None:
        """Whether the confirmed level is the target or above; None without a target."""
        return None if self.target is None else self.confirmed >= self.target

    @property
    def in_the_way(self) -> tuple[ItemFound, ...]:
        """Items that still keep the answers from the target, or without a target from the next level."""
        upto = self.claimed + 1 if self.target is None else self.target
        return tuple(
            found
            for level in self.levels
            if level.level.level <= upto
            for found in level.items
            if found.lacks
        )


def load_scale(file: Path) -> ReadinessScale:
    """Read a scale.

    Raises:
        PackFaults: the file is faulty.
        AppraisalFaults: its levels do not count from 1 upwards, a level is without items, or an item stands twice.
    """
    scale = read_file(file, ReadinessScale)
    faults = []
    if [one.level for one in scale.levels] != list(range(1, len(scale.levels) + 1)) or not scale.levels:
        said = "、".join(str(one.level) for one in scale.levels) or "没有等级"
        faults.append(Fault("appraisal.levels", file.name, said, "从1级起逐级排列"))
    seen: set[str] = set()
    for level in scale.levels:
        if not level.items:
            faults.append(Fault("appraisal.no_items", f"{file.name} {level.level}级", "没有判据", "至少一条"))
        for item in level.items:
            if item.id in seen:
                faults.append(
                    Fault("appraisal.item_twice", f"{file.name} “{item.id}”", "重复", "每条只列一次")
                )
            seen.add(item.id)
    if faults:
        raise AppraisalFaults(faults)
    return scale


def readiness_of(
    scale: ReadinessScale,
    answers: Iterable[Answer],
    review: Mapping[int, bool] | None = None,
    target: int | None = None,
) -> Readiness:
    """The level that the answers and the review come to.

    Args:
        review: the reviewer's decision on levels, by number; a level that is absent is not yet reviewed.

    Raises:
        AppraisalFaults: an answer to an unknown item or a second one to the same, evidence that is no SHA-256, a review
            or a target of a level that the scale lacks.
    """
    answers, review = tuple(answers), dict(review or {})
    faults = _faults(scale, answers, review, target)
    if faults:
        raise AppraisalFaults(faults)
    by_item = {answer.item: answer for answer in answers}
    levels = tuple(
        LevelFound(
            level,
            tuple(
                ItemFound(item, by_item.get(item.id), _lacks(by_item.get(item.id))) for item in level.items
            ),
            review.get(level.level),
        )
        for level in scale.levels
    )
    return Readiness(
        scale=scale.scale,
        claimed=_highest(one.complete for one in levels),
        confirmed=_highest(one.complete and one.passed is True for one in levels),
        target=target,
        levels=levels,
    )


def _highest(reached: Iterable[bool]) -> int:
    """How many hold from the first one on without a gap."""
    number = 0
    for one in reached:
        if not one:
            break
        number += 1
    return number


def _lacks(answer: Answer | None) -> tuple[Lack, ...]:
    if answer is None:
        return (Lack.UNANSWERED,)
    said = bool(answer.statement.strip())
    if answer.state is State.NOT_MET:
        return (Lack.NOT_MET,)
    if answer.state is State.NOT_APPLICABLE:
        return () if said else (Lack.NO_REASON,)
    lacks = [] if said else [Lack.NO_STATEMENT]
    return (*lacks, *(() if answer.evidence else (Lack.NO_EVIDENCE,)))


def _faults(
    scale: ReadinessScale, answers: Sequence[Answer], review: Mapping[int, bool], target: int | None
) -> list[Fault]:
    items = {item.id for level in scale.levels for item in level.items}
    top = len(scale.levels)
    found: list[Fault] = []
    seen: set[str] = set()
    for answer in answers:
        if answer.item not in items:
            found.append(
                Fault("appraisal.unknown_item", f"判据“{answer.item}”", "量表中没有", "量表中的判据")
            )
        if answer.item in seen:
            found.append(Fault("appraisal.answer_twice", f"判据“{answer.item}”", "回答两次", "每条一个回答"))
        seen.add(answer.item)
        found += [
            Fault("appraisal.hash", f"判据“{answer.item}”", f"佐证“{one}”", "文件的SHA-256(64位小写十六进制)")
            for one in answer.evidence
            if not _SHA256.fullmatch(one)
        ]
    outside = [number for number in review if not 1 <= number <= top]
    found += [
        Fault("appraisal.level", f"审核第{number}级", "量表中没有", f"1至{top}级") for number in outside
    ]
    if target is not None and not 1 <= target <= top:
        found.append(Fault("appraisal.level", "目标等级", f"{target}级", f"1至{top}级"))
    return found
