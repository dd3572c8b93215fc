"""Advice: the cheapest changes of adjustable facts that bring a firm to a goal of a standard.

goal and facts -> levers (what can be changed, in steps) -> search over boxes of changes, cut by what a box can reach ->
plans, each assessed again on the changed firm; or the obstacles that stand against the goal.
"""

from luming.standards.advice.goal import PASSING, Goal, in_class, next_class, next_line, scoring
from luming.standards.advice.obstacle import Obstacle
from luming.standards.advice.plan import Advice, Change, Plan, Prospect, advise

__all__ = [
    "PASSING",
    "Advice",
    "Change",
    "Goal",
    "Obstacle",
    "Plan",
    "Prospect",
    "advise",
    "in_class",
    "next_class",
    "next_line",
    "scoring",
]
