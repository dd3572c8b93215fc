"""Compiles the translations of the portal without needing gettext on the machine.

`python -m luming_portal.translations` turns every `locale/*/LC_MESSAGES/*.po` into the `.mo` beside it, by Babel.
A catalogue with a fault (a placeholder that is missing in the translation) is refused: it would fail on a page.

The code writes Chinese with half-width marks; what people read should have full-width ones. So a Chinese catalogue is
made beside the English one, each of whose texts is the same with its marks widened (luming.punctuation).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from luming.punctuation import full_width_outside_quotes

PACKAGE = Path(__file__).resolve().parent
DAY_OF_ALL = datetime(2025, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")


class TranslationsError(Exception):
    """Catalogues that cannot be compiled; the text has one line per fault."""


def catalogues(package: Path = PACKAGE) -> list[Path]:
    """The files with translations."""
    return sorted(package.glob("**/locale/*/LC_MESSAGES/*.po"))


def faults(package: Path = PACKAGE) -> list[str]:
    """Which catalogues are not compiled or older than their source, one sentence each."""
    return [
        f"译文 {target.relative_to(package).as_posix()} 没有编译或已过时。请运行 python -m luming_portal.translations。"
        for source in catalogues(package)
        for target, content in _targets(source, _read(source)).items()
        if not target.is_file() or target.read_bytes() != content
    ]


def compile_all(package: Path = PACKAGE) -> int:
    """Compiles every catalogue; gives back how many files were written.

    Raises:
        TranslationsError: a catalogue cannot be read, or a translation loses a placeholder.
    """
    read = {source: _read(source) for source in catalogues(package)}
    wrong = [fault for source, catalogue in read.items() for fault in _placeholder_faults(source, catalogue)]
    if wrong:
        raise TranslationsError("\n".join(wrong))
    written = 0
    for source, catalogue in read.items():
        for target, content in _targets(source, catalogue).items():
            if not target.is_file() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                written += 1
    return written


def _targets(source: Path, catalogue: Catalog) -> dict[Path, bytes]:
    """What is made of a catalogue: itself compiled, and beside the English one the Chinese with its marks widened."""
    made = {source.with_suffix(".mo"): _compiled(catalogue)}
    if source.parts[-3:-1] == ("en", "LC_MESSAGES"):
        chinese = source.parents[2] / "zh_Hans" / "LC_MESSAGES" / source.with_suffix(".mo").name
        made[chinese] = _compiled(punctuated(catalogue))
    return made


def punctuated(catalogue: Catalog) -> Catalog:
    """The originals of a catalogue as a catalogue of their own, with full-width marks beside Chinese."""
    made = Catalog(locale="zh_Hans_CN")
    for message in catalogue:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            wide = full_width_outside_quotes(first)
            made.add(message.id, wide if isinstance(message.id, str) else (wide,), context=message.context)
    return made


def _read(source: Path) -> Catalog:
    locale = source.parent.parent.name.split("_Han")[0]
    try:
        return read_po(BytesIO(source.read_bytes()), locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise TranslationsError(f"{source.name} 不是有效的译文文件:{error}") from None


def _compiled(catalogue: Catalog) -> bytes:
    catalogue.creation_date = catalogue.revision_date = DAY_OF_ALL  # else every minute would give other bytes
    compiled = BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    return compiled.getvalue()


def _placeholder_faults(source: Path, catalogue: Catalog) -> list[str]:
    return [
        f"{source.name} 第{message.lineno}行:译文与原文的占位符不一致。"
        for message in catalogue
        if message.id and not message.fuzzy and not _same_placeholders(message)
    ]


def _same_placeholders(message: Message) -> bool:
    """A plural form may leave out the number, so there each form may use what any original form uses."""
    if isinstance(message.id, str):
        return not message.string or _placeholders(str(message.string)) == _placeholders(message.id)
    allowed = set().union(*(_placeholders(text) for text in message.id))
    return all(_placeholders(text) <= allowed for text in message.string if text)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@click.command()
def main() -> None:
    """Compiles the translations of the portal."""
    try:
        written = compile_all()
    except TranslationsError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"译文已编译:{written}个文件。" if written else "译文已是最新。")


if __name__ == "__main__":
    main()
