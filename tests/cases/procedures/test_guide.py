"""docs/guide/procedures.md says of every procedure what its file says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cases.procedures.guide_rows import clocks_of, row_of
from luming.cases import Process

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "procedures.md"
PLACES = ("national", "neimenggu", "baotou")


def test_the_table_is_what_the_files_say(processes: Mapping[str, Process]) -> None:
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert rows == [row_of(process) for process in processes.values()]


def test_the_list_of_limits_is_what_the_files_say(processes: Mapping[str, Process]) -> None:
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("- **")]
    assert listed == [clocks_of(process) for process in processes.values()]


def test_the_guide_counts_right(processes: Mapping[str, Process]) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    clocks = [clock for process in processes.values() for clock in process.clocks.values()]
    assert f"{len(processes)}个流程、{len(clocks)}个期限" in text
    ours = sum(clock.about.mark.value == "ours" for clock in clocks)
    assert f"{ours}个是平台默认口径" in text
