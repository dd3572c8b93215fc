"""The files that came with the software: what browsers get, translations, fonts, packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luming_portal import assets, translations
from luming_portal.operations.check.finding import Finding, fault, fine, warning


def browser_assets(now: datetime) -> Iterator[Finding]:
    """Style sheet and icons, by checksum; and whether they were collected for serving."""
    wrong = assets.faults()
    if wrong:
        yield fault(
            "assets",
            _("网页资源"),
            " ".join(wrong),
            _("运行 python -m luming_portal.assets,再运行 luming-portal setup。"),
        )
    else:
        yield fine("assets", _("网页资源"), _("样式表和图标齐全,校验值相符。"))
    collected = Path(str(settings.STATIC_ROOT)) / "staticfiles.json"
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"] and not collected.is_file():
        yield fault(
            "static",
            _("页面文件"),
            _("页面文件还没有准备好,网页会没有样式。"),
            _("运行 luming-portal setup。"),
        )


def compiled_translations(now: datetime) -> Iterator[Finding]:
    """Whether the translations are compiled."""
    wrong = translations.faults()
    if wrong:
        yield warning(
            "translations",
            _("译文"),
            " ".join(wrong),
            _("运行 python -m luming_portal.translations,重启门户。"),
        )
    else:
        yield fine("translations", _("译文"), _("译文已编译。"))


def pdf(now: datetime) -> Iterator[Finding]:
    """Makes one Chinese line as PDF: needs the fonts and the typesetter."""
    import typst

    from luming.report import fonts

    missing = [path.name for path in fonts.font_paths() if not path.is_file()]
    if missing:
        yield fault(
            "pdf",
            _("字体"),
            _("缺少中文字体 %(names)s。") % {"names": _("、").join(missing)},
            _("重新安装 pylopdf-fonts-zh-cn(在 requirements/base.txt)。"),
        )
        return
    source = f'#set text(font: "{fonts.SERIF}")\n鹿鸣检查'.encode()
    folders = [str(folder) for folder in fonts.font_folders()]
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    made = typst.Compiler(input=source, font_paths=faces).compile()
    if isinstance(made, bytes) and made.startswith(b"%PDF"):
        yield fine(
            "pdf",
            _("字体和PDF"),
            _("中文字体齐全,能生成PDF(%(size)s kB)。") % {"size": f"{len(made) / 1000:.0f}"},
        )
    else:
        yield fault("pdf", "PDF", _("生成不了PDF。"), _("重新安装 typst(在 requirements/base.txt)。"))


def packs(now: datetime) -> Iterator[Finding]:
    """Whether every pack that came with the software loads."""
    from luming.errors import LumingError
    from luming.pack import find_packs, load

    folder = Path(settings.PACKS)
    found = [pack for city in sorted(folder.glob("*/")) for pack in find_packs(city)]
    if not found:
        yield fault(
            "packs",
            _("文件数据"),
            _("%(folder)s 里没有文件数据。") % {"folder": folder},
            _("用 LUMING_PACKS 指向安装包里的 packs 目录。"),
        )
        return
    wrong = []
    for one in found:
        try:
            load(one)
        except LumingError as error:
            wrong.append(f"{one.parent.name}/{one.name}:{str(error).splitlines()[0][:120]}")
    if wrong:
        yield fault(
            "packs",
            _("文件数据"),
            _("%(count)d份文件读不出来,例如 %(first)s") % {"count": len(wrong), "first": wrong[0]},
            _("用 luming check 查看全部问题,或重新安装。"),
        )
    else:
        yield fine("packs", _("文件数据"), _("%(count)d份文件都能读出。") % {"count": len(found)})
