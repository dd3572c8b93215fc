"""Cells of a table read into whole numbers on the grid of their fact, truths, options and days.

What `luming.standards.facts.read_fact` refuses is null here and counts as a fault; what it takes as empty is null and none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.known import grid
from luming.standards.columnar.node import LONG as LONGEST
from luming.standards.columnar.select import LONG, name, number
from luming.standards.facts import EMPTY, NO, WIDE, YES
from luming.standards.model import Input, InputKind

_SPACE = " \t\r\n\v\f\u3000\u00a0"
_DIGITS = "[0-9]"
_CLOCK = "([01]?[0-9]|2[0-3]):[0-5]?[0-9]:([0-5]?[0-9]|6[01])"
_DAYS = (
    "^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( +" + _CLOCK + ")?"
    "|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
    "|[0-9]{4}[.][0-9]{1,2}[.][0-9]{1,2}"
    "|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)$"
)
_PARTS = "^([0-9]{4})[^0-9]([0-9]{1,2})[^0-9]([0-9]{1,2})"
EXACT_DOUBLE = 10**15
"""Up to so many steps of its grid a number in binary is the decimal that prints it."""


class Stored(Enum):
    """How a column of the table holds its cells."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    DOUBLE = "double"
    FLAG = "flag"
    TEXT = "text"
    DATE = "date"
    OTHER = "other"


