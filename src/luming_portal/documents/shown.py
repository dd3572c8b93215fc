"""The desk as a page shows it: measures with rows, each sentence in pieces, with what is proposed and what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from luming.desk import (
    BindingSuggestion,
    Decomposition,
    LooseNumber,
    OpenPoint,
    Proposal,
    Suggestion,
    like_indicators,
    like_mechanisms,
    loose_numbers,
    said,
)
from luming.facts import Indicator
from luming.pack import Binding, CommitmentKind, Curve, Duty, Measure, NumberRemark, Pack, Sentence
from luming.punctuation import full_width
from luming_portal.documents.drafts import measure_token, token_of

_CUT = re.compile("[\N{FULLWIDTH COMMA},;\N{FULLWIDTH SEMICOLON}。:\N{FULLWIDTH COLON}]")
_HEAD, _TAIL = 12, 12
_ALIKE = 0.5
"""From here on two names are alike enough for a button of one click; what is less alike stands in the panel."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `kind` is "" for plain words, else what its number stands for."""

    text: str
    kind: str = ""
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a sentence may be divided, with the words around it."""

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal with what a target has beside its number."""

    item: Proposal
    indicator: Indicator | None
    curve: Curve | None
    suggestions: Sequence[Suggestion]

    @property
    def said(self) -> str:
        """In a few words."""
        return said(self.item.commitment)

    @property
    def is_target(self) -> bool:
        """Whether it is measured and needs an indicator."""
        return self.item.stands and self.item.commitment.kind is CommitmentKind.TARGET


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with all that stands on it."""

    anchor: str
    start: int
    token: str
    sentence: Sentence
    pieces: Sequence[Piece]
    proposals: Sequence[ShownProposal]
    remarks: Sequence[NumberRemark]
    loose: Sequence[LooseNumber]
    bindings: Sequence[Binding]
    suggestions: Sequence[BindingSuggestion]
    points: Sequence[OpenPoint]
    can_merge: bool

    @property
    def is_open(self) -> bool:
        """Whether something about it blocks the publication."""
        return any(point.blocks for point in self.points)

    @property
    def undecided(self) -> Proposal | None:
        """The first proposal that waits for a decision."""
        return next((one.item for one in self.proposals if not one.item.is_decided), None)


@dataclass(frozen=True, slots=True)
class MeasureRows:
    """A measure with its rows."""

    measure: Measure
    rows: Sequence[Row]
    duty: Duty | None
    token: str

    @property
    def heading(self) -> str:
        """Number and title, as a reader looks for them."""
        return heading_of(self.measure)

    @property
    def open_rows(self) -> int:
        """How many of its sentences are not done."""
        return sum(row.is_open for row in self.rows)

    @property
    def undecided(self) -> int:
        """How many of its proposals wait for a decision."""
        return sum(not one.item.is_decided for row in self.rows for one in row.proposals)

    @property
    def unlinked(self) -> int:
        """How many of its targets have no indicator."""
        return sum(one.is_target and one.indicator is None for row in self.rows for one in row.proposals)

    @property
    def unbound(self) -> int:
        """How many of its sentences nothing carries out yet."""
        return sum(not row.bindings for row in self.rows)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an officer had sent when a colleague was faster: names and values of the form, to be sent again."""

    sentence: str
    sent: Mapping[str, str] = field(default_factory=dict)


def measure_rows(
    desk: Decomposition, measure: Measure, points: Mapping[str, Sequence[OpenPoint]]
) -> MeasureRows:
    """A measure as the page shows it; `points` by anchor."""
    rows = [row_of(desk, measure, sentence, points) for sentence in measure.sentences]
    return MeasureRows(measure, rows, desk.duty_of(measure.id), measure_token(desk, measure.id))


def row_of(
    desk: Decomposition, measure: Measure, sentence: Sentence, points: Mapping[str, Sequence[OpenPoint]]
) -> Row:
    """A sentence as the page shows it."""
    remarks = [one for one in desk.remarks if sentence.start <= one.start < sentence.end]
    loose = loose_numbers(desk, sentence)
    proposals = desk.proposals_of(sentence.id)
    return Row(
        anchor=sentence.id,
        start=sentence.start,
        token=token_of(desk, sentence.id),
        sentence=sentence,
        pieces=pieces_of(desk.text, sentence, proposals, remarks, loose),
        proposals=[_shown(desk, item) for item in proposals],
        remarks=remarks,
        loose=loose,
        bindings=sentence.bindings,
        suggestions=() if sentence.bindings else like_mechanisms(sentence.quote),
        points=points.get(sentence.id, ()),
        can_merge=sentence.id != measure.sentences[-1].id,
    )


def pieces_of(
    text: str,
    sentence: Sentence,
    proposals: Sequence[Proposal],
    remarks: Sequence[NumberRemark],
    loose: Sequence[LooseNumber],
) -> list[Piece]:
    """The words of a sentence with its numbers set apart; together they are the sentence, character for character."""
    spans: list[tuple[int, int, Piece]] = []
    for item in proposals:
        title = f"{item.state.label}:{said(item.commitment)}"
        for part in (item.commitment, item.commitment.growth):
            if part is not None and part.start >= 0:
                piece = Piece(part.quote, item.state.value, title, item.id if part is item.commitment else "")
                spans.append((part.start, part.end, piece))
    spans += [(one.start, one.end, Piece(one.quote, "remark", f"说明:{one.reason}")) for one in remarks]
    spans += [(one.start, one.end, Piece(one.quote, "loose", "还没有着落的数字")) for one in loose]
    pieces: list[Piece] = []
    at = sentence.start
    for start, end, piece in sorted(spans, key=lambda span: span[:2]):
        if start < at or end > sentence.end:
            continue
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(piece)
        at = end
    if at < sentence.end:
        pieces.append(Piece(text[at : sentence.end]))
    return pieces


def heading_of(measure: Measure) -> str:
    """Number and title of a measure, as a reader looks for them."""
    number = f"第{measure.number}条" if measure.number.isdigit() else measure.number
    return full_width(f"{number} {measure.title}".strip())


def cuts_of(sentence: Sentence) -> list[Cut]:
    """Where a sentence may be divided: behind each mark inside it."""
    quote = sentence.quote
    return [
        Cut(
            sentence.start + match.end(),
            quote[max(match.end() - _TAIL, 0) : match.end()],
            quote[match.end() : match.end() + _HEAD],
        )
        for match in _CUT.finditer(quote[:-1])
    ]


def _shown(desk: Decomposition, item: Proposal) -> ShownProposal:
    commitment = item.commitment
    indicator = next((one for one in desk.indicators if one.id == commitment.indicator), None)
    wants = item.stands and commitment.kind is CommitmentKind.TARGET and indicator is None
    return ShownProposal(
        item=item,
        indicator=indicator,
        curve=next((one for one in desk.curves if one.target == item.id), None),
        suggestions=[one for one in like_indicators(desk, item.id, 2) if one.likeness >= _ALIKE]
        if wants
        else (),
    )


def old_said(last_year: Pack | None, id: str) -> str:
    """What last year's commitment of that id says; "" where there is none."""
    if last_year is None or not id:
        return ""
    return next((said(one) for one in last_year.commitments if one.id == id), "")
