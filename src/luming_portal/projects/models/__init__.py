"""Projects, their progress (milestones, investment, evidence) and the quarterly field review."""

from luming_portal.projects.models.evidence import Evidence
from luming_portal.projects.models.investment import InvestmentRow, MoneyUnit
from luming_portal.projects.models.milestone import Milestone
from luming_portal.projects.models.project import Project
from luming_portal.projects.models.review import (
    Correction,
    Reviewed,
    Reviewer,
    ReviewRound,
    ReviewState,
    RoundSettled,
    Score,
)

__all__ = [
    "Correction",
    "Evidence",
    "InvestmentRow",
    "Milestone",
    "MoneyUnit",
    "Project",
    "ReviewRound",
    "ReviewState",
    "Reviewed",
    "Reviewer",
    "RoundSettled",
    "Score",
]
