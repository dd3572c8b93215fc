"""Tiles of a log as static files (c2sp.org/tlog-tiles): 256 hashes a tile, immutable once full.

A tile of level L holds hashes of complete subtrees of 256^L leaves. Paths are `tile/<L>/<N>`, N in groups of three digits,
all but the last with an `x` before it; a tile that is not full yet ends with `.p/<width>`. Entry bundles lie under
`tile/entries/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 256
"""Hashes of a full tile."""

_MOST_LEVEL = 63


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile.

    Attributes:
        level: 0 for hashes of leaves; None for a bundle of entries.
        index: which of its level, from 0.
        width: how many hashes or entries it holds, 1 to 256.
    """

    level: int | None
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        right = 0 < self.width <= WIDTH and self.index >= 0
        if not right or (self.level is not None and not 0 <= self.level <= _MOST_LEVEL):
            raise ValueError(f"没有这样的瓦片:层{self.level}、第{self.index}片、宽{self.width}。")

    @property
    def path(self) -> str:
        """Where it lies under the address of the log."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{index_path(self.index)}{partial}"


def index_path(index: int) -> str:
    """The path of an index: 1234067 → x001/x234/067.

    Raises:
        ValueError: it is negative.
    """
    if index < 0:
        raise ValueError(f"瓦片的序号不能是负数:{index}。")
    found = f"{index % 1000:03d}"
    while index := index // 1000:
        found = f"x{index % 1000:03d}/{found}"
    return found


def tile_of(path: str) -> Tile:
    """The tile at a path.

    Raises:
        ValueError: no tile lies there; every tile has one path only.
    """
    parts = path.split("/")
    if len(parts) < 3 or parts[0] != "tile":
        raise ValueError(f"“{path}”不是瓦片的路径。")
    width = WIDTH
    if parts[-2].endswith(".p"):
        width = int(parts[-1]) if parts[-1].isascii() and parts[-1].isdigit() else 0
        parts = [*parts[:-2], parts[-2].removesuffix(".p")]
    groups = [*(part.removeprefix("x") for part in parts[2:-1]), parts[-1]]
    if not all(len(group) == 3 and group.isascii() and group.isdigit() for group in groups):
        raise ValueError(f"“{path}”不是瓦片的路径。")
    level = (
        None if parts[1] == "entries" else int(parts[1]) if parts[1].isascii() and parts[1].isdigit() else -1
    )
    found = Tile(level, int("".join(groups)), width)
    if found.path != path:
        raise ValueError(f"“{path}”不是瓦片的路径;应为“{found.path}”。")
    return found


def tiles(size: int) -> Iterator[Tile]:
    """Every tile of hashes that a log of a size has, the partial one of each level last."""
    level = 0
    while size:
        for index in range(size // WIDTH):
            yield Tile(level, index)
        if size % WIDTH:
            yield Tile(level, size // WIDTH, size % WIDTH)
        size //= WIDTH
        level += 1


def bundles(size: int) -> Iterator[Tile]:
    """Every bundle of entries that a log of a size has."""
    for index in range(size // WIDTH):
        yield Tile(None, index)
    if size % WIDTH:
        yield Tile(None, size // WIDTH, size % WIDTH)
