"""The examples in the value-like modules are documentation, so they have to hold."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["panel", "result", "history", "credit"])
def test_examples_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"luming.appraisal.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
