"""House rules that a linter does not know, each with what to do instead."""

from __future__ import annotations

import ast
import re
import subprocess

import pytest

LONGEST_MODULE = 400
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "extras", "core", "engine"}


@pytest.fixture(scope="module")
def modules(root):
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in (root / "src").rglob("*.py")
    }


def test_no_catch_all_modules(modules):
    bad = [name for name in modules if FORBIDDEN_NAMES & set(re.split(r"[/.]", name))]
    assert not bad, "name the module after the thing it holds"


def test_modules_stay_short(modules):
    long = {
        name: len(text.splitlines())
        for name, text in modules.items()
        if len(text.splitlines()) > LONGEST_MODULE
    }
    assert not long, "split it: it holds two concepts"


def test_every_module_says_what_it_is(modules):
    """An empty __init__ says nothing; migrations of Django's own making say what they do by name."""
    bare = [
        name
        for name, text in modules.items()
        if text.strip() and "/migrations/" not in name and not ast.get_docstring(ast.parse(text))
    ]
    assert not bare


def test_every_public_function_and_class_says_what_it_does(modules):
    bare = []
    for name, text in modules.items():
        if "/migrations/" in name:
            continue
        for node in ast.parse(text).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):
                bare.append(f"{name}: {node.name}")
    assert not bare


def test_the_library_asks_no_clock_and_no_chance(modules):
    """Day, chance and network are handed in; only the command line and the portal may look at the clock."""
    pattern = re.compile(
        r"\bdate\.today\(|datetime\.now\(|\btime\.time\(|\brandom\.(random|randint|choice|seed)\(|np\.random\.(rand|seed|normal)\("
    )
    bad = [
        name
        for name, text in modules.items()
        if not name.startswith(("src/luming/cli/", "src/luming_portal/")) and pattern.search(text)
    ]
    assert not bad, "take the day or the generator as an argument"


def test_a_mechanism_is_used_only_through_what_it_shows(root, modules):
    """From outside, import from `luming.pack`, not from one of its modules; a folder inside it may show things too."""
    source = root / "src"
    bad = []
    for name, text in modules.items():
        own = name.split("/")[2]
        for node in ast.walk(ast.parse(text)):
            if (
                not isinstance(node, ast.ImportFrom)
                or not node.module
                or not node.module.startswith("luming.")
            ):
                continue
            parts = node.module.split(".")
            inside = len(parts) > 2 and parts[1] != own and (source / "luming" / parts[1]).is_dir()
            if inside and not source.joinpath(*parts).is_dir():
                bad.append(f"{name}: {node.module}")
    assert not bad


def test_no_unfinished_work_is_left(root):
    """Whatever is not there yet is said in docs/limits.md, not in a comment."""
    pattern = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    files = [
        *(root / "src").rglob("*.py"),
        *(root / "tests").rglob("*.py"),
        *(root / "benchmarks").rglob("*.py"),
    ]
    bad = [
        file.name
        for file in files
        if file.name != "test_house_rules.py" and pattern.search(file.read_text(encoding="utf-8"))
    ]
    assert not bad


def test_nothing_of_the_machine_stands_in_the_project(root):
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
    ).stdout.decode()
    binary = (".png", ".xlsx", ".docx", ".pdf", ".otf", ".zip", ".gz")
    bad = []
    for name in filter(None, listed.split("\0")):
        if name.endswith(binary) or not (root / name).is_file():
            continue
        text = (root / name).read_text(encoding="utf-8", errors="ignore")
        if re.search(r"/(?:work|root|home)/[a-z.]+/", text) or str(root) in text:
            bad.append(name)
    assert not bad


def test_no_test_takes_the_day_when_it_is_imported(root):
    """A run that passes midnight would compare what happens tomorrow with the day of yesterday."""
    clock = re.compile(r"^\S.*=.*\b(?:localdate|today)\(\)", re.MULTILINE)
    bad = [
        file.relative_to(root).as_posix()
        for file in (root / "tests").rglob("*.py")
        if clock.search(file.read_text(encoding="utf-8"))
    ]
    assert not bad, "ask for the day inside of the test"
