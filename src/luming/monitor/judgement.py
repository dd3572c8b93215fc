"""One target on one day: which figure, how much of the target, what was due, which light, and why.

    facts known → present figure → completion ┐
    target + indicator → planned curve → share due ┴→ lag → light with its reason

The board and the replay of past days both judge through `Judge.judge`, so that they cannot differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from luming.errors import Fault, PackFaults, UnitMismatch
from luming.facts import Fact
from luming.monitor.case import Case, Finding, share_asked, stale_since
from luming.monitor.completion import (
    Completion,
    Present,
    base_stock,
    completion_of,
    increment_is_judged,
    known_to,
    lasts,
    present_figure,
)
from luming.monitor.curve import default_curve, share_due
from luming.monitor.exact import to_decimal
from luming.monitor.growth import GrowthFinding, growth_of
from luming.monitor.known import Known
from luming.monitor.light import rule_words
from luming.monitor.model import LightRecord, Standing
from luming.monitor.requirement import Requirement, requirement_of
from luming.monitor.target_level import TargetLevel, level_of
from luming.monitor.verdict import last_before, nothing_known, verdict
from luming.monitor.window import Window, step_of, window_of
from luming.pack import Commitment, Curve, Pack


@dataclass(frozen=True, slots=True)
class Judgement:
    """The finding on one target, before history, forecast and what is missing are set beside it."""

    standing: Standing
    light: LightRecord
    stale_since: dt.date | None
    case: Case
    finding: Finding

    @property
    def curve(self) -> Curve:
        """The planned curve that it was held against."""
        return self.case.curve

    @property
    def window(self) -> Window:
        """The stretch of time that it was judged over."""
        return self.case.window

    @property
    def series(self) -> tuple[Fact, ...]:
        """The indicator's figures as known on the day."""
        return self.case.series

    @property
    def present(self) -> Present:
        """The figure that it was judged by."""
        return self.finding.present

    @property
    def requirement(self) -> Requirement | None:
        """The level demanded; None where it is not known."""
        return self.finding.wanted

    @property
    def growth(self) -> GrowthFinding:
        """The growth found."""
        return self.finding.growth

    @property
    def level(self) -> TargetLevel:
        """The level demanded, with how it was reckoned."""
        return self.finding.level


class Judge:
    """Judges the targets of one pack; holds only what does not depend on the day.

    Raises:
        PackFaults: targets of a draft have no indicator in the dictionary yet.
    """

    def __init__(self, pack: Pack) -> None:
        self.subject = pack.document.place
        self.year = pack.document.year
        self.rule = pack.light_rule
        publishers = {item.id: item.publisher for item in pack.sources}
        self.rule_words = rule_words(self.rule, publishers.get(self.rule.source, ""), self.subject)
        self.indicators = {item.id: item for item in pack.indicators}
        strangers = [target for target in pack.targets() if target.indicator not in self.indicators]
        if strangers:
            raise PackFaults([_no_indicator(target) for target in strangers], consequence="未作评估。")
        self._curves = {item.target: item for item in pack.curves}

    def judge(self, target: Commitment, known: Known) -> Judgement:
        """The finding on the day that `known` speaks of."""
        case = self._case(target, known)
        finding = _found(case)
        due, stale = share_asked(case, finding), stale_since(case, finding)
        light, why = verdict(case, finding, due, stale)
        inputs = tuple(dict.fromkeys(fact.id for fact in finding.facts()))
        reason = f"{why}。{self.rule_words}。"
        return Judgement(
            standing=_standing(case, finding, due),
            light=LightRecord(target.id, known.as_of, light, reason, self.rule_words, inputs),
            stale_since=stale,
            case=case,
            finding=finding,
        )

    def _case(self, target: Commitment, known: Known) -> Case:
        indicator = self.indicators[target.indicator]
        series = known.series(self.subject, indicator.id)
        window = window_of(target, self.year, indicator.kind)
        base = base_stock(series, window)
        curve = self._curves.get(target.id) or default_curve(target, indicator, base is not None)
        return Case(target, indicator, series, window, curve, base, self.rule, known.as_of)


def _found(case: Case) -> Finding:
    """What can be said about the target; where a unit does not fit, that it cannot."""
    try:
        present = _present(case)
        return _measured(case, present)
    except UnitMismatch as problem:
        level = TargetLevel(None, case.target.unit, None, "")
        return Finding(Present(None), level, _unknown(f"数据计量单位不符:{problem}"))


def _present(case: Case) -> Present:
    indicator = case.indicator
    step = step_of(indicator.frequency)
    return present_figure(case.series, indicator.kind, case.window, case.as_of, step)


def _measured(case: Case, present: Present) -> Finding:
    kind, fact = case.indicator.kind, present.fact
    level = level_of(case.target, case.indicator, case.series, case.window)
    if level.value is None:
        return Finding(present, level, _unknown(level.words))
    wanted = replace(requirement_of(case.target, case.indicator, level.value), unit=level.unit)
    if fact is None:
        return Finding(present, level, _unknown(nothing_known(case, present)), wanted)
    by_increment = increment_is_judged(case.indicator, case.curve.kind, wanted, case.base)
    last_day = known_to(fact)
    allowed, closed = share_due(case.curve, case.window, last_day), last_day >= case.window.deadline
    found = completion_of(fact, wanted, kind, allowed, case.base if by_increment else None, closed=closed)
    return Finding(present, level, found, wanted, growth_of(fact, case.series, kind, level.growth_beside))


def _unknown(why: str) -> Completion:
    return Completion(None, None, None, "", why)


def _standing(case: Case, finding: Finding, due: Fraction | None) -> Standing:
    found, growth, fact = finding.completion, finding.growth, finding.present.fact
    behind = (found.share - due) * 100 if found.share is not None and due is not None else None
    return Standing(
        latest=fact,
        completion=_shown(found.share),
        scheduled=_shown(due),
        deviation_points=_shown(behind),
        gap=_shown(found.gap),
        growth=_shown(growth.value),
        growth_met=growth.met,
        formula="。".join(part for part in (found.formula, growth.words) if part),
        earlier=last_before(case) if fact is None else None,
        reached=_reached(finding),
        lasting=_lasting(case, finding),
        reverse=finding.wanted is not None and finding.wanted.reverse,
        gap_unit=_gap_unit(finding.wanted),
    )


def _gap_unit(wanted: Requirement | None) -> str:
    if wanted is None:
        return ""
    return "个百分点" if wanted.unit == "%" else wanted.unit


def _reached(finding: Finding) -> bool | None:
    """Level and growth together: one that fails decides, one that is not known leaves the answer open."""
    level, growth = finding.completion.reached, finding.growth.met
    if finding.level.growth_beside is None or level is not True:
        return level
    return growth


def _lasting(case: Case, finding: Finding) -> bool:
    wanted = finding.wanted
    return wanted is not None and finding.level.growth_beside is None and lasts(case.indicator.kind, wanted)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else to_decimal(value)


def _no_indicator(target: Commitment) -> Fault:
    return Fault(
        code="monitor.no_indicator",
        where=f"commitments.yaml 目标“{target.id}”({target.label})",
        found=f"指标“{target.indicator}”" if target.indicator else "没有指标",
        expected="indicators.yaml 里已有的指标编号",
        remedy="请先在指标词典里补上口径、单位和种类",
    )
