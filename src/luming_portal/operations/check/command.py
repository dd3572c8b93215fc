"""`luming-portal check`: says what is wrong with an installation, and how to put it right."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from luming_portal.operations.check.finding import Finding, Severity, fault

_SIGNS = {Severity.OK: "✓ 正常", Severity.WARNING: "! 注意", Severity.FAULT: "✗ 有问题"}
_COLOURS = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.FAULT: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="给程序读的结果。")
def command(as_json: bool) -> None:
    """检查安装,逐项说明情况和办法。有问题时退出码为1。"""
    found = _findings()
    if as_json:
        click.echo(json.dumps({"findings": [one.as_json() for one in found]}, ensure_ascii=False, indent=1))
    else:
        for one in found:
            _print(one)
    if any(one.level is Severity.FAULT for one in found):
        raise SystemExit(1)


def _findings() -> list[Finding]:
    """The findings; one alone when the settings themselves cannot be read."""
    from django.core.exceptions import ImproperlyConfigured

    from luming_portal.cli import start_django
    from luming_portal.environment import SettingError

    try:
        start_django()
    except (SettingError, ImproperlyConfigured, ValueError, OSError) as error:
        return [
            fault("settings", "设置", f"设置读不出来:{error}", "改正这项环境变量后重试,各项说明见运维手册。")
        ]
    from luming_portal.operations.check.run import findings

    return findings(datetime.now(UTC))


def _print(one: Finding) -> None:
    click.echo(click.style(_SIGNS[one.level], fg=_COLOURS[one.level]) + f" {one.subject}\uff1a{one.sentence}")
    if one.remedy:
        click.echo(f"    → {one.remedy}")
