"""A graph of columns as nested SELECTs: what is used more than once becomes a column of its own, once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce

from sqlglot import exp

from luming.standards.columnar.node import Bool, Int, Node

LONG, WIDE = exp.DataType.build("BIGINT"), exp.DataType.build("INT128")
_LEAF = ("const", "column", "present", "flag")


def name(text: str) -> exp.Column:
    """A column by its name."""
    return exp.column(text, quoted=True)


def day(value: dt.date) -> exp.Expr:
    """A date."""
    return exp.cast(exp.Literal.string(value.isoformat()), "DATE")


def number(value: int) -> exp.Expr:
    """A whole number."""
    found = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=found) if value < 0 else found


def _chain(kind: type[exp.Connector], items: list[exp.Expr]) -> exp.Expr:
    """A balanced tree of AND or OR, so that long lists do not nest deeply."""
    while len(items) > 1:
        items = [
            exp.paren(kind(this=items[at], expression=items[at + 1]), copy=False)
            if at + 1 < len(items)
            else items[at]
            for at in range(0, len(items), 2)
        ]
    return items[0]


class Selection:
    """Some nodes to be selected from a relation, layer by layer.

    Args:
        wanted: the nodes by the name of the column they become.
        kept: columns of the relation that are passed through.
        as_of: the day of the assessment.
    """

    def __init__(self, wanted: Mapping[str, Node], kept: Iterable[str], as_of: dt.date) -> None:
        self._wanted = dict(wanted)
        self._kept = list(kept)
        self._as_of = as_of
        self._uses: Counter[Node] = Counter()
        self._columns: dict[Node, str] = {}
        self._levels: dict[Node, int] = {}
        order = self._ordered()
        for node in order:
            inner = [self._levels[arg] for arg in _inner(node)]
            above = [self._levels[arg] + 1 for arg in _inner(node) if arg in self._columns]
            self._levels[node] = max([0, *inner, *above])
            if self._uses[node] > 1 and node.op not in _LEAF and not _light(node):
                self._columns[node] = f"n{len(self._columns)}"

    def _ordered(self) -> list[Node]:
        """Every node after those it is made of."""
        found: dict[Node, None] = {}
        stack: list[tuple[Node, bool]] = [(node, False) for node in self._wanted.values()]
        for node in self._wanted.values():
            self._uses[node] += 1
        seen: set[Node] = set()
        while stack:
            node, done = stack.pop()
            if done:
                found[node] = None
                continue
            if node in seen:
                continue
            seen.add(node)
            stack.append((node, True))
            for arg in _inner(node):
                self._uses[arg] += 1
                stack.append((arg, False))
        return list(found)

    def over(self, relation: exp.Select) -> exp.Select:
        """The nodes selected from a relation."""
        last = max([self._levels[node] for node in self._wanted.values()], default=0)
        last = max(
            [last, *(self._levels[node] + 1 for node in self._wanted.values() if node in self._columns)]
        )
        made: dict[str, int] = {column: self._levels[node] for node, column in self._columns.items()}
        needed = self._needed(last)
        current = relation
        for level in range(last):
            mine = [node for node in self._columns if self._levels[node] == level]
            through = [column for column in needed[level + 1] if made.get(column, -1) < level]
            items: list[exp.Expr] = [name(column) for column in through]
            items += [
                exp.alias_(self._sql(node, top=True), self._columns[node], quoted=True) for node in mine
            ]
            current = _from(current, items)
        shown: list[exp.Expr] = [name(column) for column in self._kept]
        shown += [
            exp.alias_(self._typed(node, self._sql(node)), alias, quoted=True)
            for alias, node in self._wanted.items()
        ]
        return _from(current, shown)

    def _needed(self, last: int) -> list[list[str]]:
        """The columns that each level reads from those below."""
        needed: list[dict[str, None]] = [{} for _ in range(last + 2)]
        reads: dict[int, dict[str, None]] = {}
        for node, _ in self._columns.items():
            reads.setdefault(self._levels[node], {}).update(dict.fromkeys(self._read(node)))
        final = reads.setdefault(last, {})
        final.update(dict.fromkeys(self._kept))
        for node in self._wanted.values():
            final.update(dict.fromkeys([self._columns[node]] if node in self._columns else self._read(node)))
        carried: dict[str, None] = {}
        for level in range(last, -1, -1):
            carried = {**carried, **reads.get(level, {})}
            needed[level] = dict(carried)
        return [list(items) for items in needed]

    def _read(self, node: Node) -> list[str]:
        """The columns that the expression of a node reads."""
        found: dict[str, None] = {}
        stack: list[Node] = [node]
        while stack:
            item = stack.pop()
            if item is not node and item in self._columns:
                found[self._columns[item]] = None
                continue
            if item.op in ("column", "present", "flag", "among"):
                found[item.args[0]] = None
            elif item.op in ("years", "days"):
                found.update(dict.fromkeys(arg for arg in item.args if arg is not None))
            stack += _inner(item)
        return list(found)

    # Expressions

    def _typed(self, node: Node, sql: exp.Expr) -> exp.Expr:
        if isinstance(node, Int):
            return exp.cast(sql, WIDE.copy() if node.wide else LONG.copy())
        return sql

    def _sql(self, node: Node, *, top: bool = False) -> exp.Expr:
        if not top and node in self._columns:
            return name(self._columns[node])
        return self._int(node) if isinstance(node, Int) else self._bool(node)

    def _int(self, node: Int) -> exp.Expr:
        args = node.args
        match node.op:
            case "const":
                return number(args[0])
            case "column":
                return name(args[0])
            case "plus" | "times":
                kind = exp.Add if node.op == "plus" else exp.Mul
                left, right = (self._sql(arg) for arg in args)
                if node.wide and not any(arg.wide for arg in args):
                    left = exp.cast(left, WIDE.copy())
                return exp.paren(kind(this=left, expression=right), copy=False)
            case "least" | "greatest":
                left, right = (self._sql(arg) for arg in args)
                make = exp.Least if node.op == "least" else exp.Greatest
                return self._narrowed(node, make(this=left, expressions=[right], ignore_nulls=True), args)
            case "quotient" | "remainder":
                left, right = (self._sql(arg) for arg in args)
                if node.op == "quotient":
                    wide = any(arg.wide for arg in args)
                    return self._narrowed(node, exp.IntDiv(this=left, expression=right, wide=wide), args)
                return exp.Mod(this=left, expression=right)
            case "choose":
                return self._case(node)
            case "years":
                return self._years(*args)
        first, last = (day(self._as_of) if arg is None else name(arg) for arg in args)
        return exp.cast(exp.DateDiff(this=last, expression=first, unit=exp.var("DAY")), LONG.copy())

    def _case(self, node: Int) -> exp.Expr:
        *ways, otherwise = node.args
        found = exp.Case()
        for at in range(0, len(ways), 2):
            found = found.when(self._sql(ways[at]), self._sql(ways[at + 1]), copy=False)
        found = found.else_(self._sql(otherwise), copy=False)
        values = (*ways[1::2], otherwise)
        if all(value.op == "const" for value in values):
            return exp.cast(found, WIDE.copy() if node.wide else LONG.copy())
        return self._narrowed(node, found, values)

    def _narrowed(self, node: Int, sql: exp.Expr, args: Iterable[Int]) -> exp.Expr:
        if not node.wide and any(arg.wide for arg in args):
            return exp.cast(sql, LONG.copy())
        return sql

    def _years(self, first: str | None, last: str | None) -> exp.Expr:
        def parts(column: str | None) -> tuple[exp.Expr, exp.Expr]:
            if column is None:
                return number(self._as_of.year), number(self._as_of.month * 100 + self._as_of.day)
            month = exp.cast(exp.Month(this=name(column)), LONG.copy())
            of_year = exp.Add(
                this=exp.Mul(this=month, expression=number(100)), expression=exp.Day(this=name(column))
            )
            return exp.cast(exp.Year(this=name(column)), LONG.copy()), exp.paren(of_year, copy=False)

        (one, early), (other, late) = parts(first), parts(last)
        short = exp.Case().when(exp.LT(this=late, expression=early), number(1)).else_(number(0))
        whole = exp.Sub(this=exp.Sub(this=other, expression=one), expression=exp.paren(short, copy=False))
        return exp.cast(exp.paren(whole, copy=False), LONG.copy())

    def _bool(self, node: Bool) -> exp.Expr:
        args = node.args
        match node.op:
            case "const":
                return exp.true() if args[0] else exp.false()
            case "present":
                return exp.paren(exp.Not(this=exp.Is(this=name(args[0]), expression=exp.null())), copy=False)
            case "flag":
                default = exp.true() if args[1] else exp.false()
                return exp.Coalesce(this=name(args[0]), expressions=[default])
            case "among":
                column, options, missing = args
                if not options:
                    found: exp.Expr = exp.And(
                        this=exp.Is(this=name(column), expression=exp.null()),
                        expression=exp.true() if missing else exp.false(),
                    )
                    return exp.paren(found, copy=False)
                inside = exp.In(this=name(column), expressions=[exp.Literal.string(item) for item in options])
                return exp.Coalesce(
                    this=exp.paren(inside, copy=False), expressions=[exp.true() if missing else exp.false()]
                )
            case "and" | "or":
                return _chain(exp.And if node.op == "and" else exp.Or, [self._sql(arg) for arg in args])
            case "several":
                count, *items = args
                ones: list[exp.Expr] = [
                    exp.paren(exp.Case().when(self._sql(item), number(1)).else_(number(0)), copy=False)
                    for item in items
                ]
                total = reduce(lambda one, other: exp.Add(this=one, expression=other), ones[1:], ones[0])
                return exp.paren(
                    exp.GTE(this=exp.paren(total, copy=False), expression=number(count)), copy=False
                )
            case "not":
                return self._not(args[0])
        left, right = (self._sql(arg) for arg in args)
        kind = exp.GTE if node.op == "reaches" else exp.EQ
        return exp.paren(kind(this=left, expression=right), copy=False)

    def _not(self, inner: Bool) -> exp.Expr:
        if inner not in self._columns and inner.op in ("reaches", "equals", "present"):
            if inner.op == "present":
                return exp.paren(exp.Is(this=name(inner.args[0]), expression=exp.null()), copy=False)
            left, right = (self._sql(arg) for arg in inner.args)
            kind = exp.LT if inner.op == "reaches" else exp.NEQ
            return exp.paren(kind(this=left, expression=right), copy=False)
        return exp.paren(exp.Not(this=self._sql(inner)), copy=False)


def _inner(node: Node) -> list[Node]:
    return [arg for arg in node.args if isinstance(arg, Int | Bool)]


def _light(node: Node) -> bool:
    """Whether it costs no more than reading a column: not of a column, a comparison of a column with a constant."""
    if node.op == "not":
        return node.args[0].op in _LEAF
    return False


def _from(relation: exp.Select, items: list[exp.Expr]) -> exp.Select:
    return exp.Select(expressions=items, from_=None).from_(relation.subquery("t", copy=False), copy=False)
