"""`luming-portal openapi`: writes the description of the interface, as docs/reference/openapi.json keeps it.

Also `python -m luming_portal.api.schema_command docs/reference/openapi.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import click


def schema_text() -> str:
    """The description as stored: two blanks, Chinese as it is, one line feed at the end."""
    from luming_portal.api.routes import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2) + "\n"


@click.command("openapi")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """把接口说明(OpenAPI 3.1)写入文件。"""
    file.write_text(schema_text(), encoding="utf-8")
    click.echo(f"接口说明已写入 {file}。")


if __name__ == "__main__":
    from luming_portal.cli import start_django

    start_django()
    command()
