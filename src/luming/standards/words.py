"""Figures and expressions of a standard in words, Chinese or English."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from luming.standards.expression import Among, Binary, Call, Compare, Expression, Name, Number, Test
from luming.standards.kind import DAYS, MONEY, PURE, SCORE, YEARS, Kind, kind_of
from luming.standards.model import Amount, Standard, Value
from luming.standards.points import Band, Part, parts_of
from luming.standards.scope import AS_OF
from luming.standards.span import LARGE, Span, Void

_UNITS = {MONEY: "万元", SCORE: "分", YEARS: "年", DAYS: "天", PURE: "", Kind((("person", 1),)): "人"}
_ENGLISH = {
    "人": "",
    "件": "",
    "项": "",
    "个": "",
    "家": "",
    "次": "",
    "分": " points",
    "年": " years",
    "天": " days",
}
_MILLIONS = {"money": " million yuan", "usd": " million US dollars"}
_OPS = {
    "zh": {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于", "==": "等于", "!=": "不等于"},
    "en": {
        ">=": "at least",
        ">": "more than",
        "<=": "at most",
        "<": "less than",
        "==": "equal to",
        "!=": "other than",
    },
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_EDGES = {
    "zh": {"from": "{}以上", "above": "高于{}", "to": "不超过{}", "below": "不足{}"},
    "en": {"from": "from {}", "above": "above {}", "to": "up to {}", "below": "below {}"},
}
_CALLS = {
    "zh": {"min": "取小", "max": "取大", "floor": "取整", "cagr": "年均增速", "full_years": "满年数", "days": "天数"},
    "en": {
        "min": "least of", "max": "greatest of", "floor": "whole part of", "cagr": "mean yearly growth of",
        "full_years": "full years from", "days": "days from",
    },
}  # fmt: skip
MOST_DECIMALS = 8
"""So many digits are shown at most where a figure lies close to its threshold."""


@lru_cache(maxsize=16384)
def figure(value: Fraction, unit: str, language: str = "zh", beside: Fraction | None = None) -> str:
    """A number in a unit, two decimals at most; more where it would look equal to the threshold it is held against.

    >>> figure(Fraction(4, 75), "%")
    '5.33%'
    """
    kind, factor = kind_of(unit)
    words = unit
    if language == "en":
        words = _ENGLISH.get(unit, unit)
        if kind.factors and kind.factors[0][0] in _MILLIONS:
            factor, words = Fraction(10**6), _MILLIONS[kind.factors[0][0]]
    scaled, other = value / factor, None if beside is None else beside / factor
    text = _rounded(scaled, 2)
    for decimals in range(3, MOST_DECIMALS + 1):
        if other is None or scaled == other or _side(Fraction(text), other) == _side(scaled, other):
            break
        text = _rounded(scaled, decimals)
    return f"{text}{words}"


def _side(one: Fraction, other: Fraction) -> int:
    return (one > other) - (one < other)


def _rounded(value: Fraction, decimals: int) -> str:
    exact = Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=60)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Words:
    """The words of one standard in one language."""

    def __init__(self, standard: Standard, language: str = "zh") -> None:
        self.standard = standard
        self.language = language
        self._parts: dict[str, Part] = {
            part.key: part for score in standard.scores for part in parts_of(score) if part.key
        }
        self._figures = {item.key: item for item in standard.figures}
        self._amounts = {item.key: item for item in standard.amounts}

    def pick(self, zh: str, en: str) -> str:
        """One of two texts by language."""
        return en if self.language == "en" else zh

    def name(self, key: str) -> str:
        """What a fact, figure, part or amount is called."""
        if key == AS_OF:
            return self.pick("评价日", "the day of assessment")
        for holder in (self._figures, self._parts, self._amounts, self.standard.inputs):
            if key in holder:
                return holder[key].about.name(self.language)
        return key

    def unit(self, node: Expression, beside: Expression | None = None) -> str:
        """The unit an expression is shown in."""
        match node:
            case Name(key):
                return self._named_unit(key)
            case Call("full_years"):
                return "年"
            case Call("days"):
                return "天"
            case Call("cagr"):
                return "%"
            case Call(_, arguments):
                return self.unit(arguments[0])
            case Number(_, _, written):
                return written.lstrip("-0123456789. ")
        if isinstance(beside, Number):
            return self.unit(beside)
        return self.unit(node.left) if node.op in "+-" else "%" if node.op == "/" else ""

    def _named_unit(self, key: str) -> str:
        found = self._figures.get(key)
        if isinstance(found, Value):
            return found.shown or _UNITS.get(found.kind, "")
        if key in self._amounts:
            return self._amounts[key].unit
        if key in self._parts:
            return "分"
        return self.standard.inputs[key].unit if key in self.standard.inputs else ""

    def number(self, node: Expression) -> str:
        """An expression in words."""
        match node:
            case Number(value, _, written):
                unit = written.lstrip("-0123456789. ")
                return figure(value, unit, self.language)
            case Name(key):
                return self.name(key)
            case Binary(op, left, right):
                return f"{self._side(left, op)}{_SIGNS[op]}{self._side(right, op)}"
            case Call("cagr", (first, last, _)):
                return self.pick(
                    f"{self.number(first)}到{self.number(last)}的年均增速",
                    f"mean yearly growth from {self.number(first)} to {self.number(last)}",
                )
            case Call("full_years" | "days", (first, last)):
                return self.pick(
                    f"{self.number(first)}到{self.number(last)}{'满' if node.function == 'full_years' else ''}",
                    f"time from {self.number(first)} to {self.number(last)}",
                )
            case Call(name, arguments):
                inner = ("、" if self.language == "zh" else ", ").join(
                    self.number(item) for item in arguments
                )
                return f"{_CALLS[self.language][name]}({inner})"

    def _side(self, node: Expression, op: str) -> str:
        text = self.number(node)
        loose = isinstance(node, Binary) and (node.op in "+-") and op in "*/"
        return f"({text})" if loose or (isinstance(node, Binary) and op in "-/") else text

    def wanted(self, test: Test) -> str:
        """What a test asks."""
        match test:
            case Compare(op, _, right):
                return f"{_OPS[self.language][op]}{self.pick('', ' ')}{self.number(right)}"
            case Among(_, options, negated):
                listed = self.pick("、", ", ").join(options)
                word = self.pick("不属于" if negated else "属于", "none of" if negated else "one of")
                return f"{word}{self.pick('', ' ')}{listed}"
            case Name():
                return self.pick("是", "yes")

    def test(self, test: Test) -> str:
        """A test in words: what is looked at and what is asked of it."""
        match test:
            case Compare(_, left, _):
                return f"{self.number(left)}{self.pick('', ' ')}{self.wanted(test)}"
            case Among(key):
                return f"{self.name(key)}{self.pick('', ' ')}{self.wanted(test)}"
            case Name(key):
                return self.name(key)

    def measured(self, span: Span, unit: str, beside: Fraction | None = None) -> str:
        """A figure that may not be known; a stretch from 0 or below says nothing to a reader."""
        if span.low < span.high and span.low <= 0:
            return self.pick("尚不能计算", "cannot be reckoned yet")
        return self.span(span, unit, beside)

    def span(self, span: Span, unit: str, beside: Fraction | None = None) -> str:
        """A number that may not be known."""
        if span.void is Void.YES:
            return self.pick("分母为零,不能计算", "not computable: a denominator of zero")
        if max(abs(span.low), abs(span.high)) >= LARGE:
            return self.pick("尚不能计算", "cannot be reckoned yet")
        if span.low == span.high:
            text = figure(span.low, unit, self.language, beside)
        else:
            high = figure(span.high, unit, self.language)
            words = high.lstrip("-0123456789.")
            text = f"{figure(span.low, unit, self.language).removesuffix(words)}–{high}"
        if span.void is Void.MAYBE:
            text += self.pick("(也可能分母为零)", " (or a denominator of zero)")
        return text

    def money(self, span: Span, item: Amount) -> str:
        """An amount that may not be known: a stretch where both ends mean something, a cap or a least."""
        if span.low < span.high and span.low <= 0 and item.highest is None:
            return self.pick("尚不能计算", "cannot be reckoned yet")
        return self.span(span, item.unit)

    def band(self, band: Band) -> str:
        """The edges of a band in words, closed and open ends told apart."""
        edges = band.written.split()
        said = [
            _EDGES[self.language][word].format(edge)
            for word, edge in zip(edges[::2], edges[1::2], strict=True)
        ]
        return self.pick("、", ", ").join(said) or self.pick("其余", "otherwise")

    def day(self, day: dt.date) -> str:
        """A day as officials write it."""
        return self.pick(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
