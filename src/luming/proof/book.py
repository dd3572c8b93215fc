"""The proofs of one folder of papers: made from its boards, found by code, and by the key that papers know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from luming.facts import Fact
from luming.monitor import Board, Override
from luming.proof.canonical import Plain
from luming.proof.code import written
from luming.proof.explanation import sign_words
from luming.proof.kind import COUNTS, Kind
from luming.proof.model import Proof
from luming.proof.prove import counts, owed, prove
from luming.proof.seal import Sealer, coded
from luming.report import Coded, Codes


@dataclass(frozen=True)
class Book:
    """Proofs with their codes.

    Attributes:
        made_from: digests of pack, facts and code, by name.
        demo: the figures are invented.
    """

    made_from: Mapping[str, Plain]
    proofs: tuple[Proof, ...]
    demo: bool = False

    @cached_property
    def by_code(self) -> Mapping[str, Proof]:
        """Every proof by its code."""
        return {proof.code: proof for proof in self.proofs}

    @cached_property
    def by_sha256(self) -> Mapping[str, Proof]:
        """Every proof by its digest."""
        return {proof.sha256: proof for proof in self.proofs}

    def of_day(self, as_of: dt.date) -> Mapping[str, Proof]:
        """The proofs of one board by the key that its papers know."""
        return {proof.key: proof for proof in self.proofs if proof.inputs.as_of == as_of}


def codes_for(proofs: Iterable[Proof], address_of: Callable[[str], str] | None = None) -> Codes:
    """The codes as papers print them.

    Args:
        proofs: of one board.
        address_of: where a code will be found; None for nowhere: then the sign on paper holds the chain itself in a
            few words.
    """
    return Codes.of(
        Coded(
            key=proof.key,
            code=written(proof.code),
            group=proof.group,
            name="" if proof.kind in COUNTS else proof.kind.label,
            words=proof.result.words,
            opens=address_of(proof.code) if address_of else sign_words(proof),
        )
        for proof in proofs
    )


def make_book(
    boards: Iterable[Board],
    facts: Sequence[Fact],
    overrides: Sequence[Override] = (),
    made_from: Mapping[str, Plain] | None = None,
    *,
    demo: bool = False,
) -> Book:
    """Prove every figure of the boards.

    Args:
        boards: boards of one pack on different days, from the same facts.
        overrides: the lights set by hand that they were computed with.
    """
    sealer, made = Sealer(), list[Proof]()
    for board in boards:
        sealed = [sealer.sealed(proof) for proof in prove(board, facts, overrides)]
        lights = [proof for proof in sealed if proof.kind is Kind.LIGHT]
        gaps = [proof for proof in sealed if proof.kind is Kind.MISSING]
        made += [sealer.sealed(proof) for proof in (*counts(board, lights), *owed(board, gaps))]
        made += sealed
    return Book(dict(made_from or {}), coded(made), demo)
