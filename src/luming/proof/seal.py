"""The digest of a proof: drawn from its figure, its clause, its rule and the digests of all its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from luming.facts import Fact
from luming.proof.canonical import Plain, digest
from luming.proof.code import codes_of
from luming.proof.model import Proof, Result
from luming.proof.stored import plain_fact, plain_inputs

FORMAT = "luming.proofs/1"


@dataclass(slots=True)
class Sealer:
    """Draws digests; remembers those of facts and of sets of facts for as long as one file is made or read."""

    _facts: dict[Fact, str] = field(default_factory=dict)
    _sets: dict[tuple[Fact, ...], str] = field(default_factory=dict)

    def sealed(self, proof: Proof) -> Proof:
        """The proof with its digest."""
        return replace(proof, sha256=digest(self.content(proof)))

    def content(self, proof: Proof) -> Plain:
        """What the digest of a proof is drawn from."""
        inputs = {name: digest(content) for name, content in plain_inputs(proof.inputs).items()}
        return told(proof) | {
            "format": FORMAT,
            "inputs": inputs,
            "facts": self._set(proof.inputs.facts),
            "parts": list(proof.inputs.parts),
        }

    def _set(self, facts: tuple[Fact, ...]) -> str:
        if facts not in self._sets:
            self._sets[facts] = digest([self._fact(fact) for fact in facts])
        return self._sets[facts]

    def _fact(self, fact: Fact) -> str:
        if fact not in self._facts:
            self._facts[fact] = digest(plain_fact(fact))
        return self._facts[fact]


def told(proof: Proof) -> dict[str, Plain]:
    """What a proof says of its figure, apart from its inputs."""
    return {
        "kind": proof.kind.value,
        "rule": proof.kind.rule_id,
        "subject": proof.subject,
        "group": proof.group,
        "as_of": proof.inputs.as_of.isoformat(),
        "asked": proof.inputs.asked,
        "clause": proof.clause,
        "quote": proof.quote,
        **plain_result(proof.result),
    }


def plain_result(result: Result) -> dict[str, Plain]:
    """A figure as plain content."""
    return {"value": result.value, "unit": result.unit, "words": result.words, "formula": result.formula}


def digest_of(facts: Iterable[Fact]) -> str:
    """SHA-256 of facts in the order given, by which a proof file names facts that stand in no file."""
    return digest([plain_fact(fact) for fact in facts])


def coded(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """The sealed proofs with their codes, each digest once."""
    held: Mapping[str, Proof] = {proof.sha256: proof for proof in proofs}
    codes = codes_of(tuple(held))
    return tuple(replace(proof, code=code) for proof, code in zip(held.values(), codes, strict=True))
