"""Looks a code up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luming.proof import Proof, Recomputed, Step, chain, near, recompute, typed
from luming_portal.accounts.rights import visible
from luming_portal.proofs.models import ProofBook, ProofCode


@dataclass(frozen=True, slots=True)
class Looked:
    """A printed figure, what it follows from, and what it gives when it is reckoned again now."""

    stored: ProofBook
    proof: Proof
    steps: tuple[Step, ...]
    found: Recomputed


def look_up(user: Any, code: str) -> Looked | None:
    """The figure of a code as somebody typed it; None where no stored figure has it.

    Raises:
        luming.proof.ProofFaults: what is stored was altered.
    """
    meant = typed(code)
    if not meant.isalnum():  # PostgreSQL takes no null characters, and no code has other signs
        return None
    row = (
        ProofCode.objects.filter(code=meant, book__in=visible(user, ProofBook.objects.all()))
        .select_related("book__document")
        .first()
    )
    if row is None:
        return None
    book = row.book.book
    proof = book.by_code[row.code]
    return Looked(row.book, proof, chain(proof, book.by_sha256), recompute(book, proof))


def near_codes(code: str) -> tuple[str, ...]:
    """Stored codes that differ from what was typed by little, for whoever misread one."""
    meant = typed(code)
    starts = (
        ProofCode.objects.filter(code__startswith=meant[:3])
        if len(meant) >= 3 and meant.isalnum()
        else ProofCode.objects.none()
    )
    return near(meant, starts.order_by("code").values_list("code", flat=True)[:500])
