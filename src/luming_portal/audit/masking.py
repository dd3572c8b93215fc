"""What of an entry its reader may see: columns beyond his level and names of persons are masked, as in the registers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import RIGHTS, level_of, role_of
from luming_portal.accounts.roles import Level
from luming_portal.audit.words import model_of
from luming_portal.registers.catalog import registers
from luming_portal.registers.column import Column


def mask_name(name: str) -> str:
    """A name of which only the first character is left: 张*."""
    return f"{name[0]}*" if name else ""


def masked_word() -> str:
    """What stands in place of a value that the reader may not see."""
    return _("(不在您的查看范围)")


class Sight:
    """What one reader sees of the record of changes."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._registers = {register.model: register for register in registers().values()}

    def field(self, label: str, name: str) -> bool:
        """Whether the reader sees a field of a kind of record."""
        model = model_of(label)
        if model is None:
            return self._level("") >= Level.FIRM
        return self._level(getattr(model, "noun", "")) >= self._needed(model, name)

    def names(self, label: str) -> bool:
        """Whether the reader sees what records of a kind are called."""
        model = model_of(label)
        register = self._registers.get(model) if model is not None else None
        column = register.column(register.title) if register is not None else None
        return column is None or column.level <= self._level(register.noun if register else "")

    def people(self) -> bool:
        """Whether the reader sees the names of those who work with the portal: staff do, others see 张*."""
        return role_of(self._reader).is_staff_role

    def _level(self, noun: str) -> Level:
        return level_of(self._reader, noun if noun in RIGHTS else "audit")

    def _needed(self, model: type[models.Model], name: str) -> Level:
        if name in getattr(model, "personal_fields", ()):
            return Level.PERSONAL
        register = self._registers.get(model)
        columns = register.columns if register is not None else ()
        levels = [column.level for column in columns if _speaks_of(column, name)]
        return Level(max(levels)) if levels else Level.FIRM


def _speaks_of(column: Column, name: str) -> bool:
    return column.read.split("__")[0] in (name, name.removesuffix("_id"))
