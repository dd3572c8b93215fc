"""Random standards that make sense, and random firms on and right beside their edges."""

# ruff: noqa: C901, PLR0911, PLR0912 - a grammar branches

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from luming.standards import InputKind, Standard, read_standards

AS_OF = dt.date(2025, 6, 1)
INPUTS: dict[str, dict[str, Any]] = {
    "a": {"unit": "万元", "decimals": 2, "max": 1000},
    "b": {"unit": "万元", "decimals": 2, "max": 1000, "part_of": "a"},
    "c": {"unit": "万元", "decimals": 2, "min": -1000, "max": 1000},
    "d": {"unit": "万元"},
    "n": {"unit": "人", "max": 50},
    "t": {"unit": "人", "max": 50, "part_of": "n"},
    "k": {"unit": "件", "max": 20},
    "p": {"unit": "%", "min": -100, "max": 100, "decimals": 1},
    "h": {"unit": "分", "max": 10, "decimals": 1},
    "g": {"unit": "分", "max": 10, "decimals": 1},
    "f1": {"kind": "flag"},
    "f2": {"kind": "flag"},
    "f3": {"kind": "flag"},
    "ch": {"kind": "choice", "options": ["甲", "乙", "丙"]},
    "founded": {"kind": "date"},
}
_MONEY, _PEOPLE = ("a", "b", "c", "a", "b", "d"), ("n", "t")
_LEVELS = {
    "万元": (-100, 0, 1, 50, 400, 1000),
    "人": (0, 1, 5, 30),
    "件": (0, 1, 3, 5),
    "%": (-20, 0, 5, 30, 100),
    "分": (0, 1, 2.5, 6),
}


