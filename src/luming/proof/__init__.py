"""数字核验: every printed figure with a short code that leads back over rule and inputs to the clause.

    board + facts → prove → proofs (each reckoned again before it is believed) → Book → proofs.json
    proofs.json + code → recompute → the same figure from the stored inputs alone

A figure that cannot be reckoned again from what would be stored has no proof, and so no code.
"""

from luming.proof.book import Book, codes_for, make_book
from luming.proof.code import check_sign, codes_of, misread, near, typed, written
from luming.proof.explanation import Step, chain, sign_words
from luming.proof.kind import Kind, key_of
from luming.proof.model import Inputs, Proof, Result
from luming.proof.page import proof_page
from luming.proof.proof_file import LARGEST, PROOFS, ProofFaults, from_bytes, to_bytes
from luming.proof.reckon import reckoned
from luming.proof.recompute import Recomputed, find, recompute
from luming.proof.seal import digest_of

__all__ = [
    "LARGEST",
    "PROOFS",
    "Book",
    "Inputs",
    "Kind",
    "Proof",
    "ProofFaults",
    "Recomputed",
    "Result",
    "Step",
    "chain",
    "check_sign",
    "codes_for",
    "codes_of",
    "digest_of",
    "find",
    "from_bytes",
    "key_of",
    "make_book",
    "misread",
    "near",
    "proof_page",
    "reckoned",
    "recompute",
    "sign_words",
    "to_bytes",
    "typed",
    "written",
]
