"""Money of several items together: of one matter the highest item counts, and no firm gets more than the caps.

Everything is a function of the sums and the keys, never of the order in which items were read: of equal sums the
first key counts, and under a cap the greatest sum is served first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luming.support.item import Cap


@dataclass(frozen=True, slots=True)
class Claim:
    """What one item would pay by itself.

    Attributes:
        low, high: in fen.
        stack: group and matter; of claims with the same one, only the highest is paid.
    """

    key: str
    low: int
    high: int
    stack: tuple[str, str]
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid of a claim, from the least to the most; `stacked` and `capped` say what may have cut it."""

    low: int
    high: int
    stacked: bool
    capped: bool


def settle(
    claims: Iterable[Claim], used: Mapping[tuple[str, str], int]
) -> tuple[dict[str, Paid], tuple[int, int]]:
    """What is paid of each claim, and of all together from the least to the most, in fen.

    Args:
        used: what was paid before under each cap, by scope and group.
    """
    found = {claim.key: claim for claim in sorted(claims, key=lambda claim: claim.key)}
    lows = {key: claim.low for key, claim in found.items()}
    highs = {key: claim.high for key, claim in found.items()}
    paid = {}
    for key, claim in found.items():
        least = _world(found, {**highs, key: claim.low}, used)
        most = _world(found, {**lows, key: claim.high}, used)
        stacked = key in most.stacked or key in least.stacked
        paid[key] = Paid(least.paid[key], most.paid[key], stacked, key in most.capped)
    total = tuple(sum(_world(found, sums, used).paid.values()) for sums in (lows, highs))
    return paid, (total[0], total[1])


@dataclass(slots=True)
class _World:
    paid: dict[str, int]
    stacked: set[str]
    capped: set[str]


def _world(
    found: Mapping[str, Claim], sums: Mapping[str, int], used: Mapping[tuple[str, str], int]
) -> _World:
    """What is paid when every claim is worth one sum."""
    order = sorted(found, key=lambda key: (-sums[key], key))
    world = _World(dict.fromkeys(found, 0), set(), set())
    taken: set[tuple[str, str]] = set()
    rooms: dict[str, int] = {}
    for key in order:
        claim = found[key]
        if not sums[key]:
            continue
        if claim.stack in taken:
            world.stacked.add(key)
            continue
        taken.add(claim.stack)
        world.paid[key] = sums[key]
        if claim.caps:
            (group,) = {cap.group for cap in claim.caps}
            room = rooms.get(group, _room(claim.caps, used))
            if sums[key] > room:
                world.paid[key] = room
                world.capped.add(key)
            rooms[group] = room - world.paid[key]
    return world


def _room(caps: tuple[Cap, ...], used: Mapping[tuple[str, str], int]) -> int:
    """What the caps of a group leave, in fen."""
    return min(max(0, int(cap.amount * 100) - used.get((cap.scope, cap.group), 0)) for cap in caps)
