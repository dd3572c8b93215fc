"""`luming standard`, `explain` and `assess` as somebody at a desk uses them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from luming.cli import program
from luming.errors import LumingError
from luming.punctuation import full_width

FIRM = (
    "name: 甲公司\nemployees: 80\ntech_staff: 18\nrevenue: 6000\ntotal_assets: 9000\nrd: 320\nclass2_ip: 3\n"
)


def luming(*args: object) -> Result:
    found = CliRunner().invoke(program, [*map(str, args)])
    if found.exception and not isinstance(found.exception, SystemExit | LumingError):
        raise found.exception
    return found


def said(found: Result) -> str:
    return found.output + (str(found.exception) if found.exception else "")


@pytest.fixture(autouse=True)
def at_the_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    file = tmp_path / "firm.yaml"
    file.write_text(FIRM, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["tech_sme", "tech_sme@2017", "科技型中小企业"])
def test_a_standard_is_found_by_key_version_or_name(firm: Path, name: str) -> None:
    found = luming("explain", name, "--firm", firm, "--as-of", "2025-06-01")
    assert found.exit_code == 0
    assert "尚不能判断" in found.output
    assert full_width("科技人员占职工总数的比例 22.5%,得12分(满分20分)") in found.output


def test_an_unknown_name_offers_close_ones(firm: Path) -> None:
    assert "tech_sme" in said(luming("explain", "tech_sm", "--firm", firm))


def test_a_day_without_a_version_says_which_there_are(firm: Path) -> None:
    found = said(luming("explain", "specialised_sme", "--firm", firm, "--as-of", "2020-01-01"))
    assert "specialised_sme@2022" in found
    assert "specialised_sme@2026" in found


def test_the_day_chooses_the_version(firm: Path) -> None:
    before = luming("explain", "专精特新中小企业", "--firm", firm, "--as-of", "2026-03-31").output
    after = luming("explain", "专精特新中小企业", "--firm", firm, "--as-of", "2026-04-01").output
    assert "工信部企业〔2022〕63号" in before
    assert "工信部企业〔2026〕2号" in after


def test_every_standard_in_one_go_and_kept_for_later(firm: Path, tmp_path: Path) -> None:
    found = luming("explain", "--firm", firm, "--as-of", "2025-06-01", "--json")
    kept = json.loads(found.output)
    assert {item["standard"] for item in kept} > {"tech_sme", "hnte", "innovative_sme", "enterprise_size"}
    assert "pilot_platform" not in {item["standard"] for item in kept}, "a firm is no platform"
    file = tmp_path / "kept.json"
    file.write_text(found.output, encoding="utf-8")
    again = luming("standard", "replay", file)
    assert again.exit_code == 0
    assert "不一致" not in again.output
    kept[0]["outcome"] = "pass" if kept[0]["outcome"] != "pass" else "fail"
    file.write_text(json.dumps(kept), encoding="utf-8")
    assert luming("standard", "replay", file).exit_code == 1


TABLE = (
    "企业名称,统一社会信用代码,职工总数,科技人员数,revenue,rd,备注\n"
    "甲公司,91150000701463622D,80,18,6000,320,=1+1\n"
    "乙公司,91150000701463622E,10,30,很多,320,\n"
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_assessed_with_its_faults(tmp_path: Path, kind: str) -> None:
    source, target = tmp_path / "firms.csv", tmp_path / f"result.{kind}"
    source.write_text(TABLE, encoding="utf-8")
    found = luming(
        "assess",
        "tech_sme",
        "enterprise_size",
        "--input",
        source,
        "--output",
        target,
        "--as-of",
        "2025-06-01",
    )
    assert found.exit_code == 0, said(found)
    assert "第3行" in found.output, "the row of the fault"
    for words in ("revenue", "科技人员数", "信用代码"):
        assert words in found.output
    if kind == "csv":
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    else:
        book = openpyxl.load_workbook(target)
        rows = [[cell or "" for cell in row] for row in book["结论"].iter_rows(values_only=True)]
        assert [sheet.title for sheet in book] == ["结论", "标准", "未读入"]
        assert book["标准"]["B2"].value == "tech_sme@2017"
        assert book["结论"].cell(2, 4).data_type == "s"
    assert rows[0][:2] == ["企业名称", "统一社会信用代码"] or rows[0][:2] == ["编号", "企业名称"]
    verdicts = {row[0]: row for row in rows[1:]}
    at = next(
        i for i, name in enumerate(rows[0]) if name.startswith("科技型中小企业") and name.endswith("结论")
    )
    assert {name: row[at] for name, row in verdicts.items()} == {
        "甲公司": "尚不能判断",
        "乙公司": "尚不能判断",
    }
    assert not any(cell.startswith("=") for row in rows[1:] for cell in row) or kind == "xlsx"


def test_lists_and_outlines(firm: Path) -> None:
    listed = luming("standard", "list", "--as-of", "2026-06-01").output
    assert "specialised_sme@2026" in listed
    assert "specialised_sme@2022" not in listed
    shown = luming("standard", "show", "tech_sme").output
    assert full_width("科技人员占职工总数的比例30%以上:20分") in shown
    assert "tech_staff" in luming("standard", "columns", "tech_sme").output


@pytest.mark.slow
def test_all_cases_of_all_standards_hold() -> None:
    found = luming("standard", "check")
    assert found.exit_code == 0
    assert "全部用例与标准一致" in found.output
