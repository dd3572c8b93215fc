"""Expressions of a standard as a tree: read by a grammar, never executed as code.

`rd / revenue >= 5%`, `industry in [工业, 建筑业]`, `cagr(revenue_y3, revenue, 2) >= 5%`. The grammar stands in
`grammar.lark`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from lark import Lark, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from luming.errors import LumingError, UnitMismatch
from luming.standards.kind import Kind, amount

FUNCTIONS = {
    "min": (1, None),
    "max": (1, None),
    "floor": (1, 1),
    "cagr": (3, 3),
    "full_years": (2, 2),
    "days": (2, 2),
}
"""Functions and how many arguments they take (least, most)."""


LONGEST = 500
"""Characters of an expression; a longer one is a mistake, and would be read by nobody."""


class ExpressionError(LumingError):
    """An expression that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, in base units of its kind."""

    value: Fraction
    kind: Kind
    written: str


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a named figure, a part of a score, or a flag."""

    key: str


@dataclass(frozen=True, slots=True)
class Binary:
    """A sum, difference, product or quotient; `op` is one of + - * /."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of FUNCTIONS and its arguments."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two numbers; `op` is one of < <= > >= == !=."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a choice is one of some options; `negated` for !=."""

    key: str
    options: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """An option as written; it stands only on the right of == and !=."""

    text: str


Expression = Number | Name | Binary | Call
Test = Compare | Among | Name
"""A bare name as a test is a flag."""


@v_args(inline=True)
class _Tree(Transformer[Any, Any]):
    def number(self, token: str) -> Number:
        try:
            value, kind = amount(str(token))
        except UnitMismatch as problem:
            raise ExpressionError(str(problem)) from None
        return Number(value, kind, str(token).strip())

    def name(self, token: str) -> Name:
        return Name(str(token))

    def word(self, token: str) -> _Word:
        return _Word(_word(token))

    def add(self, left: Expression, right: Expression) -> Binary:
        return Binary("+", left, right)

    def subtract(self, left: Expression, right: Expression) -> Binary:
        return Binary("-", left, right)

    def multiply(self, left: Expression, right: Expression) -> Binary:
        return Binary("*", left, right)

    def divide(self, left: Expression, right: Expression) -> Binary:
        return Binary("/", left, right)

    def negate(self, inner: Expression) -> Expression:
        if isinstance(inner, Number):
            return Number(-inner.value, inner.kind, f"-{inner.written}")
        return Binary("*", Number(Fraction(-1), Kind(), "-1"), inner)

    def call(self, name: str, *arguments: Expression) -> Call:
        if name not in FUNCTIONS:
            raise ExpressionError(f"没有“{name}”这个函数,可用的有:{'、'.join(FUNCTIONS)}")
        least, most = FUNCTIONS[name]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise ExpressionError(f"函数“{name}”要{least}个参数,写了{len(arguments)}个")
        return Call(str(name), arguments)

    def compare(self, left: Expression, op: str, right: Expression | _Word) -> Compare | Among:
        if not isinstance(right, _Word):
            return Compare(str(op), left, right)
        if not isinstance(left, Name) or op not in ("==", "!="):
            raise ExpressionError(f"选项“{right.text}”只能写成“名字 == {right.text}”或“名字 != {right.text}”")
        return Among(left.key, (right.text,), negated=op == "!=")

    def among(self, name: str, *words: str) -> Among:
        return Among(str(name), tuple(_word(word) for word in words))


def _word(token: str) -> str:
    return str(token).strip('"').strip()


@cache
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Tree())


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression | Test:
    """Read an expression or a test.

    >>> parse("rd / revenue >= 5%").op
    '>='

    Raises:
        ExpressionError: it cannot be read.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"算式有{len(text)}个字符,最多{LONGEST}个;请用 values 分成几步")
    found = _read(text)
    for node in _nodes(found):
        if isinstance(node, _Word):
            raise ExpressionError(f"“{text}”里的“{node.text}”是一个词,不能参加计算")
    return cast(Expression | Test, found)


def _read(text: str) -> Any:
    try:
        return _parser().parse(text)
    except UnexpectedInput as problem:
        column = getattr(problem, "column", -1)
        ended = getattr(getattr(problem, "token", None), "type", "") == "$END"
        at = "末尾" if ended else f"第{column}个字符“{text[column - 1 : column + 9]}”"
        raise ExpressionError(f"算式“{text}”在{at}处不合写法") from None
    except VisitError as problem:
        if isinstance(problem.orig_exc, ExpressionError):
            raise problem.orig_exc from None
        raise


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    inner = (node.left, node.right) if isinstance(node, Binary | Compare) else getattr(node, "arguments", ())
    for item in inner:
        yield from _nodes(item)


def names(node: Expression | Test) -> Iterator[str]:
    """Every name an expression reads, in the order of writing, with repetitions."""
    match node:
        case Name(key) | Among(key):
            yield key
        case Binary(_, left, right) | Compare(_, left, right):
            yield from names(left)
            yield from names(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from names(argument)
