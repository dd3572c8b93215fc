"""`luming support`: list, show, check, calc, assess."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from luming.cli.support import command

PACKS = Path(__file__).parents[2] / "packs"
FIRM = "in_inner_mongolia: 是\nillegal_list: 否\nhnte_first: 是\nresident_in_china: 是\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--packs", str(PACKS)])


@pytest.fixture
def firm(tmp_path: Path) -> str:
    file = tmp_path / "firm.yaml"
    file.write_text(FIRM, encoding="utf-8")
    return str(file)


def test_list_tells_lane_days_and_standing() -> None:
    found = run("list", "--as-of", "2024-06-01")
    assert found.exit_code == 0
    for word in ("nm_hnte_first", "内政发〔2024〕6号第48条", "免申即享", "原文已核"):
        assert word in found.output
    assert "bt_poc_platform" not in found.output


def test_show_tells_what_was_assumed_and_where_a_clause_was_repealed() -> None:
    assert "平台填写" in run("show", "nm_hnte_first").output
    assert "包府发〔2025〕3号" in run("show", "bt_result_tax_12").output
    assert "最高30万元" in run("show", "bt_poc_platform").output
    wrong = run("show", "unheard_of")
    assert wrong.exit_code == 2
    assert "没有“unheard_of”这项事项" in wrong.output


def test_check_runs_the_cases(tmp_path: Path) -> None:
    found = run("check")
    assert found.exit_code == 0, found.output
    assert "全部用例与事项一致" in found.output


def test_calc_tells_three_lists_and_what_to_ask(firm: str) -> None:
    found = run("calc", "--firm", firm, "--as-of", "2024-06-01")
    assert found.exit_code == 0
    for word in ("可以享受1项", "预计30万元", "尚不能判断", "先补这一项", "0–500万元"):
        assert word in found.output, found.output


def test_calc_as_json_counts_fen(firm: str) -> None:
    found = json.loads(run("calc", "--firm", firm, "--as-of", "2024-06-01", "--json").output)
    assert [one["item"] for one in found["yes"]] == ["nm_hnte_first"]
    assert found["certain"] == {"low": 30_000_000, "high": 30_000_000}
    assert found["ask_next"] in found["missing"]
    assert all(one["low"] == 0 for one in found["unknown"])


def test_assess_writes_a_row_for_each_firm(tmp_path: Path) -> None:
    source, target = tmp_path / "firms.csv", tmp_path / "out.csv"
    source.write_text(
        "id,in_inner_mongolia,hnte_first,illegal_list\n1,是,是,否\n2,否,是,否\n", encoding="utf-8"
    )
    found = run("assess", "--input", str(source), "--output", str(target), "--as-of", "2024-06-01")
    assert found.exit_code == 0, found.output
    heading, first, second = target.read_text(encoding="utf-8").splitlines()
    at = heading.split(",").index("nm_hnte_first_verdict")
    assert (first.split(",")[at], second.split(",")[at]) == ("yes", "no")
