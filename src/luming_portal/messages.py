"""Collects every marked text of the portal into the catalogue of the English translation.

`python -m luming_portal.messages` (or `make messages`) reads the templates and the Python files with the machine's
gettext and merges what it finds into `locale/en/LC_MESSAGES/django.po`: new texts come in empty, texts that are gone
are dropped, nothing is guessed. Comments name the file but no line, so that a catalogue changes only where a text
does.
"""

from __future__ import annotations

import os
import re
from contextlib import chdir
from pathlib import Path

import click
import django
from django.core.management import CommandError, call_command
from django.core.management.commands import makemessages

PACKAGE = Path(__file__).resolve().parent
MADE_ON = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)
NOT_OURS = ("static/vendor", "*/migrations/*")


class Command(makemessages.Command):
    """Django's own command, without guesses at similar texts: a guess would have to be undone by hand."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def collect(package: Path = PACKAGE, language: str = "en") -> Path:
    """Merges the marked texts of a package into its catalogue; gives back the catalogue.

    Raises:
        CommandError: gettext is not on the machine, or a file cannot be read.
    """
    with chdir(package):
        call_command(
            Command(),
            locale=[language],
            add_location="file",
            no_obsolete=True,
            ignore_patterns=list(NOT_OURS),
            verbosity=0,
        )
    catalogue = package / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue.write_text(MADE_ON.sub("", catalogue.read_text(encoding="utf-8")), encoding="utf-8")
    return catalogue


@click.command()
def main() -> None:
    """Collects the texts that are to be translated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luming_portal.settings")
    django.setup()
    try:
        catalogue = collect()
    except CommandError as error:
        raise click.ClickException(f"没有收集到译文:{error}") from None
    click.echo(
        f"译文条目已写入 {catalogue.relative_to(PACKAGE)}。请补全空着的,再运行 python -m luming_portal.translations。"
    )


if __name__ == "__main__":
    main()
