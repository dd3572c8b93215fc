"""One figure reckoned again from a book, and whether it is the one that was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luming.errors import Fault, LumingError
from luming.proof.book import Book
from luming.proof.code import misread, near, typed, written
from luming.proof.model import Proof, Result
from luming.proof.proof_file import ProofFaults
from luming.proof.reckon import reckoned


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A proof beside what its inputs give now; `again` is None where they give no such figure."""

    proof: Proof
    again: Result | None

    @property
    def is_equal(self) -> bool:
        """Whether value, unit and printed words are the same."""
        if self.again is None:
            return False
        printed = self.proof.result
        return (self.again.value, self.again.unit, self.again.words) == (
            printed.value,
            printed.unit,
            printed.words,
        )


def recompute(book: Book, proof: Proof) -> Recomputed:
    """A figure of the book, reckoned from its stored inputs by the rules of this program."""
    try:
        return Recomputed(proof, reckoned(proof, book.by_sha256))
    except (LumingError, ValueError, ArithmeticError):
        return Recomputed(proof, None)


def find(books: Iterable[Book], code: str) -> tuple[Book, Proof]:
    """The proof of a code, with the book that it stands in; of several books the first that has it.

    Args:
        books: taken one after another, so that a book that is not needed is not read.
        code: as somebody typed it.

    Raises:
        ProofFaults: no figure of the books has the code; near ones are named.
    """
    meant, known = typed(code), dict[str, Proof]()
    for book in books:
        found = book.by_code.get(meant)
        if found is not None:
            return book, found
        known |= book.by_code
    why = misread(meant)
    close = [f"{written(one)}({known[one].label})" for one in near(meant, known)]
    told = f";{why}" if why else ",但写法没有错"
    remedy = (
        f"是否想查{'、'.join(close)}"
        if close
        else "请照文件末尾“核验码”表再抄一遍,或用 --in 指明那次结果的文件夹"
    )
    raise ProofFaults(
        [Fault("proof.unknown", "核验码", f"“{code[:40]}”,这里没有{told}", "结果里已有的核验码", remedy)]
    )
