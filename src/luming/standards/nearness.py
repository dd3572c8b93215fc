"""How near a firm is to passing: every numeric test is tried again with its threshold eased by a margin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from luming.standards.condition import Condition, TestOf
from luming.standards.evaluator import Evaluator, Facts
from luming.standards.expression import Binary, Compare, Number
from luming.standards.kind import Kind
from luming.standards.model import Standard
from luming.standards.truth import Truth, at_least, every, some

MARGIN = Fraction(1, 10)
"""Ten in a hundred, as the lists of the portal have it (ours)."""


def is_near(
    standard: Standard,
    facts: Facts,
    as_of: dt.date,
    margin: Fraction = MARGIN,
    places: Mapping[str, Fraction] | None = None,
) -> bool:
    """Whether a firm that does not pass misses no threshold by more than the margin, as far as its facts are known.

    Flags, classes and tests for equality are not eased; nor is what stands under a negation. A missing fact is no
    nearness: where it could decide, the answer is no.
    """
    if standard.rule is None:
        return False
    run = Evaluator(standard, facts, as_of, None, places)
    return _eased(run, standard.rule, margin).must


def _eased(run: Evaluator, node: Condition, margin: Fraction) -> Truth:
    if isinstance(node, TestOf):
        if not isinstance(node.test, Compare) or node.test.op not in _EASIER:
            return run.condition(node)
        return some((run.condition(node), run.test(_with_moved_limit(run, node.test, margin))))
    if node.op == "not":
        return run.condition(node)
    found = [_eased(run, item, margin) for item in node.items]
    if node.op == "at_least":
        return at_least(node.count, found)
    return every(found) if node.op == "all" else some(found)


_EASIER = {">=": -1, ">": -1, "<=": 1, "<": 1}


def _with_moved_limit(run: Evaluator, test: Compare, margin: Fraction) -> Compare:
    """The test with its threshold moved by the margin to the side that lets more through."""
    side = _EASIER[test.op] * (-1 if run.number(test.right).high < 0 else 1)
    factor = Number(1 + side * margin, Kind(), "")
    return Compare(test.op, test.left, Binary("*", test.right, factor))
