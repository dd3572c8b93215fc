"""The codes of figures on the board, small and grey, each leading to its chain on the page of proofs."""

from __future__ import annotations

from collections.abc import Sequence

from luming.report.board.element import Element, el
from luming.report.codes import PROOF_PAGE, Coded


def code_list(held: Sequence[Coded]) -> Element:
    """Figures of one subject with their codes."""
    return el("span", [[_one(one), " "] for one in held], class_="codes")


def _one(one: Coded) -> Element:
    return el("a", one.said, " ", el("code", one.code), href=one.href, class_="coded")


def all_codes() -> Element:
    """The way to the page of proofs."""
    return el("a", "每个数字的核验码", href=PROOF_PAGE, class_="leads")
