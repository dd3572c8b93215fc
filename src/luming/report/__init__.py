"""Papers of the office: one model of a paper, drawn as Word, PDF and page; workbooks; charts.

    board → compose_bulletin, compose_brief, compose_reminders → Paper    → docx.render, pdf.render, html.render
          → compose_monthly_sheet                              → Workbook → xlsx.render
          → compose_chat                                       → str
    what a unit owes → compose_overdue_letter → LetterText (kept) → letter_paper → Paper

What is composed follows from board and desk alone, and what is drawn follows from the paper alone: same inputs, same
bytes. Each form is imported from its own module, so that whoever needs a text for the chat loads no typesetter.
"""

from luming.report.brief import compose_brief
from luming.report.bulletin import compose_bulletin
from luming.report.by_hand import is_by_hand, light_full_words
from luming.report.chat import compose_chat
from luming.report.codes import PROOF_PAGE, Coded, Codes, figure_key
from luming.report.course import course
from luming.report.desk import Desk, ReportedProgress, default_desk
from luming.report.evaluation import compose_evaluation
from luming.report.fonts import font_folders
from luming.report.model import (
    Block,
    BulletList,
    Callout,
    Column,
    Heading,
    Inlines,
    Paper,
    Paragraph,
    Row,
    Table,
    Text,
    plain,
)
from luming.report.monthly_sheet import compose_monthly_sheet
from luming.report.naming import called, document_name, measure_name, names
from luming.report.overdue_letter import (
    EarlierReminder,
    LetterText,
    OverdueLetter,
    OwedFigure,
    compose_overdue_letter,
    letter_paper,
)
from luming.report.packaging import normalise
from luming.report.phrases import (
    all_missing,
    completion_words,
    deviation_cell,
    due_words,
    forecast_words,
    growth_found,
    growth_words,
    latest_words,
    not_yet_judged,
    schedule_words,
    sentence,
    standing_sentence,
    target_phrase,
    target_signs,
)
from luming.report.reminder import compose_reminders
from luming.report.score_sheet import (
    PanelRecord,
    PanelSum,
    ScoredItem,
    ScoreSheetRecord,
    compose_panel_result,
    compose_score_sheet,
)
from luming.report.shown import shown
from luming.report.typeset import set_text
from luming.report.wording import DEMO_LINE, chinese_date

__all__ = [
    "DEMO_LINE",
    "PROOF_PAGE",
    "Block",
    "BulletList",
    "Callout",
    "Coded",
    "Codes",
    "Column",
    "Desk",
    "EarlierReminder",
    "Heading",
    "Inlines",
    "LetterText",
    "OverdueLetter",
    "OwedFigure",
    "PanelRecord",
    "PanelSum",
    "Paper",
    "Paragraph",
    "ReportedProgress",
    "Row",
    "ScoreSheetRecord",
    "ScoredItem",
    "Table",
    "Text",
    "all_missing",
    "called",
    "chinese_date",
    "completion_words",
    "compose_brief",
    "compose_bulletin",
    "compose_chat",
    "compose_evaluation",
    "compose_monthly_sheet",
    "compose_overdue_letter",
    "compose_panel_result",
    "compose_reminders",
    "compose_score_sheet",
    "course",
    "default_desk",
    "deviation_cell",
    "document_name",
    "due_words",
    "figure_key",
    "font_folders",
    "forecast_words",
    "growth_found",
    "growth_words",
    "is_by_hand",
    "latest_words",
    "letter_paper",
    "light_full_words",
    "measure_name",
    "names",
    "normalise",
    "not_yet_judged",
    "plain",
    "schedule_words",
    "sentence",
    "set_text",
    "shown",
    "standing_sentence",
    "target_phrase",
    "target_signs",
]
