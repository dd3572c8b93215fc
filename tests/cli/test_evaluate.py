"""`luming evaluate` from the command line: what it writes and what it refuses."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from luming.cli import main  # noqa: F401
from luming.cli.evaluate import command
from luming.errors import FaultyInput

HEAD = "凭证号,条款,收款单位,金额,单位,支付日期\n"
SURVEY = "答卷编号,评价对象,评价\n"


@pytest.fixture
def run(root, tmp_path):
    """Runs the command on Baotou's document of 2025, into a fresh folder."""

    def called(*args):
        given = [str(root / "packs" / "baotou" / "2025-1"), *map(str, args), "--out", str(tmp_path / "out")]
        return CliRunner().invoke(command, given)

    return called


def test_it_writes_the_report_three_ways_and_says_what_is_missing(run, tmp_path):
    result = run("--year", "2025", "--as-of", "2026-04-15")
    assert result.exit_code == 0, result.output
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == ["run.json", *(f"政策评估报告_2025年.{kind}" for kind in ("docx", "html", "pdf"))]
    assert "没有取得资金支付数据" in result.output
    assert "不能判断17项" in result.output


def test_tables_are_used_and_named_in_the_manifest(run, tmp_path):
    payments, survey = tmp_path / "p.csv", tmp_path / "s.csv"
    payments.write_text(HEAD + "1,concept_platform_support,甲,30.01,万元,2025-03-01\n", encoding="utf-8")
    survey.write_text(SURVEY + "".join(f"{n},总体,满意\n" for n in range(30)), encoding="utf-8")
    result = run("--year", "2025", "--as-of", "2026-04-15", "--payments", payments, "--satisfaction", survey)
    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert set(told["tables"]) == {"payments", "satisfaction"}
    page = (tmp_path / "out" / "政策评估报告_2025年.html").read_text(encoding="utf-8")
    assert "30.01万元" in page
    assert "88.6%" in page  # the lower end of 30 of 30


def test_faults_of_all_tables_are_told_together_and_nothing_is_written(run, tmp_path):
    payments, survey = tmp_path / "p.csv", tmp_path / "s.csv"
    payments.write_text(HEAD + "1,没有,甲,30,万元,2025-03-01\n", encoding="utf-8")
    survey.write_text(SURVEY + "1,总体,好\n", encoding="utf-8")
    result = run("--year", "2025", "--as-of", "2026-04-15", "--payments", payments, "--satisfaction", survey)
    assert isinstance(result.exception, FaultyInput)
    told = str(result.exception)
    assert "p.csv 第2行“条款”" in told
    assert "s.csv 第2行“评价”" in told
    assert "没有生成评估报告" in told
    assert not (tmp_path / "out").exists()


def test_real_tables_do_not_stand_beside_the_demonstration(run, tmp_path):
    payments = tmp_path / "p.csv"
    payments.write_text(HEAD, encoding="utf-8")
    result = run("--year", "2025", "--demo", "--payments", payments)
    assert isinstance(result.exception, FaultyInput)
    assert "--payments" in str(result.exception)


def test_the_demonstration_says_so_on_its_page(run, tmp_path):
    result = run("--half", "2025H1", "--demo")
    assert result.exit_code == 0, result.output
    assert "演示数据" in result.output
    assert "演示数据" in (tmp_path / "out" / "政策评估报告_2025年上半年.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("args", [(), ("--half", "2025H1", "--year", "2025")])
def test_exactly_one_span_must_be_given(run, args):
    result = run(*args)
    assert result.exit_code == 2
