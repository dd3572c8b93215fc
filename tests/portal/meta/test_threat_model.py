"""Each threat in docs/threat_model.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_tests_that_the_threat_model_names_exist() -> None:
    text = (ROOT / "docs/threat_model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    assert len(named) > 40
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", file.read_text(encoding="utf-8"))
    }
    assert not named - defined, (
        f"docs/threat_model.md names tests that are not there: {sorted(named - defined)}"
    )


def test_every_threat_has_a_test() -> None:
    text = (ROOT / "docs/threat_model.md").read_text(encoding="utf-8")
    table = text.partition("## 在防范之内")[2].partition("## 不在防范之内")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 15
    for row in rows:
        assert "`test_" in row, f"no test named: {row[:40]}"
