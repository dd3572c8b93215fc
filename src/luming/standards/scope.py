"""What names stand for while a standard is read, and whether an expression of them makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from luming.standards.expression import (
    Among,
    Binary,
    Call,
    Compare,
    Expression,
    ExpressionError,
    Name,
    Number,
    Test,
    names,
    parse,
)
from luming.standards.kind import DAYS, PURE, SCORE, YEARS, Kind
from luming.standards.model import Input, InputKind

AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Typed:
    """The kind of a number; `root` > 1 where it is a mean yearly growth, which is only compared, never reckoned with."""

    kind: Kind
    root: int = 1


@dataclass
class Scope:
    """The names known at a place of the file, and which facts were asked so far."""

    dictionary: Mapping[str, Input]
    figures: dict[str, Typed] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def number(self, written: str) -> tuple[Expression, Typed]:
        """Read an expression that is a number.

        Raises:
            ExpressionError: it cannot be read, or mixes kinds.
        """
        found = parse(written)
        if isinstance(found, Compare | Among):
            raise ExpressionError(f"“{written}”是条件,这里要的是数")
        return found, self.typed(found)

    def test(self, written: str) -> Test:
        """Read a test: a comparison, a choice, or a flag alone.

        Raises:
            ExpressionError: it cannot be read, or compares different kinds.
        """
        found = parse(written)
        match found:
            case Compare(op, left, right):
                self._compare(written, op, left, right)
            case Among(key, options):
                for option in options:
                    if option not in self.options(key):
                        raise ExpressionError(
                            f"“{key}”没有“{option}”这个选项,有:{'、'.join(self.options(key))}。"
                        )
            case Name(key):
                self.flag(key)
            case _:
                raise ExpressionError(f"“{written}”是数,这里要的是条件")
        assert isinstance(found, Compare | Among | Name)
        return found

    def flag(self, key: str) -> None:
        """Ask a flag."""
        if self._input(key).type is not InputKind.FLAG:
            raise ExpressionError(f"“{key}”不是“是/否”,不能单独作条件")

    def options(self, key: str) -> tuple[str, ...]:
        """The options of a choice, asked or derived."""
        if key in self.choices:
            return self.choices[key]
        found = self._input(key)
        if found.type is not InputKind.CHOICE:
            raise ExpressionError(f"“{key}”不是选项")
        return found.options

    def _input(self, key: str) -> Input:
        if key not in self.dictionary:
            raise ExpressionError(f"没有“{key}”这项事实或指标")
        self.asked.add(key)
        return self.dictionary[key]

    def _compare(self, written: str, op: str, left: Expression, right: Expression) -> None:
        one, other = self.typed(left), self.typed(right)
        if one.kind != other.kind:
            raise ExpressionError(f"“{written}”两边不是同类:{one.kind}与{other.kind}")
        if one.root != 1 and not isinstance(right, Number):
            raise ExpressionError(f"“{written}”里的年均增速只能与一个数比较")
        if other.root != 1:
            raise ExpressionError(f"“{written}”里的年均增速要写在左边")

    def typed(self, node: Expression) -> Typed:
        """The kind of an expression.

        Raises:
            ExpressionError: kinds are mixed, or a name is not known.
        """
        match node:
            case Number(_, kind):
                return Typed(kind)
            case Name(key):
                if key in self.figures:
                    return self.figures[key]
                found = self._input(key)
                if found.type is not InputKind.NUMBER:
                    raise ExpressionError(f"“{key}”不是数")
                return Typed(found.kind)
            case Binary(op, left, right):
                return Typed(_combined(op, self._plain(left), self._plain(right)))
            case Call():
                return self._call(node)

    def _plain(self, node: Expression) -> Kind:
        found = self.typed(node)
        if found.root != 1:
            raise ExpressionError("年均增速只能用来比较,不能再参加计算")
        return found.kind

    def _call(self, node: Call) -> Typed:
        name, arguments = node.function, node.arguments
        if name in ("full_years", "days"):
            for argument in arguments:
                self._date(argument)
            return Typed(YEARS if name == "full_years" else DAYS)
        if name == "cagr":
            first, last, years = arguments
            if self._plain(first) != self._plain(last):
                raise ExpressionError("cagr 的首末两年不是同类")
            if not isinstance(years, Number) or years.value.denominator != 1 or not 2 <= years.value <= 10:
                raise ExpressionError("cagr 的年数要写成2到10的整数;一年的增速请写成两年相除减1")
            return Typed(PURE, int(years.value))
        kinds = {self._plain(argument) for argument in arguments}
        if len(kinds) != 1:
            raise ExpressionError(f"{name} 的各项不是同类")
        (kind,) = kinds
        if name == "floor" and not kind.pure:
            raise ExpressionError("floor 只取没有单位的数的整数部分,请先除以一个带单位的数")
        return Typed(kind)

    def _date(self, node: Expression) -> None:
        if not isinstance(node, Name):
            raise ExpressionError("这里要写日期的名字或 as_of")
        if node.key != AS_OF and self._input(node.key).type is not InputKind.DATE:
            raise ExpressionError(f"“{node.key}”不是日期")


def _combined(op: str, one: Kind, other: Kind) -> Kind:
    if op == "*":
        return one * other
    if op == "/":
        return one / other
    if one != other:
        raise ExpressionError(f"{one}与{other}不能{'相加' if op == '+' else '相减'}")
    return one


def asked_by(node: Expression | Test) -> set[str]:
    """The names an expression reads, without the day of the assessment."""
    return set(names(node)) - {AS_OF}


SCORE_TYPE = Typed(SCORE)
