"""What firms answered when asked whether they are content (satisfaction.csv): a share with its sample and interval.

One row is one answer of one respondent to one question: the document as a whole (总体) or one of its measures. Below
`LEAST_SAMPLE` answers that judge, no share is told. Answers are not weighted; who answered was not drawn by lot as far
as the table shows, so the interval speaks of chance alone, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from luming.errors import Fault
from luming.evaluation.interval import wilson
from luming.evaluation.payment import SIZES
from luming.evaluation.table_file import Column, TableRow, read_table, repeated
from luming.pack import Measure, Pack

LEAST_SAMPLE = 30
"""Fewest judging answers for which a share is told; 平台默认口径."""
WHOLE = "总体"
GRADES = ("很满意", "满意", "一般", "不满意", "很不满意")
SATISFIED = GRADES[:2]
NO_OPINION = "不了解"
COLUMNS = (
    Column("respondent", "答卷编号", "一家企业一个编号"),
    Column("question", "评价对象", "“总体”,或条的编号,如 10、m10、序言"),
    Column("answer", "评价", "、".join((*GRADES, NO_OPINION))),
    Column("district", "旗县区", "旗县区名称", optional=True),
    Column("size", "规模", "、".join(SIZES), optional=True),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `question` is the id of a measure, or `WHOLE`."""

    respondent: str
    question: str
    grade: str
    district: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How content those are who judged.

    Attributes:
        name: what was judged, or which group judged it.
        counts: answers by grade, in the order of `GRADES`.
        no_opinion: answers that do not judge; outside the sample.
        share, low, high: satisfied or very satisfied, of 1, with the ends of the 95 % interval; None below the least
            sample.
    """

    name: str
    counts: tuple[int, ...]
    no_opinion: int
    share: Fraction | None
    low: Decimal | None
    high: Decimal | None

    @property
    def sample(self) -> int:
        """Answers that judge."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """Answers that are satisfied or very satisfied."""
        return sum(self.counts[: len(SATISFIED)])


@dataclass(frozen=True, slots=True)
class Survey:
    """The whole survey: the document as a whole, its measures, and groups of respondents on the whole."""

    respondents: int
    whole: Satisfaction
    by_measure: tuple[Satisfaction, ...]
    by_size: tuple[Satisfaction, ...]
    by_district: tuple[Satisfaction, ...]


def read_survey(path: Path, pack: Pack) -> tuple[tuple[Answer, ...], list[Fault]]:
    """The answers of a table, and every fault found; with faults the answers are not to be used."""
    rows, faults = read_table(path, COLUMNS)
    questions = {WHOLE: WHOLE, **{name: one.id for one in numbered(pack) for name in names_of(one)}}
    districts = {district.name: district.name for district in pack.districts}
    answers = [_answer(row, questions, districts) for row in rows]
    faults += [fault for row in rows for fault in row.faults]
    faults += repeated(rows, ("respondent", "question"), {"question": questions})
    return tuple(answers), faults


def numbered(pack: Pack) -> tuple[Measure, ...]:
    """The preamble and the numbered measures: what a survey can ask of and a report advises on."""
    return tuple(measure for measure in pack.measures if measure.id.startswith("m"))


def names_of(measure: Measure) -> tuple[str, ...]:
    """How a table may name a measure: its id, its number, 第N条; the preamble is 序言."""
    if measure.id == "m00":
        return ("m00", "序言")
    return (measure.id, measure.number, f"第{measure.number}条") if measure.number else (measure.id,)


def survey_of(pack: Pack, answers: Iterable[Answer]) -> Survey:
    """The shares of a survey; the order of the answers plays no part."""
    held = tuple(answers)
    whole = [one for one in held if one.question == WHOLE]
    asked = {one.question for one in held}
    by_measure = tuple(
        satisfaction(measure.id, [one for one in held if one.question == measure.id])
        for measure in numbered(pack)
        if measure.id in asked
    )
    districts = [district.name for district in pack.districts]
    return Survey(
        respondents=len({one.respondent for one in held}),
        whole=satisfaction(WHOLE, whole),
        by_measure=by_measure,
        by_size=_split(whole, "size", SIZES),
        by_district=_split(whole, "district", districts),
    )


def satisfaction(name: str, answers: Sequence[Answer]) -> Satisfaction:
    """The share of the content among those who judged, or none where too few did."""
    counts = tuple(sum(one.grade == grade for one in answers) for grade in GRADES)
    silent = sum(one.grade == NO_OPINION for one in answers)
    size, hits = sum(counts), sum(counts[: len(SATISFIED)])
    if size < LEAST_SAMPLE:
        return Satisfaction(name, counts, silent, None, None, None)
    return Satisfaction(name, counts, silent, Fraction(hits, size), *wilson(hits, size))


def _split(answers: Sequence[Answer], key: str, order: Sequence[str]) -> tuple[Satisfaction, ...]:
    groups: dict[str, list[Answer]] = {}
    for one in answers:
        groups.setdefault(getattr(one, key), []).append(one)
    groups.pop("", None)
    names = [*order, *sorted(set(groups) - set(order))]
    return tuple(satisfaction(name, groups[name]) for name in names if name in groups)


def _answer(row: TableRow, questions: dict[str, str], districts: dict[str, str]) -> Answer:
    return Answer(
        row.needed("respondent"),
        row.one_of("question", questions),
        row.one_of("answer", {name: name for name in (*GRADES, NO_OPINION)}),
        row.one_of("district", districts, empty=True) if districts else row.text("district"),
        row.one_of("size", {name: name for name in SIZES}, empty=True),
    )
