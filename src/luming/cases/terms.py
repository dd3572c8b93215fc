"""The few words a process file chooses from, each with what the office says for it."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """Who a case is about."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    PERSON = "person"
    PROJECT = "project"
    NONE = "none"


class Outcome(StrEnum):
    """How a case ended."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"approved": "同意", "refused": "不同意", "withdrawn": "撤回", "closed": "办结"}[self.value]


class Join(StrEnum):
    """How many of the opinions asked for must be in."""

    ALL = "all"
    MAJORITY = "majority"
    ANY = "any"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"all": "全部", "majority": "过半数", "any": "任一"}[self.value]


class Settles(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"upheld": "异议成立", "dismissed": "异议不成立"}[self.value]


class Verdict(StrEnum):
    """What an opinion says."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ABSTAIN = "abstain"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"agree": "同意", "disagree": "不同意", "abstain": "弃权"}[self.value]


class Reason(StrEnum):
    """Whether a step needs its reason in words."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"
