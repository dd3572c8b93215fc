"""The way of a report: 填报 → 单位审核 → 牵头单位汇总 → 领导小组办公室核定 → 发布, with returns and revisions.

The stages are those of the mechanisms reference, section 6.2. A report is one figure of one unit for one month. Nothing
is skipped by anybody: where the reporting unit leads the measure itself, its own review is also the lead unit's.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    COLLECTED = "collected"
    VERIFIED = "verified"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The stage as an officer says it: what the report waits for."""
        return _STAGE_LABELS[self]


class Part(StrEnum):
    """In whose part somebody acts on a report."""

    REPORTER = "reporter"
    REVIEWER = "reviewer"
    LEAD = "lead"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The part as an officer says it."""
        return _PART_LABELS[self]


class Move(StrEnum):
    """What moves a report."""

    SUBMIT = "submit"
    APPROVE = "approve"
    COLLECT = "collect"
    VERIFY = "verify"
    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"
    REVISE = "revise"

    @property
    def label(self) -> str:
        """The move as a button says it."""
        return _MOVE_LABELS[self]

    @property
    def needs_reason(self) -> bool:
        """Whether the mover must say why."""
        return self in (Move.RETURN, Move.REVISE)


_STAGE_LABELS = {
    Stage.DRAFT: "填报中",
    Stage.SUBMITTED: "待单位审核",
    Stage.REVIEWED: "待牵头单位汇总",
    Stage.COLLECTED: "待办公室核定",
    Stage.VERIFIED: "待发布",
    Stage.PUBLISHED: "已发布",
}
_PART_LABELS = {
    Part.REPORTER: "填报人",
    Part.REVIEWER: "单位审核人",
    Part.LEAD: "牵头单位",
    Part.OFFICE: "领导小组办公室",
}
_MOVE_LABELS = {
    Move.SUBMIT: "提交",
    Move.APPROVE: "审核通过",
    Move.COLLECT: "汇总上报",
    Move.VERIFY: "核定",
    Move.PUBLISH: "发布",
    Move.RETURN: "退回",
    Move.WITHDRAW: "撤回",
    Move.REVISE: "修订",
}
_WAYS: Mapping[tuple[Stage, Move], tuple[Part, Stage]] = {
    (Stage.DRAFT, Move.SUBMIT): (Part.REPORTER, Stage.SUBMITTED),
    (Stage.SUBMITTED, Move.WITHDRAW): (Part.REPORTER, Stage.DRAFT),
    (Stage.SUBMITTED, Move.APPROVE): (Part.REVIEWER, Stage.REVIEWED),
    (Stage.SUBMITTED, Move.RETURN): (Part.REVIEWER, Stage.DRAFT),
    (Stage.REVIEWED, Move.COLLECT): (Part.LEAD, Stage.COLLECTED),
    (Stage.REVIEWED, Move.RETURN): (Part.LEAD, Stage.DRAFT),
    (Stage.COLLECTED, Move.VERIFY): (Part.OFFICE, Stage.VERIFIED),
    (Stage.COLLECTED, Move.RETURN): (Part.OFFICE, Stage.DRAFT),
    (Stage.VERIFIED, Move.PUBLISH): (Part.OFFICE, Stage.PUBLISHED),
    (Stage.VERIFIED, Move.RETURN): (Part.OFFICE, Stage.DRAFT),
    (Stage.PUBLISHED, Move.REVISE): (Part.OFFICE, Stage.DRAFT),
}


def after(stage: Stage, move: Move, *, leads_itself: bool = False) -> Stage | None:
    """Where a report stands after a move; None where the move is not possible from here.

    Args:
        leads_itself: the reporting unit leads the measure, so its own approval brings the report to the office.
    """
    way = _WAYS.get((stage, move))
    if way is None:
        return None
    return Stage.COLLECTED if leads_itself and way[1] is Stage.REVIEWED else way[1]


def moves_of(stage: Stage, parts: frozenset[Part]) -> tuple[Move, ...]:
    """The moves that somebody with these parts may make from a stage, in the order of buttons."""
    return tuple(move for (at, move), (part, _) in _WAYS.items() if at is stage and part in parts)
