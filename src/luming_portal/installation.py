"""Sets an installation up: database, files for browsers, the data that comes with Luming. Safe to run again."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from luming_portal.accounts.demonstration import make_demonstration_accounts
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.cases.demonstration import load_cases
from luming_portal.documents.loading import load_city
from luming_portal.enterprises.models import Enterprise
from luming_portal.grants.models import LENDERS
from luming_portal.institutions.models import Institution
from luming_portal.panels.demonstration import load_panel
from luming_portal.registers.demonstration import load_demonstration

Told = Callable[[str], None]

_REGISTERS = ("enterprises", "institutions", "projects", "people", "talents")
"""Apps whose `loading.load_register(changes, city)` takes in a register of the city's folder."""


def set_up(told: Told = lambda stage: None, *, demonstration: bool = False) -> None:
    """Bring database and files up to date and load what comes with Luming.

    Args:
        demonstration: also load invented records and make the demonstration accounts (only under DEBUG).
    """
    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    told("建立数据库")
    call_command("migrate", interactive=False, verbosity=0)
    told("准备页面文件")
    call_command("collectstatic", interactive=False, verbosity=0)
    load_packs(settings.PACKS, told)
    if demonstration and settings.DEBUG:
        told("演示账号")
        _demonstrate()


def load_packs(packs: Path, told: Told = lambda stage: None) -> None:
    """Load every city below a folder, each in one transaction."""
    for indicators in sorted(packs.glob("*/indicators.yaml")):
        city = indicators.parent
        told(f"载入 {city.name}")
        with acting_as(None), change("随软件提供的数据") as changes:
            load_city(changes, city)
            for app in _REGISTERS:
                import_module(f"luming_portal.{app}.loading").load_register(changes, city)


def _demonstrate() -> None:
    with acting_as(None), change("演示账号与演示数据") as changes:
        load_demonstration(changes, settings.PACKS)
        make_demonstration_accounts(
            changes,
            enterprise=Enterprise.objects.filter(demo=True).order_by("key").first(),
            institution=Institution.objects.filter(demo=True)
            .exclude(kind__in=LENDERS)
            .order_by("key")
            .first(),
            lender=Institution.objects.filter(demo=True, kind__in=LENDERS).order_by("key").first(),
        )
    load_cases()
    load_panel()
