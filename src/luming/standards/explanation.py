"""Why a standard says what it says: one step a condition, part, figure and amount, each with its clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction

from luming.standards.assessment import Assessment, Outcome, examine
from luming.standards.condition import About, Condition, TestOf, Tree
from luming.standards.deciding import deciding
from luming.standards.evaluator import Evaluator, Facts
from luming.standards.expression import Among, Compare, Expression, Name, Number, names
from luming.standards.kind import PURE
from luming.standards.model import Amount, Input, Standard, Value
from luming.standards.points import Bands, BestOf, Cases, Formula, Group, Judged, Part, Percentile, Ratio
from luming.standards.span import Span, Void
from luming.standards.step import Explanation, State, Step, against, settle
from luming.standards.truth import Truth
from luming.standards.words import Words, figure

MOST_LISTED = 8
"""So many reasons or missing facts are named in the conclusion; the rest is counted."""


def explain(
    standard: Standard,
    facts: Facts,
    as_of: dt.date,
    places: Mapping[str, Fraction] | None = None,
    language: str = "zh",
) -> Explanation:
    """Assess one firm and say why, step by step.

    Args:
        language: zh or en.
    """
    found, whole = examine(standard, facts, as_of, places)
    writer = _Writer(standard, whole, language)
    steps = tuple(settle(step) for step in writer.steps())
    asked = deciding(standard, writer.run) if found.outcome is Outcome.UNKNOWN else ()
    inputs = tuple(standard.inputs[key] for key in asked)
    return Explanation(found, steps, inputs, writer.conclusion(found, inputs, steps), language)


class _Writer:
    def __init__(self, standard: Standard, run: Evaluator, language: str) -> None:
        self.standard = standard
        self.run = run
        self.words = Words(standard, language)
        self.language = language

    def steps(self) -> Iterator[Step]:
        for score in self.standard.scores:
            yield self.part(score)
        if self.standard.rule is not None:
            yield self.condition(self.standard.rule)
        for item in self.standard.classes:
            if item.when is not None:
                yield self.condition(item.when, item.about)
        for amount in self.standard.amounts:
            yield self.amount(amount)

    # Conditions

    def condition(self, node: Condition, about: About | None = None) -> Step:
        if isinstance(node, TestOf):
            return self.test(node, about)
        holds = self.run.condition(node)
        about = about or node.about
        inner = tuple(self.condition(item) for item in self._spoken_of(node))
        return self._step(
            "condition", _state(holds), about.name(self.language) or self._joint(node), about, direct=node.direct,
            negates=node.op == "not", inner=inner,
        )  # fmt: skip

    def _spoken_of(self, node: Tree) -> tuple[Condition, ...]:
        """The items worth telling: of several branches that each hold for one option, only those of the firm's option."""
        if node.op != "any":
            return node.items
        kept = tuple(item for item in node.items if not self._of_another_option(item))
        return kept or node.items

    def _of_another_option(self, item: Condition) -> bool:
        return (
            isinstance(item, Tree)
            and item.op == "all"
            and any(
                isinstance(leaf, TestOf) and isinstance(leaf.test, Among) and not self.run.test(leaf.test).can
                for leaf in item.items
            )
        )

    def _joint(self, node: Tree) -> str:
        pick = self.words.pick
        match node.op:
            case "all":
                return pick("以下各项都要符合", "all of these")
            case "any":
                return pick("以下各项符合其一", "any of these")
            case "not":
                return pick("不得有下列情形", "none of this")
        return pick(f"以下各项至少符合{node.count}项", f"at least {node.count} of these")

    def test(self, node: TestOf, about: About | None = None) -> Step:
        holds, words = self.run.test(node.test), self.words
        about = about or node.about
        wanted, actual = words.wanted(node.test), ""
        inner: tuple[Step, ...] = ()
        match node.test:
            case Compare(_, left, right):
                title = about.name(self.language) or words.number(left)
                limit = right.value if isinstance(right, Number) else None
                actual = self._actual(left, right, limit)
                inner = tuple(self._figures(node.test))
            case Among(key):
                title = about.name(self.language) or words.name(key)
                possible = self.run.choice(key)
                actual = possible[0] if len(possible) == 1 else words.pick("未提供", "not given")
            case Name(key):
                title = about.name(self.language) or words.name(key)
                value = self.run.facts.get(key)
                given = words.pick("是", "yes") if value is True else words.pick("否", "no")
                actual, wanted = given if isinstance(value, bool) else words.pick("未提供", "not given"), ""
        return self._step(
            "test",
            _state(holds),
            title,
            about,
            wanted=wanted and self._must(wanted),
            actual=actual,
            inner=inner,
        )

    def _must(self, wanted: str) -> str:
        return self.words.pick(f"应{wanted}", f"must be {wanted}")

    def _actual(self, left: Expression, beside: Expression, limit: Fraction | None) -> str:
        span = self.run.number(left)
        root = self.run.root(left)
        if root != 1:
            return self._growth(span, root)
        if isinstance(left, Name) and self._missing(left.key):
            return self.words.pick("未提供", "not given")
        return self.words.measured(span, self.words.unit(left, beside), limit)

    def _growth(self, quotient: Span, root: int) -> str:
        if quotient.void is not Void.NO or quotient.low != quotient.high:
            return self.words.pick("尚不能计算", "cannot be reckoned yet")
        rate = float(quotient.low) ** (1 / root) - 1 if quotient.low > 0 else -1.0
        return self.words.pick(f"约{rate:.2%}", f"about {rate:.2%}")

    def _figures(self, test: Compare) -> Iterator[Step]:
        """The named figures a comparison rests on, with how they are reckoned."""
        for key in dict.fromkeys(names(test)):
            figure_ = next((item for item in self.standard.figures if item.key == key), None)
            if isinstance(figure_, Value):
                yield self.value(figure_)

    def value(self, item: Value) -> Step:
        """A named figure with its formula and the facts put in."""
        way = next(
            (way for way in item.ways if way.when is None or self.run.condition(way.when).can), item.ways[0]
        )
        put_in = self.words.pick(",", ", ").join(
            f"{self.words.name(key)} {self._given(key)}"
            for key in dict.fromkeys(names(way.formula))
            if key != "as_of"
        )
        span = self.run.value(item)
        unit = self.words.unit(Name(item.key))
        actual = self._growth(span, item.root) if item.root != 1 else self.words.measured(span, unit)
        return self._step(
            "value", "figure", item.about.name(self.language), item.about,
            actual=f"{self.words.number(way.formula)} = {actual}", wanted=put_in,
        )  # fmt: skip

    def _missing(self, key: str) -> bool:
        """Whether a name is a fact that was not given; a figure that can be reckoned is none."""
        reckoned = any(figure_.key == key for figure_ in self.standard.figures)
        return key in self.standard.inputs and key not in self.run.facts and not reckoned

    def _given(self, key: str) -> str:
        if self._missing(key):
            return self.words.pick("未提供", "not given")
        value = self.run.facts.get(key)
        if isinstance(value, dt.date):
            return self.words.day(value)
        return self.words.measured(self.run.named(key), self.words.unit(Name(key)))

    # Points

    def part(self, part: Part) -> Step:
        span = self.run.part(part)
        body, words = part.body, self.words
        inner: tuple[Step, ...] = ()
        actual = ""
        if isinstance(body, Group | BestOf):
            inner = tuple(self.part(item) for item in (body.parts if isinstance(body, Group) else body.list))
        elif isinstance(body, Bands):
            actual = f"{words.number(body.of)} {self._banded(body)}"
        elif isinstance(body, Cases):
            actual = self._case(body)
        elif isinstance(body, Ratio | Percentile):
            actual = self._share(part, body)
        elif isinstance(body, Formula):
            actual = words.number(body.formula)
        elif isinstance(body, Judged):
            actual = words.pick("专家评分", "experts' points")
        actual += self._unused(part, span, bool(actual))
        return self._step(
            "part", "open" if span.low != span.high else "figure", part.about.name(self.language), part.about,
            actual=actual,
            points=self._points(span, part),
            inner=inner,
        )  # fmt: skip

    def _unused(self, part: Part, span: Span, follows: bool) -> str:
        """A word on experts' points that lie outside of what the band allows and were not counted."""
        given = self.run.facts.get(part.judged)
        if not isinstance(given, Fraction) or span.low == span.high:
            return ""
        got = figure(given, "分", self.language)
        text = self.words.pick(
            f"专家评分{got}不在本档范围内,没有采用", f"experts' {got} lie outside of the band, not counted"
        )
        return f"{self.words.pick(',', ', ')}{text}" if follows else text

    def _points(self, span: Span, part: Part) -> str:
        got = self.words.span(span, "分")
        highest = part.highest
        if highest is None and isinstance(part.body, Ratio | Percentile):
            weight = self.run.weight(part.body.weight)
            highest = weight.high if weight.low == weight.high else None
        most = "" if not highest else figure(highest, "分", self.language)
        zh = f"得{got}" + (f"(满分{most})" if most else "")
        return self.words.pick(zh, got + (f" of {most}" if most else ""))

    def _share(self, part: Part, body: Ratio | Percentile) -> str:
        """The figure against its full-mark value or among its peers, and the choice the full points hang on."""
        words = self.words
        span = self.run.number(body.of)
        text = f"{words.number(body.of)} {words.measured(span, words.unit(body.of))}"
        if isinstance(body, Ratio):
            full = words.number(Number(body.full, PURE, body.full_written))
            text += words.pick(f",满分值{full}", f", full marks from {full}")
        else:
            place = self.run.places.get(part.key)
            among = "" if place is None else figure(place, "%", self.language)
            text += words.pick(
                f",同类中位次{among or '未知'}", f", place among its peers {among or 'not known'}"
            )
        if body.weight.by:
            possible = self.run.choice(body.weight.by)
            name = possible[0] if len(possible) == 1 else words.pick("未定", "not known")
            text += (
                f",{words.name(body.weight.by)}{name}"
                if self.language == "zh"
                else f", {words.name(body.weight.by)} {name}"
            )
        return text

    def _banded(self, body: Bands) -> str:
        if body.root != 1:
            return self._growth(self.run.number(body.of), body.root)
        edges = [edge for band in body.list for edge in (band.lower, band.upper) if edge is not None]
        span = self.run.number(body.of)
        near = min(edges, key=lambda edge: abs(edge - span.low)) if edges else None
        unit = self.words.unit(body.of) or self._edge_unit(body)
        return self.words.measured(span, unit, near)

    @staticmethod
    def _edge_unit(body: Bands) -> str:
        written = next((band.written for band in body.list if band.written), "")
        return written.split(" ")[-1].lstrip("-0123456789.")

    def _case(self, body: Cases) -> str:
        for case in body.list:
            if case.when is None:
                return ""
            if self.run.condition(case.when).must:
                named = case.about.name(self.language)
                return named or (self.words.test(case.when.test) if isinstance(case.when, TestOf) else "")
        return ""

    # Money

    def amount(self, item: Amount) -> Step:
        span = self.run.amount(item)
        inner = (self._once(item.when),) if item.when is not None else ()
        return self._step(
            "amount", "open" if span.low != span.high else "figure", item.about.name(self.language), item.about,
            actual=f"{self.words.number(item.formula)} = {self.words.money(span, item)}", inner=inner,
        )  # fmt: skip

    def _once(self, node: Condition) -> Step:
        """The condition of an amount: whole where it stands alone, in one line where it repeats the rule."""
        step = self.condition(node)
        if self.standard.rule is not None:
            step.inner = ()
        return step

    def _step(self, kind: str, state: State, title: str, about: About, **more: object) -> Step:
        return Step(
            kind,
            state,
            title,
            clause=about.clause,
            mark=about.mark,
            note=about.note,
            language=self.language,
            **more,  # type: ignore[arg-type]
        )

    # The whole

    def conclusion(self, found: Assessment, asked: tuple[Input, ...], steps: tuple[Step, ...]) -> str:
        """The outcome in one sentence, with the document, what stands against it and what is missing."""
        standard, pick = self.standard, self.words.pick
        name = standard.about.name(self.language)
        number = standard.document.number or standard.document.title
        if found.outcome is Outcome.NOT_IN_FORCE:
            return pick(
                f"{name}:{self.words.day(found.as_of)}不适用本版({number})。",
                f"{name}: this version ({number}) does not apply on {found.as_of}.",
            )
        verdict = self._verdict(found)
        source = pick(f"({number})", f" ({number})") if number else ""
        text = pick(f"{name}:{verdict}{source}。", f"{name}: {verdict}{source}.")
        if found.outcome is Outcome.FAIL and standard.rule is not None:
            reasons = self._listed([step.reason for step in against(steps)], "；", "; ")
            text += pick(f"原因:{reasons}。", f" Against it: {reasons}.")
        if asked:
            listed = self._listed([item.about.name(self.language) for item in asked], "、", ", ")
            text += pick(f"还缺:{listed}。", f" Missing: {listed}.")
        return text

    def _listed(self, items: list[str], zh: str, en: str) -> str:
        """A list in a sentence, the first few and how many there are."""
        shown = self.words.pick(zh, en).join(items[:MOST_LISTED])
        if len(items) <= MOST_LISTED:
            return shown
        return shown + self.words.pick(f"等{len(items)}项", f" and {len(items) - MOST_LISTED} more")

    def _verdict(self, found: Assessment) -> str:
        pick = self.words.pick
        if self.standard.classes:
            named = {item.key: item.about.name(self.language) for item in self.standard.classes}
            possible = [
                named.get(key, pick("不属于任何一类", "none of the classes")) for key in found.classes
            ]
            if len(possible) == 1:
                return possible[0]
            return pick(
                f"尚不能判断,可能为{'、'.join(possible)}", f"not known yet, may be {', '.join(possible)}"
            )
        if self.standard.rule is not None:
            english = {"pass": "met", "fail": "not met", "unknown": "not known yet"}
            return pick(found.outcome.label, english[found.outcome.value])
        figures = [
            *(f"{self.words.name(key)} {self.words.span(span, '分')}" for key, span in found.scores.items()),
            *(f"{self.words.name(item.key)} {self.words.money(found.amounts[item.key], item)}" for item in self.standard.amounts),
        ]  # fmt: skip
        return pick(",", ", ").join(figures)


def _state(holds: Truth) -> State:
    if not holds.known:
        return "open"
    return "met" if holds.must else "not_met"
