"""Reading a condition tree: all, any, not, at least k of, and tests as leaves."""

from __future__ import annotations

from typing import Any, Literal, cast

from luming.errors import Fault
from luming.mark import Mark
from luming.standards.condition import Condition, TestOf, Tree
from luming.standards.entry import ABOUT, Entry
from luming.standards.expression import ExpressionError
from luming.standards.scope import Scope
from luming.yaml_source import YamlSource

_OPS = ("all", "any", "not", "at_least")
_NODE = ("id", "direct", *ABOUT)


def read_condition(
    source: YamlSource, path: tuple[str | int, ...], tree: Any, scope: Scope, mark: Mark
) -> Condition | None:
    """A condition at a place of the file; None when it cannot be read (the fault is noted)."""
    if isinstance(tree, str):
        entry = Entry(source, path, {}, mark)
        return _test(entry, tree, scope, "")
    entry = Entry.of(source, path, tree, mark)
    found = [op for op in (*_OPS, "test") if op in entry.tree]
    if len(found) != 1:
        if isinstance(tree, dict):
            entry.fault(
                "condition", f"写了{'、'.join(found) or '零'}种条件", f"{'、'.join((*_OPS, 'test'))}中的一种"
            )
        return None
    (op,) = found
    entry.only(op, *_NODE)
    if op == "test":
        return _test(entry, entry.text("test"), scope, entry.text("id", ""))
    inner_mark = entry.about().mark
    count = 0
    if op == "not":
        places = [((*path, "not"), entry.tree["not"])]
    elif op == "at_least":
        box = entry.inner("at_least")
        box.only("count", "of")
        count = box.count("count", 1)
        places = box.items("of")
        if not 1 <= count <= max(1, len(places)):
            box.fault("count", f"{len(places)}项中至少{count}项", "1到项数之间的数", "", "count")
    else:
        places = entry.items(op)
    items = [read_condition(source, at, item, scope, inner_mark) for at, item in places]
    if not places:
        entry.fault("empty", f"“{op}”下没有条件", "至少一个条件")
    known = tuple(item for item in items if item is not None)
    return Tree(
        cast(Literal["all", "any", "not", "at_least"], op),
        known,
        entry.about(),
        entry.text("id", ""),
        count,
        entry.flag("direct"),
    )


def _test(entry: Entry, written: str, scope: Scope, id_: str) -> TestOf | None:
    try:
        test = scope.test(written)
    except ExpressionError as problem:
        entry.source.faults.append(
            Fault(
                "standard.expression",
                entry.where(),
                f"条件“{written}”",
                "合乎写法的条件",
                str(problem).rstrip("。"),
            )
        )
        return None
    return TestOf(test, written, entry.about(), id_)
