"""The main job from the command line: what it prints, writes, records, and refuses."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from once import once

pytestmark = pytest.mark.slow

PACK = "packs/baotou/2025-1"
DAY = "2025-12-31"


def luming(root, *args, **extra):
    command = [sys.executable, "-c", "from luming.cli import main; main()", *map(str, args)]
    environment = {**os.environ, **extra}
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, timeout=300, env=environment
    )


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


@pytest.fixture(scope="session")
def city(root, tmp_path_factory):
    """A copy of Baotou's packs, for tests that leave it as it is."""

    def copy(folder):
        shutil.copytree(root / "packs" / "baotou", folder / "baotou")

    return once(tmp_path_factory, "packs", copy) / "baotou"


@pytest.fixture(scope="session")
def ran(root, city, tmp_path_factory):
    """One run on the real data, with what it printed."""

    def run(folder):
        result = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", folder / "out")
        assert result.returncode == 0, result.stderr
        (folder / "printed.txt").write_text(result.stdout, encoding="utf-8")

    folder = once(tmp_path_factory, "run", run)
    return folder / "out", (folder / "printed.txt").read_text(encoding="utf-8")


def test_it_prints_progress_and_the_lights(ran):
    _, printed = ran
    for words in ("月调度表", "绿灯1项", "灰灯17项", "不作预测", "矛盾", "1.67%", "luming serve"):
        assert words in printed


def test_every_paper_is_there(ran):
    out, _ = ran
    names = set(hashes(out))
    day = f"_{DAY}"
    wanted = {
        "index.html",
        "board.html",
        "run.json",
        f"月调度表{day}.xlsx",
        f"季度通报{day}.docx",
        f"季度通报{day}.pdf",
        f"季度通报{day}.html",
        f"一页简报{day}.docx",
        f"一页简报{day}.pdf",
        f"群消息{day}.txt",
        "demo/board.html",
    }
    assert wanted <= names
    assert sum(name.startswith("督办函/") for name in names) >= 1
    assert sum(name.startswith("demo/逐月/") for name in names) == 12


def test_run_json_holds_the_hashes_of_all_it_was_made_from(ran, city):
    out, _ = ran
    told = json.loads((out / "run.json").read_bytes())
    assert told["as_of"] == DAY
    assert told["facts"]["sha256"] == hashlib.sha256((city / "facts.csv").read_bytes()).hexdigest()
    assert told["files"] == {name: digest for name, digest in hashes(out).items() if name != "run.json"}
    assert [one["id"] for one in told["earlier"]] == ["baotou.2024-1", "baotou.2023-1"]


def test_same_input_gives_the_same_bytes(root, city, ran, tmp_path):
    out, _ = ran
    again = luming(
        root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o", PYTHONHASHSEED="7", TZ="UTC"
    )
    assert again.returncode == 0, again.stderr
    assert hashes(tmp_path / "o") == hashes(out)


def test_real_pages_hold_no_invented_figure(ran):
    out, _ = ran
    page = (out / "board.html").read_text(encoding="utf-8")
    assert 'class="demo"' not in page
    assert "演示数据" in (out / "demo" / "board.html").read_text(encoding="utf-8")


def test_without_the_demonstration_nothing_of_it_is_left(root, city, tmp_path):
    result = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o", "--no-demo")
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "o" / "demo").exists()
    for page in (tmp_path / "o").glob("*.html"):
        assert "演示" not in page.read_text(encoding="utf-8"), page.name


def test_run_json_names_overrides_and_the_demonstration(root, city, ran):
    told = json.loads((ran[0] / "run.json").read_bytes())
    assert told["overrides"] == ""
    assert told["demo"] == {"seed": 2025, "as_of": ""}


def test_an_earlier_day_knows_less(root, city, tmp_path):
    result = luming(
        root, "run", city / "2025-1", "--as-of", "2025-12-25", "--out", tmp_path / "o", "--no-demo"
    )
    assert "绿灯0项" in result.stdout


def test_recorded_lights_only_grow(root, tmp_path):
    city = tmp_path / "baotou"
    shutil.copytree(root / "packs" / "baotou", city)
    run = ("run", city / "2025-1", "--no-demo", "--record", "--out", tmp_path / "o")
    assert luming(root, *run, "--as-of", "2025-11-30").returncode == 0
    first = (city / "2025-1" / "lights.jsonl").read_bytes()
    assert luming(root, *run, "--as-of", DAY).returncode == 0
    both = (city / "2025-1" / "lights.jsonl").read_bytes()
    assert both.startswith(first)
    assert len(both.splitlines()) == 36
    again = luming(root, *run, "--as-of", DAY)
    assert "亮灯记录里已有，没有新增" in again.stdout, again.stderr
    assert (city / "2025-1" / "lights.jsonl").read_bytes() == both
    told = json.loads((tmp_path / "o" / "run.json").read_bytes())
    assert told["lights"]["records"] == 36
    back = luming(root, *run, "--as-of", "2025-06-30")
    assert back.returncode == 2
    assert "Traceback" not in back.stderr
    (city / "2025-1" / "lights.jsonl").write_bytes(first)
    cut = luming(root, *run, "--as-of", DAY)
    assert cut.returncode == 2, "lines taken off the end are noticed"
    assert (city / "2025-1" / "lights.jsonl").read_bytes() == first


def test_a_light_set_by_hand_shows_beside_the_computed_one(root, tmp_path):
    city = tmp_path / "baotou"
    shutil.copytree(root / "packs" / "baotou", city)
    entry = (
        "overrides:\n  - target: pv_output\n    light: yellow\n    by: 张某\n    reason: 企业停产检修\n"
        "    from_day: 2025-12-01\n    until: 2025-12-31\n"
    )
    (city / "2025-1" / "overrides.yaml").write_text(entry, encoding="utf-8")
    result = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o", "--no-demo")
    assert "黄灯1项" in result.stdout, result.stderr
    page = (tmp_path / "o" / "board.html").read_text(encoding="utf-8")
    assert "企业停产检修" in page
    assert "张某" in page
    later = luming(
        root, "run", city / "2025-1", "--as-of", "2026-01-01", "--out", tmp_path / "o", "--no-demo"
    )
    assert "黄灯0项" in later.stdout
    (city / "2025-1" / "overrides.yaml").write_text(
        entry.replace("    reason: 企业停产检修\n", ""), encoding="utf-8"
    )
    refused = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o", "--no-demo")
    assert refused.returncode == 2
    assert "缺少“reason”" in refused.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("facts.csv", "亿元", "亿圆"), "亿圆"),
        (("2025-1/commitments.yaml", "value: 100", "value: 一百"), "一百"),
        (("indicators.yaml", "kind: flow", "kind: flowing"), "flowing"),
    ],
)
def test_faulty_input_writes_nothing(root, tmp_path, change, words):
    city = tmp_path / "baotou"
    shutil.copytree(root / "packs" / "baotou", city)
    name, old, new = change
    file = city / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o")
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "o").exists()


def test_a_folder_of_somebody_else_is_refused_before_work_begins(root, city, tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "mine.txt").write_text("mine", encoding="utf-8")
    result = luming(root, "run", city / "2025-1", "--as-of", DAY, "--out", tmp_path / "o")
    assert result.returncode == 2
    assert "不是由 luming run 生成" in result.stderr
    assert "…" not in result.stdout


def test_a_partial_pack_without_facts_of_its_year_runs_too(root, city, tmp_path):
    result = luming(root, "run", city / "2026-1", "--as-of", "2026-02-01", "--out", tmp_path / "o")
    assert result.returncode == 0, result.stderr
    assert "灰灯8项" in result.stdout