_TYPES = {
    Stored.WHOLE: r"(TINY|SMALL|BIG|HUGE|U|UTINY|USMALL|UBIG|UHUGE)?INT(EGER)?|BYTE|SHORT|LONG|UINTEGER",
    Stored.DOUBLE: r"DOUBLE|FLOAT|REAL",
    Stored.FLAG: r"BOOL(EAN)?",
    Stored.TEXT: r"VARCHAR|STRING|TEXT|ENUM.*",
    Stored.DATE: r"DATE|TIMESTAMP.*",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the table: how it is stored, and its digits where it is decimal."""

    stored: Stored
    digits: int = 0

    @classmethod
    def of(cls, type_: str) -> Field:
        """From the name of a type as DuckDB or Spark writes it."""
        written = type_.upper().strip()
        decimal = re.fullmatch(r"(?:DECIMAL|NUMERIC)\((\d+),\s*(\d+)\)", written)
        if decimal:
            digits = int(decimal[2])
            return cls(Stored.DECIMAL if digits else Stored.WHOLE, digits)
        for stored, pattern in _TYPES.items():
            if re.fullmatch(pattern, written):
                return cls(stored)
        return cls(Stored.OTHER)


def _like(sql: exp.Expr, pattern: str) -> exp.Expr:
    return exp.RegexpLike(this=sql, expression=exp.Literal.string(pattern))


def _in(sql: exp.Expr, words: set[str]) -> exp.Expr:
    return exp.In(this=sql, expressions=[exp.Literal.string(word) for word in sorted(words)])


def _text(sql: exp.Expr, translated: bool = True) -> exp.Expr:
    wide = "".join(chr(key) for key in WIDE)
    narrow = "".join(chr(value) for value in WIDE.values())
    changed: exp.Expr = exp.cast(sql, "TEXT")
    if translated:
        changed = exp.Anonymous(
            this="TRANSLATE", expressions=[changed, exp.Literal.string(wide), exp.Literal.string(narrow)]
        )
    return _trimmed(changed)


def _trimmed(sql: exp.Expr) -> exp.Expr:
    return exp.Trim(this=sql, expression=exp.Literal.string(_SPACE))


def _when(*conditions: exp.Expr, then: exp.Expr) -> exp.Expr:
    return exp.Case().when(exp.and_(*conditions), then)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one column become one fact: first prepared, then checked.

    Attributes:
        alias: the column that the fact becomes.
        source: the column of the table.
        sound: whether every cell that is not empty is known to be this fact, so that no row need be checked.
    """

    alias: str
    source: str
    item: Input
    field: Field
    sound: bool = False

    @property
    def prepared(self) -> str:
        """The column of the first step."""
        return f"p_{self.alias}"

    def prepare(self) -> exp.Expr:
        """The first step, from the cell: a number on the grid yet unchecked, or a text cleaned."""
        raw = name(self.source)
        if self.sound:
            return self._unchecked(raw)
        if self.field.stored is Stored.TEXT:
            if self.item.type is InputKind.CHOICE:
                # Written as the dictionary has it in nearly every row: cleaned only where it is not.
                return exp.Case().when(_in(raw, set(self.item.options)), raw.copy()).else_(_text(raw.copy()))
            if self.item.type is InputKind.NUMBER:
                return self._plain(raw)
            return _text(raw)
        if self.item.type is InputKind.NUMBER:
            return self._steps(raw)
        if self.item.type is InputKind.CHOICE and self.field.stored is Stored.WHOLE:
            return exp.cast(raw, "TEXT")
        return raw

    def _unchecked(self, raw: exp.Expr) -> exp.Expr:
        """The fact itself from a cell that needs no check."""
        if self.item.type is InputKind.DATE:
            return exp.cast(raw, "DATE")
        if self.item.type is not InputKind.NUMBER:
            return raw
        scale = 10**self.item.decimals
        if self.field.stored is Stored.WHOLE:
            long = exp.cast(raw, LONG.copy())
            return long if scale == 1 else exp.Mul(this=long, expression=number(scale))
        times = exp.Mul(this=exp.cast(raw, "DOUBLE"), expression=exp.cast(number(scale), "DOUBLE"))
        return exp.cast(exp.Round(this=times), LONG.copy())

    def unsound(self) -> list[exp.Expr] | None:
        """What a look at the whole column must give 0 for, so that its cells need no check; None: cells must be.

        The least and greatest of a column stand in the file's own statistics.
        """
        raw = name(self.source)
        match self.item.type, self.field.stored:
            case InputKind.FLAG, Stored.FLAG:
                return []
            case InputKind.CHOICE, Stored.TEXT:
                strange = exp.Not(this=exp.paren(_in(raw, set(self.item.options))))
                return [exp.Coalesce(this=exp.Max(this=_one_if(strange)), expressions=[number(0)])]
            case InputKind.DATE, Stored.DATE:
                ends: list[exp.Expr] = [
                    exp.cast(exp.Literal.string(at), "DATE") for at in ("0001-01-01", "9999-12-31")
                ]
            case InputKind.NUMBER, Stored.WHOLE | Stored.DECIMAL:
                if self.field.digits > self.item.decimals:
                    return None
                low, high = grid(self.item)
                if max(abs(low), abs(high)) > EXACT_DOUBLE:
                    return None
                scale = 10**self.item.decimals
                ends = [number(-(-low // scale)), number(high // scale)]
            case _:
                return None
        below = exp.LT(this=exp.Min(this=raw), expression=ends[0])
        above = exp.GT(this=exp.Max(this=raw.copy()), expression=ends[1])
        return [_one_if(exp.Or(this=below, expression=above))]

    def _plain(self, raw: exp.Expr) -> exp.Expr:
        """A written number without commas and unit; an empty cell is null."""
        text = _text(raw)
        plain: exp.Expr = exp.Anonymous(
            this="REPLACE", expressions=[text, exp.Literal.string(","), exp.Literal.string("")]
        )
        if self.item.unit:
            suffix = f"{self.item.unit}$"
            plain = _trimmed(
                exp.RegexpReplace(
                    this=plain, expression=exp.Literal.string(suffix), replacement=exp.Literal.string("")
                )
            )
        return exp.Case().when(exp.Not(this=_in(exp.Lower(this=_text(raw)), EMPTY)), plain)

    def _steps(self, raw: exp.Expr) -> exp.Expr:
        """A stored number counted in steps of its grid."""
        _, most = grid(self.item)
        scale = 10**self.item.decimals
        match self.field.stored:
            case Stored.WHOLE:
                low, high = grid(self.item)
                inside = exp.Between(this=raw, low=number(-(-low // scale)), high=number(high // scale))
                long = exp.Mul(this=exp.cast(raw, LONG.copy()), expression=number(scale))
                return _when(inside, then=long)
            case Stored.DOUBLE | Stored.DECIMAL:
                if max(abs(bound) for bound in grid(self.item)) > EXACT_DOUBLE or most > LONGEST:
                    raise LumingError(
                        f"“{self.item.about.label}”({self.item.key})的取值范围超过{EXACT_DOUBLE}个最小单位,"
                        "成批计算时请用整数列或文本列。"
                    )
                return _counted(exp.cast(raw, "DOUBLE"), scale)
        return exp.cast(exp.null(), LONG.copy())

    def value(self) -> exp.Expr:
        """The fact, from the first step; null where the cell is empty or refused."""
        found = name(self.prepared)
        if self.sound:
            return found
        match self.item.type:
            case InputKind.NUMBER:
                return self._number(found)
            case InputKind.FLAG:
                return self._flag(found)
            case InputKind.CHOICE:
                if self.field.stored in (Stored.TEXT, Stored.WHOLE):
                    return _when(_in(found, set(self.item.options)), then=found)
                return exp.cast(exp.null(), "TEXT")
            case InputKind.DATE:
                return self._date(found)

    def _number(self, found: exp.Expr) -> exp.Expr:
        low, high = grid(self.item)
        scale = 10**self.item.decimals
        inside = exp.Between(this=found, low=number(low), high=number(high))
        raw = name(self.source)
        match self.field.stored:
            case Stored.DOUBLE:
                back = exp.Div(
                    this=exp.cast(found, "DOUBLE"),
                    expression=exp.cast(number(scale), "DOUBLE"),
                    typed=False,
                    safe=False,
                )
                return _when(inside, exp.EQ(this=back, expression=exp.cast(raw, "DOUBLE")), then=found)
            case Stored.DECIMAL:
                if self.field.digits <= self.item.decimals:
                    return _when(inside, then=found)
                short = exp.cast(raw, f"DECIMAL(38, {self.item.decimals})")
                return _when(inside, exp.EQ(this=short, expression=raw), then=found)
            case Stored.TEXT:
                return self._written(found)
        return found

    def _written(self, found: exp.Expr) -> exp.Expr:
        """A number from its text: without exponent as a decimal, with one as the binary number it prints."""
        low, high = grid(self.item)
        decimals, scale = self.item.decimals, 10**self.item.decimals
        on_grid = (
            f"^[+-]?([0-9]+([.][0-9]{{0,{decimals}}}0*)?|[.]{_DIGITS}[0-9]{{0,{max(decimals - 1, 0)}}}0*)$"
        )
        if not decimals:
            on_grid = "^[+-]?([0-9]+([.]0*)?|[.]0+)$"
        decimal = exp.TryCast(this=found, to=exp.DataType.build(f"DECIMAL(38, {decimals})"))
        counted = _counted(exp.cast(decimal, "DOUBLE"), scale)
        power = exp.TryCast(this=found, to=exp.DataType.build("DOUBLE"))
        raised = _counted(power, scale)
        back = exp.Div(
            this=exp.cast(raised, "DOUBLE"),
            expression=exp.cast(number(scale), "DOUBLE"),
            typed=False,
            safe=False,
        )
        with_power = "^[+-]?([0-9]{1,15}([.][0-9]{0,15})?|[.][0-9]{1,15})[eE][+-]?[0-9]{1,3}$"
        return (
            exp.Case()
            .when(
                exp.and_(
                    _like(found, on_grid), exp.Between(this=counted, low=number(low), high=number(high))
                ),
                counted,
            )
            .when(
                exp.and_(
                    _like(found, with_power),
                    exp.Between(this=raised, low=number(low), high=number(high)),
                    exp.EQ(this=back, expression=power),
                ),
                raised,
            )
        )

    def _flag(self, found: exp.Expr) -> exp.Expr:
        match self.field.stored:
            case Stored.FLAG:
                return found
            case Stored.TEXT:
                low = exp.Lower(this=found)
                return exp.Case().when(_in(low, YES), exp.true()).when(_in(low.copy(), NO), exp.false())
            case Stored.WHOLE:
                yes, no = (exp.EQ(this=found, expression=number(at)) for at in (1, 0))
                return exp.Case().when(yes, exp.true()).when(no, exp.false())
        return exp.cast(exp.null(), "BOOLEAN")

    def _date(self, found: exp.Expr) -> exp.Expr:
        if self.field.stored is Stored.DATE:
            date = exp.cast(found, "DATE")
            first, last = (exp.cast(exp.Literal.string(at), "DATE") for at in ("0001-01-01", "9999-12-31"))
            return _when(exp.Between(this=date, low=first, high=last), then=date)
        if self.field.stored is not Stored.TEXT:
            return exp.cast(exp.null(), "DATE")
        year, month, day = (
            exp.RegexpExtract(this=found, expression=exp.Literal.string(_PARTS), group=number(at))
            for at in (1, 2, 3)
        )
        dash = exp.Literal.string("-")
        written = exp.Concat(
            expressions=[year, dash, _padded(month), dash.copy(), _padded(day)], safe=True, coalesce=False
        )
        return _when(_like(found, _DAYS), then=exp.TryCast(this=written, to=exp.DataType.build("DATE")))

    def refused(self) -> exp.Expr:
        """Whether the cell holds something that is not this fact."""
        raw, found = name(self.source), name(self.alias)
        missing = exp.Is(this=found, expression=exp.null())
        given: exp.Expr = exp.Not(this=exp.Is(this=raw, expression=exp.null()))
        if self.field.stored is Stored.TEXT:
            given = exp.and_(given, exp.Not(this=_in(exp.Lower(this=_text(raw)), EMPTY)))
        if self.field.stored is Stored.DOUBLE:
            given = exp.and_(given, exp.Not(this=exp.IsNan(this=raw)))
        return exp.and_(missing, given)


def _one_if(condition: exp.Expr) -> exp.Expr:
    return exp.Case().when(condition, number(1)).else_(number(0))


def _padded(sql: exp.Expr) -> exp.Expr:
    return exp.Pad(this=sql, expression=number(2), fill_pattern=exp.Literal.string("0"), is_left=True)


def _counted(binary: exp.Expr, scale: int) -> exp.Expr:
    times = exp.Mul(this=binary, expression=exp.cast(number(scale), "DOUBLE"))
    return exp.TryCast(this=exp.Round(this=times), to=LONG.copy())
