"""What the desk refuses, told to the officer at the desk: all faults of one operation at once."""

from __future__ import annotations

from luming.errors import Fault, FaultyInput


class DeskFaults(FaultyInput):
    """An operation on the desk that cannot be done as asked; the decomposition stays as it was."""

    consequence = "没有改动任何内容。"


def refusal(code: str, where: str, found: str, expected: str, remedy: str = "") -> DeskFaults:
    """A refusal with a single fault."""
    return DeskFaults([Fault(f"desk.{code}", where, found, expected, remedy)])
