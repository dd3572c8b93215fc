"""From a board to proofs: each figure is reckoned again from its inputs alone before it is given a proof.

A figure that does not come out the same from what would be stored gets no proof, and so no code. The fewest facts that
give it are stored: the figure's own and its bases; the whole series where those do not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from luming.errors import LumingError
from luming.facts import Fact
from luming.monitor import Assessment, Board, Forecast, Known, Light, Override, Ranking
from luming.pack import Commitment, Measure, Pack, Source
from luming.proof.count import ALL, count_result
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Proof, Result
from luming.proof.outlook import forecast_results
from luming.proof.owed import ALL as ALL_OWED
from luming.proof.owed import EARLY, LATE, asked_of, missing_results, owed_result, owed_words
from luming.proof.rank import rank_results
from luming.proof.reckon import results
from luming.proof.standing import judged, standing_results
from luming.report import all_missing, document_name


def prove(board: Board, facts: Iterable[Fact], overrides: Sequence[Override] = ()) -> tuple[Proof, ...]:
    """The proofs of a board's figures, in the order of the document; without codes yet.

    Counts are not among them: `counts` makes those, once the proofs have their digests.

    Args:
        facts: the facts that the board was computed from.
        overrides: the lights set by hand that it was computed with.
    """
    maker = _Maker(board, tuple(facts), tuple(overrides))
    found = [proof for item in board.assessments for proof in maker.of_target(item)]
    found += maker.of_gaps()
    found += [proof for ranking in board.rankings for proof in maker.of_ranking(ranking)]
    return tuple(found)


def counts(board: Board, lights: Sequence[Proof]) -> tuple[Proof, ...]:
    """The proofs of the counts of lights; none unless every target's light is proved.

    Args:
        lights: the proofs of the lights, with their digests, one a target in the order of the document.
    """
    if not lights or len(lights) != len(board.assessments):
        return ()
    maker = _Maker(board, (), ())
    told = [(proof.group, proof.result.value) for proof in lights]
    parts = tuple(proof.sha256 for proof in lights)
    made = []
    for asked, group in ((ALL, "纳入监测的目标"), *((light.value, light.label) for light in Light)):
        inputs = replace(maker.common(), asked=asked, parts=parts)
        made.append(
            Proof(
                Kind.COUNT,
                asked,
                f"{group}项数",
                document_name(board.pack.document),
                "",
                inputs,
                count_result(asked, told),
            )
        )
    return tuple(made)


def owed(board: Board, gaps: Sequence[Proof]) -> tuple[Proof, ...]:
    """The proofs of the counts of missing figures; none unless each missing figure is proved.

    Args:
        gaps: the proofs of the missing figures, with their digests.
    """
    if not gaps or len(gaps) != len(all_missing(board)):
        return ()
    day = board.as_of.isoformat()
    told = [(proof.group, proof.result.value, _owner(proof)) for proof in gaps]
    units = dict.fromkeys(owner for _, due, owner in told if owner and due < day)
    common = replace(_Maker(board, (), ()).common(), parts=tuple(proof.sha256 for proof in gaps))
    named = document_name(board.pack.document)
    return tuple(
        Proof(
            Kind.OWED,
            asked,
            owed_words(asked),
            named,
            "",
            replace(common, asked=asked),
            owed_result(asked, told, day),
        )
        for asked in (ALL_OWED, LATE, EARLY, *map(asked_of, units))
    )


def _owner(proof: Proof) -> str:
    return proof.inputs.indicator.owner if proof.inputs.indicator is not None else ""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the proofs of one board."""

    board: Board
    facts: tuple[Fact, ...]
    overrides: tuple[Override, ...]

    @property
    def pack(self) -> Pack:
        return self.board.pack

    def common(self) -> Inputs:
        """What every figure of the board rests on."""
        sources = self._sources((self.pack.document.source, self.board.rule.source))
        return Inputs(self.board.as_of, self.pack.document, self.board.rule, sources=sources)

    def _sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        wanted = frozenset(ids)
        return tuple(source for source in self.pack.sources if source.id in wanted)

    def _with_facts(self, inputs: Inputs, facts: Sequence[Fact]) -> Inputs:
        ids = {self.pack.document.source, self.board.rule.source, *(fact.source for fact in facts)}
        return replace(inputs, facts=tuple(facts), sources=self._sources(ids))

    def of_target(self, item: Assessment) -> Iterator[Proof]:
        """The figures of one target."""
        inputs = self._inputs(item.target)
        subject, label = item.target.id, item.target.label
        series = Known(self.facts, self.board.as_of).series(self.pack.document.place, item.target.indicator)
        whole = self._with_facts(inputs, series)
        few = self._with_facts(inputs, _used(whole, series))
        wanted = standing_results(item, inputs)
        for kind, (result, enough) in _proved(wanted, Kind.LIGHT, (few, whole)).items():
            yield self._proof(kind, subject, label, item, enough, result)
        if isinstance(item.forecast, Forecast):
            forecast = forecast_results(item.forecast)
            for kind, (result, enough) in _proved(forecast, Kind.FORECAST, (whole,)).items():
                yield self._proof(kind, subject, label, item, enough, result)

    def _inputs(self, target: Commitment) -> Inputs:
        override = [
            held
            for held in self.overrides
            if held.target == target.id and held.from_day <= self.board.as_of <= held.until
        ]
        return replace(
            self.common(),
            target=target,
            indicator=self.pack.indicator(target.indicator),
            curve=next((curve for curve in self.pack.curves if curve.target == target.id), None),
            measure=_sentence(self.pack, target),
            override=max(override, key=lambda held: (held.from_day, held.until, held.by, held.reason))
            if override
            else None,
        )

    def of_gaps(self) -> Iterator[Proof]:
        """The missing figures of the board, each once."""
        for gap in all_missing(self.board):
            item = next(
                (
                    item
                    for item in self.board.assessments
                    if any((one.indicator, one.period) == (gap.indicator, gap.period) for one in item.missing)
                ),
                None,
            )
            if item is None:
                continue
            series = Known(self.facts, self.board.as_of).series(self.pack.document.place, gap.indicator)
            inputs = self._with_facts(replace(self._inputs(item.target), override=None), series)
            asked = replace(inputs, asked=gap.period.text)
            wanted = missing_results(asked).get(Kind.MISSING)
            if wanted is None or wanted.value != gap.due_on.isoformat():
                continue
            subject, label = f"{gap.indicator} {gap.period.text}", f"{gap.label}{gap.period.label()}"
            yield self._proof(Kind.MISSING, subject, label, item, asked, wanted)

    def of_ranking(self, ranking: Ranking) -> Iterator[Proof]:
        """The figures of the districts of one ranking."""
        targets = [item for item in self.board.assessments if item.target.indicator == ranking.indicator]
        listed = {district.name for district in self.pack.districts}
        facts = [
            fact
            for fact in self.facts
            if fact.indicator == ranking.indicator
            and fact.subject in listed
            and fact.recorded_on <= self.board.as_of
        ]
        for item in targets:
            inputs = self._with_facts(
                replace(self._inputs(item.target), districts=self.pack.districts, override=None), facts
            )
            for row in ranking.rows:
                wanted = rank_results(ranking, row.district)
                asked = replace(inputs, asked=row.district)
                for kind, (result, enough) in _proved(wanted, Kind.SCORE, (asked,)).items():
                    subject, label = f"{item.target.id} {row.district}", f"{row.district}{item.target.label}"
                    yield self._proof(kind, subject, label, item, enough, result)

    def _proof(
        self, kind: Kind, subject: str, group: str, item: Assessment, inputs: Inputs, result: Result
    ) -> Proof:
        named = document_name(self.pack.document)
        clause = named + item.clause.label().removeprefix(item.clause.document)
        return Proof(kind, subject, group, clause, item.clause.quote, inputs, result)


