"""文书: papers of a case, made from templates that officers edit in Word.

    default_template(kind) or an officer's .docx → check_template → template with the placeholders it uses
    template + values → fill → .docx → read_words → pdf.render

A template may name the listed placeholders, repeat over the listed lists and leave parts out; it can do nothing else.
Who gives out numbers and keeps what was produced is the portal.
"""

from luming.paperwork.checking import Checked, TemplateFaults, check_template
from luming.paperwork.defaults import default_template
from luming.paperwork.filling import MissingValues, fill, missing_values
from luming.paperwork.kind import KINDS, PaperKind, kind_named, paper_number
from luming.paperwork.money import capital_amount
from luming.paperwork.placeholder import SEAL_MARK, Placeholder, Value, example_values, placeholders_of
from luming.paperwork.words import WordsParagraph, WordsTable, read_words

__all__ = [
    "KINDS",
    "SEAL_MARK",
    "Checked",
    "MissingValues",
    "PaperKind",
    "Placeholder",
    "TemplateFaults",
    "Value",
    "WordsParagraph",
    "WordsTable",
    "capital_amount",
    "check_template",
    "default_template",
    "example_values",
    "fill",
    "kind_named",
    "missing_values",
    "paper_number",
    "placeholders_of",
    "read_words",
]
