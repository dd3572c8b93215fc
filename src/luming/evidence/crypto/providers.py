"""Which providers this machine has: each is tried by the standards' own numbers before it is handed out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from luming.evidence.crypto.ed25519 import Ed25519Provider
from luming.evidence.crypto.provider import CryptoError, Provider, Suite
from luming.evidence.crypto.sm2 import Sm2Provider

_MAKERS: dict[Suite, Callable[[], Provider]] = {
    Suite.SHA256_ED25519: Ed25519Provider,
    Suite.SM3_SM2: Sm2Provider,
}


@dataclass(frozen=True, slots=True)
class _Known:
    """A digest of `abc` and a signature that must verify, from the standard."""

    digest: str
    public: str
    message: str
    signature: str
    source: str


_KNOWN = {
    Suite.SHA256_ED25519: _Known(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "FIPS 180-4; RFC 8032 7.1",
    ),
    Suite.SM3_SM2: _Known(
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
        "6d65737361676520646967657374",
        "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
        "GB/T 32905-2016 A.1; GB/T 32918.5-2017 A.2",
    ),
}


def self_test(found: Provider) -> None:
    """Try a provider by the numbers of the standard, and by a signature of its own.

    Raises:
        CryptoError: it gives another answer; it must not be used.
    """
    known = _KNOWN[found.suite]
    public, message = bytes.fromhex(known.public), bytes.fromhex(known.message)
    signature = bytes.fromhex(known.signature)
    altered = signature[:-1] + bytes([signature[-1] ^ 1])
    private = found.generate()
    own = found.sign(private, message)
    right = (
        found.digest(b"abc").hex() == known.digest
        and found.verify(public, message, signature)
        and not found.verify(public, message + b"\x00", signature)
        and not found.verify(public, message, altered)
        and found.verify(found.public_key(private), message, own)
        and not found.verify(public, message, own)
    )
    if not right:
        raise CryptoError(f"{found.suite.label}({found.name})的自检没有通过,不能使用。")


@lru_cache
def provider(suite: Suite) -> Provider:
    """The provider of a suite, tried once.

    Raises:
        CryptoError: this machine has none, or it fails its self-test.
    """
    found = _MAKERS[suite]()
    self_test(found)
    return found


def inventory() -> list[dict[str, object]]:
    """What cryptography is in use, for a reviewer and for a machine: suite, implementation, certified or not, fault."""
    told: list[dict[str, object]] = []
    for suite in Suite:
        entry: dict[str, object] = {"suite": suite.value, "tested_by": _KNOWN[suite].source}
        try:
            found = provider(suite)
        except CryptoError as problem:
            entry |= {"available": False, "fault": str(problem)}
        else:
            entry |= {"available": True, "implementation": found.name, "certified": found.certified}
        told.append(entry)
    return told
