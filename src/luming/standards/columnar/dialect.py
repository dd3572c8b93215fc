"""The text of a query in the language of DuckDB or of Apache Spark."""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

Dialect = Literal["duckdb", "spark"]


def written(query: exp.Expr, dialect: Dialect, pretty: bool = False) -> str:
    """A query as text. The tree is used up: writing it turns it into the dialect in place, for it is large."""
    turned = query.transform(_duckdb if dialect == "duckdb" else _spark, copy=False)
    return turned.sql(dialect=dialect, pretty=pretty, copy=False)


def _duckdb(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous) and node.name == "LUMING_ROW":
        # Not row_number(): rows are numbered by one thread, and all that follows would run in it.
        return exp.Anonymous(this="UUID")
    if isinstance(node, exp.Anonymous) and node.name == "LUMING_EACH":
        return exp.Anonymous(
            this="UNNEST", expressions=[exp.Anonymous(this="RANGE", expressions=node.expressions)]
        )
    return node


def _spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.DataType) and node.this is exp.DataType.Type.INT128:
        return exp.DataType.build("DECIMAL(38, 0)")
    if isinstance(node, exp.Anonymous) and node.name == "LUMING_ROW":
        return exp.Anonymous(this="MONOTONICALLY_INCREASING_ID")
    if isinstance(node, exp.Anonymous) and node.name == "LUMING_EACH":
        last = exp.Sub(this=node.expressions[0], expression=exp.cast(exp.Literal.number(1), "BIGINT"))
        numbers = exp.Anonymous(
            this="SEQUENCE", expressions=[exp.cast(exp.Literal.number(0), "BIGINT"), last]
        )
        return exp.Anonymous(this="EXPLODE", expressions=[numbers])
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    if isinstance(node, exp.IntDiv) and node.args.get("wide"):
        # DIV of wide numbers gives 64 bits in Spark and stops where they do not suffice; this gives all digits.
        left, right = node.this, node.expression
        whole = exp.paren(
            exp.Sub(this=left, expression=exp.paren(exp.Mod(this=left.copy(), expression=right.copy())))
        )
        return exp.cast(exp.Div(this=whole, expression=exp.paren(right.copy())), "DECIMAL(38, 0)")
    return node
