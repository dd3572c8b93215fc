"""The models of panels."""

from luming_portal.panels.models.expert import Expert, ExpertTie
from luming_portal.panels.models.finding import Finding, FoundBy
from luming_portal.panels.models.panel import Panel, PanelSettled, PanelState
from luming_portal.panels.models.seat import Seat, SeatState
from luming_portal.panels.models.sheet import ScoreSheet

__all__ = [
    "Expert",
    "ExpertTie",
    "Finding",
    "FoundBy",
    "Panel",
    "PanelSettled",
    "PanelState",
    "ScoreSheet",
    "Seat",
    "SeatState",
]