def _sentence(pack: Pack, target: Commitment) -> Measure | None:
    """The measure with the one sentence of the target, and without what carries the sentence out."""
    if not target.clause:
        return None
    measure, sentence = pack.sentence(target.clause)
    return measure.model_copy(update={"sentences": (sentence.model_copy(update={"bindings": ()}),)})


def _used(inputs: Inputs, series: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of the series that the judgement rests on; the parts of a base that was added up among them."""
    rested = judged(inputs).finding.facts()
    ids = {fact.id for fact in rested}
    added = [fact.period for fact in rested if fact.id not in {held.id for held in series}]
    return tuple(
        fact
        for fact in series
        if fact.id in ids
        or any(whole.start <= fact.period.start and fact.period.end <= whole.end for whole in added)
    )


def _proved(
    wanted: dict[Kind, Result], family: Kind, tries: Sequence[Inputs]
) -> dict[Kind, tuple[Result, Inputs]]:
    """Each figure with the first inputs that give it; without those that none of them gives."""
    found: dict[Kind, tuple[Result, Inputs]] = {}
    for inputs in tries:
        if len(found) == len(wanted):
            break
        try:
            again = results(family, inputs)
        except (LumingError, ValueError, ArithmeticError):
            continue
        for kind, result in wanted.items():
            if again.get(kind) == result:
                found.setdefault(kind, (result, inputs))
    return {kind: found[kind] for kind in wanted if kind in found}
