"""The small document on the desk, as it comes in and when everything is decided."""

from __future__ import annotations

import pytest

from desk.working import fresh, settled
from luming.desk import Decomposition


@pytest.fixture
def desk() -> Decomposition:
    return fresh()


@pytest.fixture
def done() -> Decomposition:
    return settled()
