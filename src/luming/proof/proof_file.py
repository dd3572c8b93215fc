"""The proof file: canonical text, so that the same proofs are the same bytes and any changed byte is noticed.

One line an input and one a proof, keys sorted. The file carries the digest of all that it holds; each proof carries its
own, from which its code is drawn. Reading checks all of it before anything is believed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn

from luming.errors import Fault, FaultyInput
from luming.facts import Fact
from luming.proof.book import Book
from luming.proof.canonical import Plain, canonical, digest
from luming.proof.kind import Kind
from luming.proof.model import Proof, Result
from luming.proof.seal import FORMAT, Sealer, coded, told
from luming.proof.stored import fact_from, inputs_from, plain_fact, plain_inputs

PROOFS = "proofs.json"
LARGEST = 200_000_000
"""A proof file beyond this many bytes is not read."""


class ProofFaults(FaultyInput):
    """A proof file or a code that cannot be used."""

    consequence = "没有核验。"


def to_bytes(book: Book) -> bytes:
    """The file of a book. Same book, same bytes."""
    return _written(_content(book))


def _content(book: Book) -> dict[str, Plain]:
    inputs: dict[str, Plain] = {}
    sets: dict[tuple[Fact, ...], str] = {}
    proofs = []
    for proof in book.proofs:
        named = plain_inputs(proof.inputs)
        _keep(inputs, named)
        facts = proof.inputs.facts
        if facts not in sets:
            sets[facts] = f"{len(sets) + 1}"
            _keep(inputs, {f"fact {fact.id}": plain_fact(fact) for fact in facts})
        proofs.append(
            told(proof)
            | {"inputs": list(named), "facts": sets[facts], "parts": list(proof.inputs.parts)}
            | {"sha256": proof.sha256, "code": proof.code}
        )
    content: dict[str, Plain] = {
        "format": FORMAT,
        "demo": book.demo,
        "made_from": dict(book.made_from),
        "inputs": inputs,
        "facts": {name: [f"fact {fact.id}" for fact in facts] for facts, name in sets.items()},
        "proofs": proofs,
    }
    return content | {"sha256": digest(content)}


def _keep(inputs: dict[str, Plain], named: Mapping[str, Plain]) -> None:
    for name, content in named.items():
        if inputs.setdefault(name, content) != content:
            raise ValueError(f"two inputs of one name differ: {name}")


def _written(content: Mapping[str, Plain]) -> bytes:
    """Sorted keys, one line for each entry of what is long."""
    parts = []
    for name, held in sorted(content.items()):
        if isinstance(held, dict) and name in ("inputs", "facts"):
            body = ",\n".join(f"{canonical(key)}:{canonical(value)}" for key, value in sorted(held.items()))
            parts.append(f'"{name}":{{\n{body}\n}}')
        elif isinstance(held, list) and name == "proofs":
            body = ",\n".join(canonical(value) for value in held)
            parts.append(f'"{name}":[\n{body}\n]')
        else:
            parts.append(f'"{name}":{canonical(held)}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def from_bytes(content: bytes, where: str, sha256: str = "") -> Book:
    """The book of a file, after every digest and every code in it has been drawn again.

    Args:
        where: the file, as messages name it.
        sha256: of the file as its run wrote it down; "" where nothing says.

    Raises:
        ProofFaults: the file is not as it was written.
    """
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        _altered(where, "内容与 run.json 里记下的校验值不符")
    held = _parsed(content, where)
    if held.get("format") != FORMAT:
        raise ProofFaults(
            [
                Fault(
                    "proof.format",
                    where,
                    f"格式“{str(held.get('format'))[:40]}”",
                    f"“{FORMAT}”",
                    "请用写出它的那一版程序核验",
                )
            ]
        )
    body = {name: value for name, value in held.items() if name != "sha256"}
    if held.get("sha256") != digest(body):
        _altered(where, "内容与文件末尾的校验值不符")
    try:
        if _written(held) != content:
            _altered(where, "写法与程序写出的不同")
        book = _book(held)
    except ProofFaults:
        raise
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        _altered(where, "缺项或写法不对")
    _check_codes(book, where)
    return book


def _parsed(content: bytes, where: str) -> dict[str, Plain]:
    try:
        held = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        _altered(where, "不是完整的 JSON")
    if not isinstance(held, dict):
        _altered(where, "最外层不是对象")
    return held


def _once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _book(held: Mapping[str, Plain]) -> Book:
    inputs: Mapping[str, Plain] = held["inputs"]
    facts = {name: fact_from(content) for name, content in inputs.items() if name.startswith("fact ")}
    if any(name != f"fact {fact.id}" for name, fact in facts.items()):
        raise ValueError("a fact stands under another name")
    sets = {name: tuple(facts[one] for one in names) for name, names in held["facts"].items()}
    remembered = _Remembered()
    proofs = tuple(_proof(one, inputs, sets, remembered) for one in held["proofs"])
    return Book(held["made_from"], proofs, held["demo"])


class _Remembered:
    """Inputs already read, so that those of one target are read once."""

    def __init__(self) -> None:
        self._held: dict[tuple[object, ...], Proof] = {}

    def of(self, key: tuple[object, ...], make: Callable[[], Proof]) -> Proof:
        """The first proof read with these inputs."""
        if key not in self._held:
            self._held[key] = make()
        return self._held[key]


def _proof(
    one: Mapping[str, Plain],
    inputs: Mapping[str, Plain],
    sets: Mapping[str, tuple[Fact, ...]],
    remembered: _Remembered,
) -> Proof:
    kind = Kind(one["kind"])
    if one["rule"] != kind.rule_id:
        raise ValueError("another version of the rule")
    key = (tuple(one["inputs"]), one["facts"], one["as_of"], one["asked"], tuple(one["parts"]))

    def made() -> Proof:
        named = {name: inputs[name] for name in one["inputs"]}
        day, facts = dt.date.fromisoformat(one["as_of"]), sets[one["facts"]]
        read = inputs_from(named, facts, day, one["asked"], tuple(one["parts"]))
        return Proof(kind, "", "", "", "", read, Result("", "", "", ""))

    read = remembered.of(key, made).inputs
    result = Result(one["value"], one["unit"], one["words"], one["formula"])
    return Proof(
        kind,
        one["subject"],
        one["group"],
        one["clause"],
        one["quote"],
        read,
        result,
        one["sha256"],
        one["code"],
    )


def _check_codes(book: Book, where: str) -> None:
    sealer = Sealer()
    drawn = [sealer.sealed(proof) for proof in book.proofs]
    for proof, again in zip(book.proofs, drawn, strict=True):
        if proof.sha256 != again.sha256:
            _altered(where, f"“{proof.label}”({proof.code})的内容与它的校验值不符")
    codes = _codes(drawn)
    for proof in book.proofs:
        if codes.get(proof.sha256) != proof.code:
            _altered(where, f"“{proof.label}”的核验码“{proof.code}”不是由内容得出的")


def _codes(proofs: Iterable[Proof]) -> dict[str, str]:
    return {proof.sha256: proof.code for proof in coded(proofs)}


def _altered(where: str, found: str) -> NoReturn:
    raise ProofFaults(
        [
            Fault(
                "proof.altered",
                where,
                found,
                "luming run 写出的原样",
                "文件被改动或损坏,不能用来核验;请取回原件,或重新运行 luming run",
            )
        ]
    )
