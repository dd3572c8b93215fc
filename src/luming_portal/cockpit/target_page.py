"""One target in full as plain values: clause, reckoning, facts with sources, the lights so far, the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from luming.facts import Fact
from luming.mark import Mark
from luming.monitor import Assessment, Board, LightRecord, curve_words, figure, window_of
from luming.report import course, plain, sentence, standing_sentence
from luming.report.board import forecast_sentence, summary
from luming.report.chart import progress_line, svg
from luming_portal.library_words import word

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the clause: plain, or the number that makes the target."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact with its source as a reader sees it. `link` is empty for mirrors, which are never linked to."""

    id: str
    subject: str
    period: str
    value: str
    amount: Decimal
    status: str
    recorded_on: str
    publisher: str
    title: str
    date: str
    link: str
    mark: str
    note: str
    superseded: bool
    supersedes: str
    demo: bool


@dataclass(frozen=True, slots=True)
class TargetPage:
    """Everything that a reader may ask about a target."""

    item: Assessment
    clause: tuple[Piece, ...]
    measure_id: str
    measure_title: str
    anchor: str
    words: str
    entries: tuple[tuple[str, str, str], ...]
    facts: tuple[FactLine, ...]
    far: tuple[FactLine, ...]
    history: tuple[LightRecord, ...]
    picture: str
    picture_words: str
    series: tuple[FactLine, ...]


def compose_target(item: Assessment, board: Board) -> TargetPage:
    """The page of one target."""
    measure_id, measure_title = "", ""
    if item.target.clause:
        measure, _sentence = board.pack.sentence(item.target.clause)
        measure_id, measure_title = measure.id, f"{measure.number} {measure.title}".strip()
    picture, words = _picture(item, board.pack.document.year)
    facts = [fact for fact in reversed(board.facts) if fact.indicator == item.indicator.id]
    near = [fact for fact in facts if _is_near(fact, item)]
    return TargetPage(
        item=item,
        clause=_pieces(item, board),
        measure_id=measure_id,
        measure_title=measure_title,
        anchor=item.target.clause,
        words=plain(standing_sentence(item, board.rule)),
        entries=tuple(entry for entry in _entries(item, board) if entry[1]),
        facts=tuple(_fact(fact, board) for fact in near or facts),
        far=tuple(_fact(fact, board) for fact in facts if fact not in near) if near else (),
        history=tuple(reversed(item.history)),
        picture=picture,
        picture_words=words,
        series=tuple(_fact(fact, board) for fact in item.series),
    )


def _pieces(item: Assessment, board: Board) -> tuple[Piece, ...]:
    """The sentence, with the target's number and the growth asked beside it marked."""
    if not item.target.clause:
        return (Piece(item.target.quote, True),) if item.target.quote else ()
    _measure, found = board.pack.sentence(item.target.clause)
    spans = [(item.target.start, item.target.end)]
    if item.target.growth is not None and item.target.growth.start >= 0:
        spans.append((item.target.growth.start, item.target.growth.end))
    pieces, at = [], found.start
    for start, end in sorted(spans):
        if start < at:
            continue
        pieces += [Piece(board.pack.text[at:start], False), Piece(board.pack.text[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(board.pack.text[at : found.end], False)) if piece.text)


def _entries(item: Assessment, board: Board) -> list[tuple[str, str, str]]:
    """Name, words, and mark ("" for none) of what stands behind the light."""
    indicator, rule = item.indicator, board.rule
    rhythm = _("%(kind)s,按%(frequency)s报送,期后约%(days)s天有数。") % {
        "kind": word(indicator.kind.label),
        "frequency": word(indicator.frequency.label),
        "days": indicator.lag_days,
    }
    return [
        (_("指标定义"), indicator.definition, indicator.mark.value),
        (_("指标类型"), rhythm, indicator.rhythm_mark.value),
        (
            _("怎样算"),
            sentence(item.standing.formula) if item.standing.formula else _("没有当年数据,未计算。"),
            "",
        ),
        (_("评判口径"), sentence(item.target.basis) if item.target.basis else "", ""),
        (_("计划进度"), sentence(curve_words(item.curve)), item.curve.mark.value),
        (_("亮灯规则"), sentence(rule.label), rule.mark.value),
        (_("年末预测"), forecast_sentence(item.forecast), ""),
        (_("责任单位"), "、".join(item.lead), _mark_of(item.lead_mark)),
        (_("数据归口"), indicator.owner, indicator.owner_mark.value if indicator.owner else ""),
        (_("说明"), " ".join(sentence(note) for note in (item.target.note, indicator.note) if note), ""),
    ]


def _mark_of(label: str) -> str:
    return next((mark.value for mark in Mark if mark.label == label), "")


def _is_near(fact: Fact, item: Assessment) -> bool:
    """Whether a fact speaks of the target's own subject and year, or is not one of many."""
    main = item.standing.latest or item.standing.earlier or (item.series[-1] if item.series else fact)
    year = item.target.deadline.year if item.target.deadline else main.period.end.year
    return fact.subject == main.subject and fact.period.end.year >= year


def _fact(fact: Fact, board: Board) -> FactLine:
    source = next((one for one in board.pack.sources if one.id == fact.source), None)
    return FactLine(
        id=fact.id,
        subject=fact.subject,
        period=fact.period.label(),
        value=figure(fact),
        amount=fact.value,
        status=fact.status.label,
        recorded_on=fact.recorded_on.isoformat(),
        publisher=source.publisher if source else "",
        title=source.title if source else "",
        date=source.date if source else "",
        link=source.url if source and source.url and not source.mirror else "",
        mark=source.mark.value if source else "",
        note=fact.note,
        superseded=any(other.supersedes == fact.id for other in board.facts),
        supersedes=fact.supersedes,
        demo=fact.demo,
    )


def _picture(item: Assessment, year: int) -> tuple[str, str]:
    progress = course(item, window_of(item.target, year, item.indicator.kind))
    if len(progress.actual) < _FEWEST:
        return "", ""
    return svg(progress_line(progress)), summary(progress)
