"""政策评估: a document looked back on at the end of a half year or a year.

evaluate(material)      every target's outcome, the memory of earlier years, money, payees, answers, advice
read_tasks, read_payments, read_survey, read_repeals   the tables an office may hand in
demo_material(...)      invented tables for the demonstration year

Values only; the words of the report are made in `luming.report`.
"""

from luming.evaluation.advice import Advised, Grounds, MeasureAdvice, advise, target_rule
from luming.evaluation.demo import demo_material
from luming.evaluation.evaluation import Addition, Evaluation, Lacking, Material, evaluate
from luming.evaluation.funds import ClauseFunds, Funds, OverCap, funds_of, in_span, money_clauses
from luming.evaluation.gap import Gap, gap_of
from luming.evaluation.interval import METHOD, wilson
from luming.evaluation.memory import Leftover, LeftReason, Memory
from luming.evaluation.movement import Moved, Movement
from luming.evaluation.outcome import Doubt, Outcome, TargetFinding, finding_of
from luming.evaluation.payment import Payment, read_payments
from luming.evaluation.reach import TOP, Group, Reach, reach_of
from luming.evaluation.repeal import Repeal, read_repeals
from luming.evaluation.rule import RULES, RUN_OF_YEARS, Advice, Rule
from luming.evaluation.span import Span, parse_half
from luming.evaluation.survey import (
    GRADES,
    LEAST_SAMPLE,
    NO_OPINION,
    WHOLE,
    Answer,
    Satisfaction,
    Survey,
    read_survey,
    satisfaction,
    survey_of,
)
from luming.evaluation.table_file import CONSEQUENCE, Column
from luming.evaluation.tables import TABLES, Table
from luming.evaluation.task import MeasureTasks, TaskReport, TaskState, read_tasks, tasks_of

__all__ = [
    "CONSEQUENCE",
    "GRADES",
    "LEAST_SAMPLE",
    "METHOD",
    "NO_OPINION",
    "RULES",
    "RUN_OF_YEARS",
    "TABLES",
    "TOP",
    "WHOLE",
    "Addition",
    "Advice",
    "Advised",
    "Answer",
    "ClauseFunds",
    "Column",
    "Doubt",
    "Evaluation",
    "Funds",
    "Gap",
    "Grounds",
    "Group",
    "Lacking",
    "LeftReason",
    "Leftover",
    "Material",
    "MeasureAdvice",
    "MeasureTasks",
    "Memory",
    "Moved",
    "Movement",
    "Outcome",
    "OverCap",
    "Payment",
    "Reach",
    "Repeal",
    "Rule",
    "Satisfaction",
    "Span",
    "Survey",
    "Table",
    "TargetFinding",
    "TaskReport",
    "TaskState",
    "advise",
    "demo_material",
    "evaluate",
    "finding_of",
    "funds_of",
    "gap_of",
    "in_span",
    "money_clauses",
    "parse_half",
    "reach_of",
    "read_payments",
    "read_repeals",
    "read_survey",
    "read_tasks",
    "satisfaction",
    "survey_of",
    "target_rule",
    "tasks_of",
    "wilson",
]
