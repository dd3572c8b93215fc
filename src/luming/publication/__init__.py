"""成文: everything a run of the main job hands out, as files, and the folder that holds them."""

from luming.publication.folder import MANIFEST, check_replaceable, code_hash, publish
from luming.publication.job import DEMO, REPORTED_BY, Order, Outcome, carry_out, demo_board, real_board
from luming.publication.papers import PaperFile, evaluation_files

__all__ = [
    "DEMO",
    "MANIFEST",
    "REPORTED_BY",
    "Order",
    "Outcome",
    "PaperFile",
    "carry_out",
    "check_replaceable",
    "code_hash",
    "demo_board",
    "evaluation_files",
    "publish",
    "real_board",
]
