"""The documentation cannot fall behind: commands, dependencies, links, glossary and decisions are checked."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from luming.cli import COMMANDS
from luming.facts.indicator import IndicatorKind
from luming.mark import Mark
from luming.pack import BindingStatus, CommitmentKind, Mechanism


def requirements(root, name):
    lines = (root / "requirements" / name).read_text(encoding="utf-8").splitlines()
    wanted = (line.split("#")[0].strip() for line in lines)
    return [re.split(r"[<>=;\[ ]", line)[0] for line in wanted if line and not line.startswith("-")]


def test_command_reference_is_current(root):
    """Made in a process of its own, as `make docs` does: click keeps what earlier tests asked of a command."""
    maker = [sys.executable, str(root / "docs" / "reference" / "make_cli.py")]
    made = subprocess.run(
        maker, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}
    )
    stored = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert stored == made.stdout.decode("utf-8"), "run: make docs"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_both_readmes_or_the_guide(root, name):
    guide = "".join(file.read_text(encoding="utf-8") for file in (root / "docs" / "guide").glob("*.md"))
    pages = guide + (root / "README.zh-CN.md").read_text(encoding="utf-8")
    assert f"luming {name}" in pages


@pytest.mark.parametrize("name", ["base.in", "web.in", "dev.in"])
def test_every_dependency_is_explained(root, name):
    explained = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    missing = [package for package in requirements(root, name) if f"| {package} |" not in explained]
    assert not missing


def test_lock_files_name_no_address(root):
    for file in (root / "requirements").glob("*.txt"):
        assert "://" not in file.read_text(encoding="utf-8"), file.name


def test_every_locked_package_has_a_hash(root):
    for file in (root / "requirements").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        entries = re.findall(r"^[a-z0-9][^\n]*==[^\n]*(?:\n {4}--hash[^\n]*)*", text, re.M)
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries), file.name


def test_both_readmes_name_the_two_commands(root):
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        assert "make run" in text
        assert "make test" in text


def test_links_between_pages_lead_somewhere(root):
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    dead = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                dead.append(f"{page.name}: {target}")
    assert not dead


@pytest.mark.parametrize("kind", [Mark, BindingStatus, CommitmentKind, Mechanism, IndicatorKind])
def test_every_chinese_term_of_an_enumeration_is_in_the_glossary(root, kind):
    glossary = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    missing = [f"{item.value}: {item.label}" for item in kind if f"| {item.label} |" not in glossary]
    assert not missing


def test_decisions_are_numbered_without_gaps(root):
    numbers = sorted(int(file.name[:3]) for file in (root / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_changelog_has_the_version(root):
    from luming import __version__

    assert f"## {__version__}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in (root / "pyproject.toml").read_text(encoding="utf-8")
