"""All items of support of some packs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from luming.errors import FaultyInput
from luming.standards import Catalogue as Standards
from luming.standards import Input, read_standards
from luming.support.agreement import disagreements
from luming.support.item import Item, Receiver
from luming.support.reading import read_file


class SupportFaults(FaultyInput):
    """Faults in files of items of support."""

    consequence = "没有载入任何支持事项。"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All items by key, in order of key, and the standards they stand beside."""

    items: Mapping[str, Item]
    standards: Standards

    @property
    def inputs(self) -> Mapping[str, Input]:
        """The dictionary of facts."""
        return self.standards.inputs

    def in_force(self, day: dt.date, receiver: Receiver | None = None) -> tuple[Item, ...]:
        """The items whose clause holds on a day, in order of key; of one kind of receiver, or all."""
        return tuple(
            item
            for item in self.items.values()
            if item.in_force(day) and item.standard_on(day) is not None and receiver in (None, item.receiver)
        )


def read_support(roots: Iterable[Path], standards: Standards | None = None) -> Catalogue:
    """Read every item of some pack owners (packs/national, packs/neimenggu, packs/baotou).

    Args:
        standards: the standards of the same packs where they are read already.

    Raises:
        StandardFaults: something in the standards is wrong.
        SupportFaults: something in the items is wrong; all faults of all files.
    """
    folders = list(roots)
    shelf = read_standards(folders) if standards is None else standards
    items, faults = [], []
    for folder in folders:
        for path in sorted((folder / "support").glob("*.yaml")):
            if path.name.endswith(".cases.yaml"):
                continue
            found, wrong = read_file(path, folder.name, shelf)
            items += found
            faults += wrong
    faults += disagreements(items, shelf.inputs)
    if faults:
        raise SupportFaults(faults)
    return Catalogue({item.key: item for item in sorted(items, key=lambda item: item.key)}, shelf)
