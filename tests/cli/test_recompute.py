"""`luming recompute` as somebody at a desk uses it: the right code, a mistyped one, a file that was altered."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def luming(root, *args):
    command = [sys.executable, "-c", "from luming.cli import main; main()", *map(str, args)]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, timeout=300, env={**os.environ}
    )


@pytest.fixture(scope="module")
def out(root, tmp_path_factory):
    """A run on the real data with the demonstration, with an address for the signs."""
    folder = tmp_path_factory.mktemp("run") / "out"
    pack, day = root / "packs" / "baotou" / "2025-1", "2025-12-31"
    made = luming(
        root, "run", pack, "--as-of", day, "--out", folder, "--address", "https://lm.example.cn/2025"
    )
    assert made.returncode == 0, made.stderr
    return folder


def proofs(folder):
    return json.loads((folder / "proofs.json").read_bytes())["proofs"]


def pick(folder, kind):
    return next(one for one in proofs(folder) if one["kind"] == kind)


def test_a_printed_code_gives_the_printed_figure(root, out):
    proof = pick(out, "completion")
    code = proof["code"]
    told = luming(root, "recompute", f"{code[:4].lower()}-{code[4:]}", "--in", out)
    assert told.returncode == 0, told.stderr
    for words in ("条款", "规则", "数据", "结果", "重新计算", "completion/1", "与印出的一致", proof["words"]):
        assert words in told.stdout
    assert told.stdout.index("条款") < told.stdout.index("规则") < told.stdout.index("重新计算")
    assert not re.search(r"None|Decimal|Traceback", told.stdout + told.stderr)


def test_figures_of_the_demonstration_are_found_and_marked(root, out):
    told = luming(root, "recompute", pick(out / "demo", "score")["code"], "--in", out)
    assert told.returncode == 0, told.stderr
    assert "演示数据" in told.stdout
    assert "加 --all 全部列出" in told.stdout
    assert "与印出的一致" in told.stdout


def test_all_lists_every_input(root, out):
    proof = pick(out / "demo", "forecast")
    told = luming(root, "recompute", proof["code"], "--in", out / "demo", "--all")
    assert told.returncode == 0, told.stderr
    assert "另有" not in told.stdout
    assert told.stdout.count("编号 demo.") >= 8


def test_a_count_names_the_codes_that_it_goes_over(root, out):
    told = luming(root, "recompute", pick(out, "count")["code"], "--in", out, "--all")
    assert told.returncode == 0
    assert len(re.findall(r"[绿黄红灰]灯（[0-9A-Z]{4}-[0-9A-Z]{4}）", told.stdout)) == 18


def test_every_month_of_the_demonstration_is_in_its_book(out):
    days = {one["as_of"] for one in proofs(out / "demo")}
    assert len(days) == 12


def test_a_mistyped_code_suggests_the_right_one(root, out):
    code = pick(out, "value")["code"]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    told = luming(root, "recompute", wrong, "--in", out)
    assert told.returncode == 2
    assert "校验不符" in told.stderr
    assert f"{code[:4]}-{code[4:]}" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("code", "words"), [("O0I1", "核验码只用数字2至9"), ("K7M4", "有4位"), ("22222222", "写法没有错")]
)
def test_what_is_no_code_here_is_told(root, out, code, words):
    told = luming(root, "recompute", code, "--in", out)
    assert told.returncode == 2
    assert words in told.stderr
    assert "没有核验" in told.stderr


def test_a_folder_without_proofs_is_told(root, tmp_path):
    told = luming(root, "recompute", "22222222", "--in", tmp_path)
    assert told.returncode == 2
    assert "没有 proofs.json" in told.stderr
    assert "--in" in told.stderr


def test_an_altered_file_is_refused(root, out, tmp_path):
    content = (out / "proofs.json").read_bytes()
    (tmp_path / "proofs.json").write_bytes(content.replace(b'"value":"', b'"value":"1', 1))
    told = luming(root, "recompute", pick(out, "value")["code"], "--in", tmp_path)
    assert told.returncode == 2
    assert "文件被改动或损坏" in told.stderr


def test_a_file_that_does_not_fit_run_json_is_refused(root, out, tmp_path):
    (tmp_path / "run.json").write_bytes((out / "run.json").read_bytes())
    (tmp_path / "proofs.json").write_bytes((out / "demo" / "proofs.json").read_bytes())
    told = luming(root, "recompute", "22222222", "--in", tmp_path)
    assert told.returncode == 2
    assert "run.json" in told.stderr


def test_each_code_leads_to_its_place_on_the_page_of_proofs(out):
    for folder in (out, out / "demo"):
        page = (folder / "proofs.html").read_text(encoding="utf-8")
        ids = set(re.findall(r'id="([^"]+)"', page))
        for name in ("board.html", *(file.name for file in folder.glob("季度通报_*.html"))):
            linked = set(
                re.findall(r'href="proofs\.html#(\w+)"', (folder / name).read_text(encoding="utf-8"))
            )
            assert linked, name
            assert linked <= ids, name
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
        assert "<script" not in page


def test_an_address_that_is_none_is_refused_before_work_begins(root, tmp_path):
    pack = root / "packs" / "baotou" / "2025-1"
    for address in ("lm.example.cn", "https://", "https://a b", "https://a/?x=1", "https://" + "a" * 400):
        told = luming(root, "run", pack, "--out", tmp_path / "o", "--address", address)
        assert told.returncode == 2
        assert "--address" in told.stderr
        assert "…" not in told.stdout
