"""表决: a conclusion stands with a share (two thirds) of the whole panel; dissent is kept word for word.

Abstention counts in the whole, so it never helps a conclusion. While ballots are missing, the answer is given only where
they could not change it. Source: mechanisms reference, section 3.3; of what the share is taken is 平台默认口径.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luming.appraisal.faults import AppraisalFaults
from luming.appraisal.rules import VoteRule
from luming.errors import Fault


class Choice(StrEnum):
    """What an expert says to the conclusion."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ABSTAIN = "abstain"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"agree": "同意", "disagree": "不同意", "abstain": "弃权"}[self.value]


class Carried(StrEnum):
    """Whether the conclusion stands; UNKNOWN while missing ballots could still change it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ballot:
    """One expert's vote, with the words to be kept."""

    expert: str
    choice: Choice
    words: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes on one conclusion.

    Attributes:
        dissent: ballots that disagree or abstain, as given; they stand in the report.
        missing: experts who have not voted.
    """

    carried: Carried
    agree: int
    panel: int
    dissent: tuple[Ballot, ...]
    missing: tuple[str, ...]


def vote_of(panel: Sequence[str], ballots: Iterable[Ballot], rule: VoteRule) -> Vote:
    """Count the ballots of a panel, named by ids.

    Raises:
        AppraisalFaults: no panel, a ballot of somebody outside of it, or two ballots of one expert.
    """
    ballots = tuple(ballots)
    members = tuple(dict.fromkeys(panel))
    faults = _faults(members, ballots)
    if faults:
        raise AppraisalFaults(faults)
    voted = {ballot.expert for ballot in ballots}
    missing = tuple(member for member in members if member not in voted)
    agree = sum(ballot.choice is Choice.AGREE for ballot in ballots)
    if agree >= rule.needed * len(members):
        carried = Carried.YES
    elif agree + len(missing) < rule.needed * len(members):
        carried = Carried.NO
    else:
        carried = Carried.UNKNOWN
    dissent = tuple(ballot for ballot in ballots if ballot.choice is not Choice.AGREE)
    return Vote(carried, agree, len(members), dissent, missing)


def _faults(members: Sequence[str], ballots: Sequence[Ballot]) -> list[Fault]:
    if not members:
        return [Fault("appraisal.no_panel", "表决", "没有专家组成员", "至少一位成员")]
    cast = [ballot.expert for ballot in ballots]
    found = []
    for expert in dict.fromkeys(cast):
        if expert not in members:
            found.append(Fault("appraisal.not_member", f"专家{expert}", "不是专家组成员", "专家组成员的表决"))
        if cast.count(expert) > 1:
            found.append(
                Fault("appraisal.ballot_twice", f"专家{expert}", f"{cast.count(expert)}张票", "一张票")
            )
    return found
