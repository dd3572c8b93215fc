"""What the tests of panels share: results are handed to a case that only remembers them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What was handed to cases."""
    found: list[dict[str, str]] = []

    def keep(case: Any, *, by: Any, data: dict[str, str]) -> None:
        found.append(data)

    monkeypatch.setattr("luming_portal.panels.services.closing.hand_in", keep)
    return found
