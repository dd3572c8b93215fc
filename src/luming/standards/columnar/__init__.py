"""Standards over whole tables: the same meaning as the scalar evaluator, compiled to SQL.

`assess_table` reads and writes files; `sql_of` shows the query.
"""

from luming.standards.columnar.dialect import Dialect, written
from luming.standards.columnar.plan import Plan, Table
from luming.standards.columnar.ratio import TooLarge
from luming.standards.columnar.reading import Field
from luming.standards.columnar.refused import Refused, Written
from luming.standards.columnar.sql_text import sql_of
from luming.standards.columnar.table import assess_table
from luming.standards.columnar.verdicts import Wanted

__all__ = [
    "Dialect",
    "Field",
    "Plan",
    "Refused",
    "Table",
    "TooLarge",
    "Wanted",
    "Written",
    "assess_table",
    "sql_of",
    "written",
]
