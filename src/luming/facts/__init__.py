"""事实台账: figures with period, unit, source and the day they became known."""

from luming.facts.agreement import disputed_faults
from luming.facts.book import FactBook, one_for_each_period
from luming.facts.checks import Checker, Findings, check_facts
from luming.facts.columns import DEMO, KEYS
from luming.facts.corrections import correction_faults
from luming.facts.csv_file import read_csv, write_csv
from luming.facts.dictionary import Dictionary
from luming.facts.fact import Fact, Status
from luming.facts.fact_id import correction_id, new_id
from luming.facts.incoming import Correction, Incoming, plan_import
from luming.facts.indicator import Frequency, Indicator, IndicatorKind
from luming.facts.odd import odd_figures
from luming.facts.row import RowReader
from luming.facts.sheets import Cell, Sheet, read_sheets
from luming.facts.spoken_period import whole_period
from luming.facts.text_file import open_lines
from luming.facts.written_value import typed_number
from luming.facts.xlsx_export import write_xlsx, xlsx_bytes
from luming.facts.xlsx_file import read_xlsx
from luming.facts.xlsx_formulas import SheetMarks, has_macros, sheet_marks
from luming.facts.xlsx_guard import column_letters

__all__ = [
    "DEMO",
    "KEYS",
    "Cell",
    "Checker",
    "Correction",
    "Dictionary",
    "Fact",
    "FactBook",
    "Findings",
    "Frequency",
    "Incoming",
    "Indicator",
    "IndicatorKind",
    "RowReader",
    "Sheet",
    "SheetMarks",
    "Status",
    "check_facts",
    "column_letters",
    "correction_faults",
    "correction_id",
    "disputed_faults",
    "has_macros",
    "new_id",
    "odd_figures",
    "one_for_each_period",
    "open_lines",
    "plan_import",
    "read_csv",
    "read_sheets",
    "read_xlsx",
    "sheet_marks",
    "typed_number",
    "whole_period",
    "write_csv",
    "write_xlsx",
    "xlsx_bytes",
]
