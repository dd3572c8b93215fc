"""`luming process` as somebody at a desk uses it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from cases.small import SMALL
from luming.cli import program
from luming.errors import LumingError


def luming(*args: object) -> Result:
    found = CliRunner().invoke(program, [*map(str, args)])
    if found.exception and not isinstance(found.exception, SystemExit | LumingError):
        raise found.exception
    return found


def said(found: Result) -> str:
    return found.output + (str(found.exception) if found.exception else "")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "city" / "processes"
    folder.mkdir(parents=True)
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_the_list_counts_what_a_process_has(packs: Path) -> None:
    found = luming("process", "list", "--packs", packs)
    assert "small@1" in found.output
    assert "小流程" in found.output
    assert found.exit_code == 0


def test_the_check_passes_a_sound_process_and_names_what_is_wrong(packs: Path) -> None:
    assert "共1个流程，0处问题。" in luming("process", "check", "--packs", packs).output
    bad = SMALL.replace("process: small", "process: bad").replace("  review: {label: 审核}", "  review: {label: 审核}\n  lost: {label: 迷路}")  # fmt: skip
    (packs / "city" / "processes" / "bad.yaml").write_text(bad, encoding="utf-8")
    found = luming("process", "check", "--packs", packs)
    assert found.exit_code == 1
    assert "状态“迷路”（lost）：发现从起点到不了这里" in found.output
    assert "small：走得通" in found.output


def test_a_fact_that_the_dictionary_lacks_is_named(packs: Path) -> None:
    text = SMALL.replace("title: 标题, minLength", "title: 标题, x-fact: headcount, minLength")
    (packs / "city" / "processes" / "small.yaml").write_text(text, encoding="utf-8")
    assert "没有“headcount”这个事实" in luming("process", "check", "--packs", packs).output


def test_show_writes_every_step_and_clock(packs: Path) -> None:
    found = luming("process", "show", "小流程", "--packs", packs).output
    for part in ("退回补正", "到时自动", "至多1次", "5个工作日", "一般3个工作日", "平台默认口径"):
        assert part in found


def test_an_unknown_name_is_answered_with_the_nearest(packs: Path) -> None:
    assert "是否想写“small”" in said(luming("process", "show", "smal", "--packs", packs))


@pytest.mark.parametrize("narrow", [[], ["--narrow", "--language", "en"]])
def test_the_drawing_is_a_file(packs: Path, tmp_path: Path, narrow: list[str]) -> None:
    target = tmp_path / "small.svg"
    found = luming("process", "draw", "small", "--output", target, "--packs", packs, *narrow)
    assert found.exit_code == 0
    assert ElementTree.parse(target).getroot().tag.endswith("svg")


def test_the_packs_of_the_project_pass(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    found = luming("process", "check")
    assert "0处问题。" in found.output
    assert found.exit_code == 0
