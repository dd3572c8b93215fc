"""Issues the codes of a board: its figures are proved, and what they follow from is stored before a code is printed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from luming import __version__
from luming.facts import Fact
from luming.proof import Book, codes_for, digest_of, make_book, to_bytes
from luming.report import Codes
from luming_portal.accounts.rights import Action, decide
from luming_portal.audit.door import change
from luming_portal.cockpit.boards import Shown
from luming_portal.proofs.models import ProofBook, ProofCode

_KEPT = 8
"""Books kept in memory, about a megabyte each."""


def issued_codes(
    shown: Shown, facts: Sequence[Fact], *, by: Any, address: Callable[[str], str] | None
) -> Codes:
    """The codes of a board's figures.

    The proofs are stored when an officer takes the first paper of a board. Whoever else takes one gets codes where they
    are stored, and none otherwise: readers do not write.

    Args:
        address: where a code is looked up; None for nowhere, then the sign on paper tells in words.
    """
    book, content = _proved(_Asked(shown, tuple(facts)))
    digest = sha256(content).hexdigest()
    if not ProofBook.objects.filter(sha256=digest).exists():
        if not decide(by, Action.CREATE, "proof"):
            return Codes()
        _store(book, content, digest, shown)
    return codes_for(book.proofs, address)


def _store(book: Book, content: bytes, digest: str, shown: Shown) -> None:
    with change() as changes:
        if ProofBook.objects.select_for_update().filter(sha256=digest).exists():
            return
        stored = changes.save(
            ProofBook(
                sha256=digest,
                document=shown.version.document,
                as_of=shown.board.as_of,
                packed=zlib.compress(content, 9),
                demo=shown.board.demo,
            )
        )
        ProofCode.objects.bulk_create(
            [ProofCode(code=code, book=stored) for code in book.by_code], ignore_conflicts=True
        )


class _Asked:
    """A board with its figures, the same when document version, day and state of the registers are."""

    def __init__(self, shown: Shown, facts: tuple[Fact, ...]) -> None:
        self.shown, self.facts = shown, facts
        self.key = (shown.version.pk, shown.stamp, shown.board.as_of, shown.board.demo)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=_KEPT)
def _proved(asked: _Asked) -> tuple[Book, bytes]:
    board = asked.shown.board
    made_from = {
        "luming": __version__,
        "pack": asked.shown.version.sha256,
        "facts": digest_of(asked.facts),
    }
    book = make_book([board], asked.facts, (), made_from, demo=board.demo)
    return book, to_bytes(book)
