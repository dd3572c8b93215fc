"""The ladder of a city: the rungs a firm climbs, by which titles it holds one, by which standards it could reach one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from luming.errors import Fault
from luming.standards.condition import About
from luming.standards.entry import ABOUT, Entry
from luming.standards.loader import StandardFaults
from luming.yaml_source import read_yaml


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung.

    Attributes:
        titles: names of the titles in the register; none of them on the lowest rung, where every firm stands.
        standards: keys of standards; whoever meets one of them could reach the rung.
        lasting: the title has no term.
        counted: the category under which holders are counted for the target; "" where they are not.
    """

    key: str
    about: About
    titles: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    lasting: bool = False
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs from the lowest to the highest.

    Attributes:
        titles: names of titles by the fact that holding one of them settles.
        counted_in: the indicator for which holders are counted.
        recognised: fact that says whether a firm has what a standard recognises, by key of the standard; only for
            those that are no rung.
    """

    rungs: tuple[Rung, ...]
    titles: Mapping[str, tuple[str, ...]]
    counted_in: str = ""
    recognised: Mapping[str, str] = field(default_factory=dict)

    def titles_of(self, standard: str) -> tuple[tuple[str, ...], bool]:
        """The titles that a standard leads to, and whether they have no term; none where it leads to none."""
        for rung in self.rungs:
            if standard in rung.standards:
                return rung.titles, rung.lasting
        return self.titles.get(self.recognised.get(standard, ""), ()), False


def read_ladder(path: Path) -> Ladder:
    """Read the ladder of a city (packs/baotou/standards/ladder.yaml).

    Raises:
        StandardFaults: something in the file is wrong; all faults at once.
    """
    source = read_yaml(path)
    if source.tree is None:
        raise StandardFaults(source.faults or [Fault("ladder.empty", path.name, "空文件", "阶梯")])
    top = Entry.of(source, (), source.tree)
    top.only("mark", "titles", "rungs", "counted_in", "recognised_by")
    top.mark = top.about(label="ladder").mark
    names = top.inner("titles")
    titles = {key: names.words(key) for key in names.tree}
    rungs: list[Rung] = []
    for place, tree in top.items("rungs"):
        entry = Entry.of(source, place, tree, top.mark)
        entry.only("key", "titles", "standards", "lasting", "counted", *ABOUT)
        rung = Rung(
            entry.key_name("key"),
            entry.about(label=entry.text("key")),
            entry.words("titles"),
            entry.words("standards"),
            entry.flag("lasting"),
            entry.text("counted", ""),
        )
        if any(rung.key == other.key for other in rungs):
            entry.fault("twice", f"“{rung.key}”已用过", "每一级的 key 只用一次", "", "key")
        if bool(rung.titles) != bool(rungs):
            entry.fault("titles", "资质名称不对", "最低一级没有资质名称,其余各级都有", "", "titles")
        rungs.append(rung)
    recognised = top.inner("recognised_by")
    if source.faults:
        raise StandardFaults(source.faults)
    return Ladder(tuple(rungs), titles, top.text("counted_in", ""), _texts(recognised))


def _texts(entry: Entry) -> dict[str, str]:
    return {key: entry.text(key) for key in entry.tree}
