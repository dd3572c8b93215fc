"""`luming standard sensitivity`: ranges and ranks of a table, and a sentence where too few firms can be ranked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from luming.cli import program


@pytest.fixture
def firms(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    text = (root / "packs/baotou/standards/innovation_points/2025.cases.yaml").read_text(encoding="utf-8")
    base = next(iter(yaml.load(text, Loader=yaml.BaseLoader)["bases"].values()))
    file = tmp_path / "firms.csv"
    rows = [
        {"name": f"演示{at}", **base, "rd": str(100 * at), "revenue": str(5000 + 900 * at)}
        for at in range(1, 6)
    ]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def run(*args: object) -> tuple[int, str]:
    found = CliRunner().invoke(program, ["standard", "sensitivity", *map(str, args)])
    return found.exit_code, found.output


def test_ranges_and_ranks_are_shown_and_the_same_for_the_same_seed(firms: Path) -> None:
    given = ("innovation_points", "--input", firms, "--first", 2, "--as-of", "2025-06-01")
    code, output = run(*given)
    assert code == 0, output
    assert "技术创新" in output
    assert "演示5" in output
    assert run(*given)[1] == output


def test_a_standard_without_points_is_refused_in_a_sentence(firms: Path) -> None:
    code, output = run("enterprise_size", "--input", firms, "--as-of", "2025-06-01")
    assert code == 2
    assert "没有评分" in output


def test_too_few_complete_firms_are_refused_in_a_sentence(firms: Path) -> None:
    lines = firms.read_text(encoding="utf-8").splitlines()[:2]
    firms.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, output = run("innovation_points", "--input", firms, "--as-of", "2025-06-01")
    assert code == 2
    assert "不能比较名次" in output
