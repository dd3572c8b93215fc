"""What a check found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from luming.punctuation import full_width
from luming_portal.language import holds_chinese


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        code: stable name for programs.
        subject: what was looked at, in two to six characters.
        sentence: what was found.
        remedy: what to do; "" when all is well.
    """

    code: str
    subject: str
    level: Severity
    sentence: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """The finding as plain values."""
        return {name: str(value) for name, value in asdict(self).items()}


def fine(code: str, subject: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(code, subject, Severity.OK, _told(sentence))


def warning(code: str, subject: str, sentence: str, remedy: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(code, subject, Severity.WARNING, _told(sentence), _told(remedy))


def fault(code: str, subject: str, sentence: str, remedy: str) -> Finding:
    """It does not work, or not safely."""
    return Finding(code, subject, Severity.FAULT, _told(sentence), _told(remedy))


def _told(text: str) -> str:
    """Chinese with full-width marks; other languages as they are. Works before the settings can be read."""
    return full_width(text) if holds_chinese(text) else text
