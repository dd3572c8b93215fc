"""The codes of a board's figures, as papers print them: which figure, its words, and what its sign on paper opens.

A paper only looks codes up. How a figure is proved, and whether it is, stands in `luming.proof`; a figure that has no
proof has no code here, and a paper made without codes prints none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

COUNTS = ("count", "owed")
"""Kinds that count over others: their group says all that they are."""
PROOF_PAGE = "proofs.html"
"""The page that lies beside the papers and shows the chain of each code."""


def figure_key(kind: str, subject: str) -> str:
    """The key of a figure: its kind and what it is about.

    >>> figure_key("completion", "pv_output")
    'completion pv_output'
    """
    return f"{kind} {subject}"


@dataclass(frozen=True, slots=True)
class Coded:
    """A figure with its code.

    Attributes:
        key: kind and subject (`figure_key`).
        code: in groups, as it is printed.
        group, name: what the figure is about, and which figure of it (完成率).
        words: the figure as printed.
        opens: what the sign on paper holds: an address, or the chain itself in a few words.
    """

    key: str
    code: str
    group: str
    name: str
    words: str
    opens: str

    @property
    def kind(self) -> str:
        """The kind of figure."""
        return self.key.partition(" ")[0]

    @property
    def subject(self) -> str:
        """What the figure is about, as an id."""
        return self.key.partition(" ")[2]

    @property
    def label(self) -> str:
        """What the figure is, in words."""
        return f"{self.group}{self.name}" if self.kind not in COUNTS else self.group

    @property
    def said(self) -> str:
        """Name and figure as a list of one subject's figures says them: 完成率66.5%, 亮红灯, 绿灯2项."""
        if self.kind in COUNTS:
            return self.words if self.kind == "count" else f"{self.group}{self.words}"
        if self.kind == "missing":
            return f"{self.group}{self.words}"
        return f"亮{self.words}" if self.kind == "light" else f"{self.name}{self.words}"

    @property
    def anchor(self) -> str:
        """The place of the code on the page of proofs."""
        return self.code.replace("-", "")

    @property
    def href(self) -> str:
        """The address of that place, from a page that lies beside it."""
        return f"{PROOF_PAGE}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes by key, in the order of the document."""

    by_key: Mapping[str, Coded] = field(default_factory=dict)

    @classmethod
    def of(cls, coded: Iterable[Coded]) -> Codes:
        """The codes of these figures."""
        return cls({one.key: one for one in coded})

    def get(self, key: str) -> Coded | None:
        """The code of a figure; None where it has none."""
        return self.by_key.get(key)

    def __iter__(self) -> Iterator[Coded]:
        return iter(self.by_key.values())

    def __bool__(self) -> bool:
        return bool(self.by_key)