class Writer:
    """Writes one random standard as a file would have it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.values: dict[str, tuple[str, int]] = {}
        self.parts: list[str] = []
        self.choices: dict[str, list[str]] = {}

    # Expressions

    def level(self, unit: str) -> str:
        value = self.rng.choice(_LEVELS[unit])
        return f"{value}{unit}"

    def money(self, deep: int = 2) -> str:
        roll = self.rng.random()
        if deep <= 0 or roll < 0.5:
            named = [key for key, (unit, root) in self.values.items() if unit == "万元" and root == 1]
            return self.rng.choice([*_MONEY, *named])
        if roll < 0.7:
            return f"({self.money(deep - 1)} {self.rng.choice('+-')} {self.money(deep - 1)})"
        if roll < 0.85:
            return f"{self.money(deep - 1)} * {self.rng.choice(['2', '0.5', '30%', '-1', 'p'])}"
        if roll < 0.9:
            return f"{self.money(deep - 1)} / {self.rng.choice(['3', '-2', 'p'])}"
        return f"{self.rng.choice(['min', 'max'])}({self.money(deep - 1)}, {self.money(deep - 1)})"

    def pure(self, deep: int = 2) -> str:
        roll = self.rng.random()
        named = [key for key, (unit, root) in self.values.items() if unit == "%" and root == 1]
        if named and roll < 0.3:
            return self.rng.choice(named)
        if deep <= 0 or roll < 0.35:
            return self.rng.choice(["p", "b / a", "t / n", "c / a", "a / c"])
        if roll < 0.6:
            return f"{self.money(deep - 1)} / {self.money(deep - 2)}"
        if roll < 0.7:
            return f"({self.pure(deep - 2)} {self.rng.choice('+-')} {self.pure(deep - 2)})"
        if roll < 0.8:
            return f"{self.pure(deep - 1)} * {self.rng.choice(['2', '-0.5', 'p'])}"
        if roll < 0.9:
            return f"floor({self.pure(deep - 1)})"
        return f"{self.rng.choice(['min', 'max'])}({self.pure(deep - 1)}, {self.pure(deep - 1)})"

    def growth(self) -> str:
        first, last = self.rng.sample(["a", "b", "c"], 2)
        return f"cagr({first}, {last}, {self.rng.choice([2, 3])})"

    # Conditions

    def test(self) -> str:
        op = self.rng.choice(["<", "<=", ">", ">=", "==", "!=", ">=", "<"])
        match self.rng.randrange(11):
            case 0:
                return f"{self.money()} {op} {self.level('万元').replace('-100', '100')}"
            case 1:
                return f"{self.rng.choice(['a', 'b', 'a', 'd'])} {op} {self.rng.choice([50, 400])}万元"
            case 2:
                return f"{self.pure()} {op} {self.level('%').replace('-', '')}"
            case 3:
                return f"{self.rng.choice(_PEOPLE)} {op} {self.level('人')}"
            case 4:
                return f"k {op} {self.level('件')}"
            case 5:
                return f"{self.money(1)} {op} {self.money(1)}"
            case 6:
                name = self.rng.choice(["ch", *self.choices])
                options = self.choices.get(name, ["甲", "乙", "丙"])
                if self.rng.random() < 0.5:
                    return f"{name} {self.rng.choice(['==', '!='])} {self.rng.choice(options)}"
                return f"{name} in [{', '.join(self.rng.sample(options, self.rng.randint(1, len(options))))}]"
            case 7:
                rooted = [key for key, (_, root) in self.values.items() if root > 1]
                return f"{self.rng.choice([self.growth(), *rooted])} {op} {self.level('%').replace('-', '')}"
            case 8:
                if self.rng.random() < 0.5:
                    return f"full_years(founded, as_of) {op} {self.rng.choice([1, 2, 3])}年"
                return f"days(founded, as_of) {op} {self.rng.choice([365, 366, 31])}天"
            case 9 if self.parts:
                return f"{self.rng.choice(self.parts)} {op} {self.level('分')}"
        return self.rng.choice(["f1", "f2", "f3"])

    def tree(self, deep: int = 2) -> Any:
        if deep <= 0 or self.rng.random() < 0.35:
            return self.test()
        items = [self.tree(deep - 1) for _ in range(self.rng.randint(1, 3))]
        match self.rng.choice(["all", "any", "not", "at_least"]):
            case "not":
                return {"not": items[0]}
            case "at_least":
                return {"at_least": {"count": self.rng.randint(1, len(items)), "of": items}}
            case op:
                return {op: items}

    # Points

    def points(self) -> Any:
        low = self.rng.choice([0, 1, 2, 2.5, -1, 6])
        return low if self.rng.random() < 0.7 else [low, low + self.rng.choice([0, 1, 2])]

    def bands(self) -> dict[str, Any]:
        rooted = [key for key, (_, root) in self.values.items() if root > 1]
        of, unit, levels = self.rng.choice(
            [
                (self.pure(1), "%", (0, 5, 30)),
                ("k", "件", (1, 3, 5)),
                ("a", "万元", (1, 50, 400)),
                (self.rng.choice([self.growth(), *rooted]), "%", (0, 5, 30)),
            ]
        )
        edges = sorted(self.rng.sample(levels, 2))
        closed = self.rng.random() < 0.5
        up, down = ("from", "below") if closed else ("above", "to")
        found = [
            {up: f"{edges[1]}{unit}", "points": self.points()},
            {up: f"{edges[0]}{unit}", down: f"{edges[1]}{unit}", "points": self.points()},
        ]
        if self.rng.random() < 0.6:
            found.append({down: f"{edges[0]}{unit}", "points": self.points()})
        return {"of": of, "list": found}

    def weight(self) -> Any:
        if self.rng.random() < 0.5:
            return self.rng.choice([5, 10, 2.5])
        name = self.rng.choice(["ch", *self.choices])
        options = self.choices.get(name, ["甲", "乙", "丙"])
        return {"by": name, "table": {option: self.rng.choice([4, 8, 8, 0, -2]) for option in options}}

    def part(self, deep: int = 2, named: bool = True) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.rng.random() < 0.5:
            found["max"] = self.rng.choice([4, 10])
        if self.rng.random() < 0.2:
            found["min"] = self.rng.choice([0, -1])
        if self.rng.random() < 0.4:
            found["decimals"] = self.rng.choice([0, 1, 2])
        match self.rng.randrange(9 if named else 6):
            case 0:
                found["bands"] = self.bands()
                if self.rng.random() < 0.3:
                    found["judged"] = self.rng.choice("hg")
            case 1:
                found["cases"] = [{"when": self.tree(1), "points": self.points()} for _ in range(2)]
                if self.rng.random() < 0.5:
                    found["cases"].append({"points": self.points()})
                if self.rng.random() < 0.3:
                    found["judged"] = self.rng.choice("hg")
            case 2:
                found["add"] = [{"when": self.tree(1), "points": self.points()} for _ in range(2)]
            case 3:
                found |= {"judged": self.rng.choice("hg"), "max": 8}
            case 4:
                of, full = self.rng.choice(
                    [("a", "400万元"), (self.money(1), "50万元"), (self.pure(1), "30%"), ("k", "3件")]
                )
                found["ratio"] = {"of": of, "full": full, "points": self.weight()}
            case 5:
                found["formula"] = self.rng.choice(["k / 3件", "b / a * 7", "floor(n / 4人)", self.pure(1)])
            case 6:
                of = self.rng.choice(["a", "b / a", "k", "c"])
                peers = self.rng.choice([[], ["ch"], [next(iter([*self.choices, "ch"]))]])
                found["percentile"] = {"of": of, "peers": peers, "points": self.weight()}
            case 7 if deep:
                found["best_of"] = [self.part(0, named=False) for _ in range(2)]
            case 8 if deep:
                found["parts"] = {}
                for _ in range(2):
                    inner = self.part(deep - 1)
                    found["parts"][self.name()] = inner
            case _:
                found["bands"] = self.bands()
        return found

    def name(self) -> str:
        self.parts.append(f"part{len(self.parts)}")
        return self.parts[-1]

    # The whole

    def standard(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for at in range(self.rng.randint(0, 3)):
            key = f"v{at}"
            unit, root = self.rng.choice([("%", 1), ("%", 1), ("万元", 1), ("%", 2)])
            write = {("%", 1): self.pure, ("万元", 1): self.money}.get((unit, root))
            if write is None:
                values[key] = {"formula": "cagr(a, c, 2)", "shown": "%"}
            elif self.rng.random() < 0.4:
                ways = [{"when": self.tree(1), "formula": write(1)} for _ in range(2)]
                values[key] = {"choose": ways + ([{"formula": write(0)}] if self.rng.random() < 0.5 else [])}
            else:
                values[key] = {"formula": write(1)}
            values[key]["shown"] = unit
            if root == 1 and self.rng.random() < 0.4:
                values[key]["given"] = True
            self.values[key] = (unit, root)
        choices: dict[str, Any] = {}
        if self.rng.random() < 0.5:
            choices["stage"] = {
                "options": [
                    {"is": "早", "when": self.tree(1)},
                    {"is": "中", "when": self.tree(1)},
                    {"is": "晚"},
                ]
            }
            self.choices["stage"] = ["早", "中", "晚"]
        scores: dict[str, Any] = {}
        if self.rng.random() < 0.75:
            scores["total"] = {"parts": {}}
            for _ in range(self.rng.randint(1, 3)):
                inner = self.part()
                scores["total"]["parts"][self.name()] = inner
            if self.rng.random() < 0.5:
                scores["total"]["max"] = 12
            self.parts.append("total")
        found: dict[str, Any] = {
            "standard": "rule",
            "version": "1",
            "name": "随机",
            "kind": self.rng.choice(["recognition", "score", "benefit"]),
            "values": values,
            "choices": choices,
            "scores": scores,
        }
        if self.rng.random() < 0.6 or not scores:
            found["rule"] = self.tree(3)
        elif self.rng.random() < 0.5:
            found["classes"] = [{"class": name, "when": self.tree(2)} for name in ("large", "small")]
            if self.rng.random() < 0.5:
                found["classes"].append({"class": "micro"})
        if self.rng.random() < 0.5:
            found["amounts"] = {
                "grant": {"formula": self.money(1), "unit": "万元", "decimals": self.rng.choice([0, 2])}
            }
            for key, value in (("max", "50万元"), ("min", "0万元"), ("when", self.tree(1))):
                if self.rng.random() < 0.5:
                    found["amounts"]["grant"][key] = value
        return _plain(found)


def _plain(tree: Any) -> Any:
    """Numbers as a file would have them: plain text."""
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(item) for item in tree]
    return tree


def load(tree: Mapping[str, Any], folder: Path) -> Standard:
    """A standard read as from a pack."""
    home = folder / "pack" / "standards"
    (home / "inputs").mkdir(parents=True, exist_ok=True)
    (home / "rule").mkdir(exist_ok=True)
    (home / "inputs" / "all.yaml").write_text(
        yaml.safe_dump({"inputs": INPUTS}, allow_unicode=True), encoding="utf-8"
    )
    (home / "rule" / "1.yaml").write_text(yaml.safe_dump(dict(tree), allow_unicode=True), encoding="utf-8")
    return read_standards([folder / "pack"]).versions["rule"][0]


def constants(tree: Any) -> list[Decimal]:
    """The figures written in a standard, in the units they are written in."""
    return [Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", str(tree))]


def firms(rng: random.Random, standard: Standard, edges: list[Decimal], count: int) -> list[dict[str, Any]]:
    """Rows of plain cells: on the edges, a step beside them, far off, or missing."""
    found = []
    for _ in range(count):
        missing = rng.choice([0.0, 0.0, 0.1, 0.4, 0.9])
        row: dict[str, Any] = {}
        for key, item in standard.inputs.items():
            if rng.random() < missing:
                continue
            if item.type is InputKind.FLAG:
                row[key] = rng.random() < 0.5
            elif item.type is InputKind.CHOICE:
                row[key] = rng.choice(item.options)
            elif item.type is InputKind.DATE:
                row[key] = rng.choice(
                    [dt.date(2024, 6, 1), dt.date(2024, 6, 2), dt.date(2020, 2, 29), dt.date(2025, 5, 1)]
                )
            else:
                step = Decimal(1).scaleb(-item.decimals)
                value = rng.choice([*edges, Decimal(0), Decimal(0), Decimal(1)])
                value = value * rng.choice([1, 1, 1, -1, Decimal("0.3")]) + step * rng.choice([0, 0, 1, -1])
                low, high = (
                    Decimal(bound.numerator) / bound.denominator
                    for bound in (item.lowest / item.factor, item.highest / item.factor)
                )
                row[key] = max(low, min(high, value.quantize(step)))
        found.append(row)
    return found
