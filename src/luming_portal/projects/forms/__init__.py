"""Forms for projects, their progress and the field review."""

from luming_portal.projects.forms.progress import EvidenceForm, InvestmentForm, LineForm, MilestoneForm
from luming_portal.projects.forms.project import ProjectForm
from luming_portal.projects.forms.review import CorrectionForm, RoundForm, ScoreForm

__all__ = [
    "CorrectionForm",
    "EvidenceForm",
    "InvestmentForm",
    "LineForm",
    "MilestoneForm",
    "ProjectForm",
    "RoundForm",
    "ScoreForm",
]
