"""What an appraisal refuses, told to the person who convenes it: all faults at once."""

from __future__ import annotations

from luming.errors import FaultyInput


class AppraisalFaults(FaultyInput):
    """A panel, a score sheet or a distribution that cannot stand as it is."""

    consequence = "没有形成评价结论。"
