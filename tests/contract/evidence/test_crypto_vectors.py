"""Published numbers for digests and signatures: SM3 and SM2 from the standards' annexes, Ed25519 from C2SP/wycheproof.

Sources: GB/T 32905-2016 A; GB/T 32918.5-2017 A.2; github.com/C2SP/wycheproof at dac1dd47, Apache-2.0.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luming.evidence.crypto import BadKey, CryptoError, Provider, Suite, inventory, provider, self_test
from luming.evidence.crypto.ed25519 import Ed25519Provider
from luming.evidence.crypto.sm2 import ORDER

HERE = Path(__file__).parent


def _cases(name: str, key: str = "cases") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))[key]
    return found


@pytest.fixture(scope="module")
def sm() -> Provider:
    return provider(Suite.SM3_SM2)


def _der(*numbers: str) -> bytes:
    body = b""
    for text in numbers:
        raw = bytes.fromhex(text).lstrip(b"\x00") or b"\x00"
        raw = b"\x00" + raw if raw[0] & 0x80 else raw
        body += b"\x02" + bytes([len(raw)]) + raw
    return b"\x30" + bytes([len(body)]) + body


@pytest.mark.parametrize("case", _cases("sm3"), ids=lambda case: case["ref"])
def test_sm3(case: dict[str, Any], sm: Provider) -> None:
    assert sm.digest(bytes.fromhex(case["msg"])).hex() == case["sm3"]


@pytest.mark.parametrize("case", _cases("sm2", "sign"), ids=lambda case: case["ref"])
def test_sm2(case: dict[str, Any], sm: Provider) -> None:
    public = bytes.fromhex("04" + case["public_x"] + case["public_y"])
    message, signature = bytes.fromhex(case["message"]), _der(case["r"], case["s"])
    assert sm.public_key(bytes.fromhex(case["private"])) == public
    assert sm.verify(public, message, signature)
    for at in range(len(signature)):
        altered = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert not sm.verify(public, message, altered)
    assert not sm.verify(public, message + b"\x00", signature)
    assert not sm.verify(public[:-1] + bytes([public[-1] ^ 1]), message, signature)


@pytest.mark.parametrize("case", _cases("ed25519"), ids=lambda case: f"tc{case['id']}")
def test_ed25519(case: dict[str, Any]) -> None:
    said = Ed25519Provider().verify(*(bytes.fromhex(case[key]) for key in ("pk", "msg", "sig")))
    assert said is (case["result"] == "valid")


@pytest.mark.parametrize("suite", list(Suite))
def test_what_is_signed_verifies_and_nothing_else(suite: Suite) -> None:
    found = provider(suite)
    private, other = found.generate(), found.generate()
    public = found.public_key(private)
    signature = found.sign(private, b"message")
    assert found.verify(public, b"message", signature)
    assert not found.verify(found.public_key(other), b"message", signature)
    for junk in (b"", b"\x30", signature + b"\x00", signature[:-1], b"\x00" * len(signature)):
        assert not found.verify(public, b"message", junk)
    for key in (b"", b"\x04" * 65, b"\x00" * 32, public[:-1]):
        assert not found.verify(key, b"message", signature)
    with pytest.raises(BadKey):
        found.sign(b"short", b"message")


@pytest.mark.parametrize("number", [0, ORDER - 1, ORDER, 2**256 - 1])
def test_numbers_that_are_no_private_key(number: int, sm: Provider) -> None:
    with pytest.raises(BadKey):
        sm.sign(number.to_bytes(32, "big"), b"")


def test_a_provider_that_answers_wrongly_is_not_used() -> None:
    class Wrong(Ed25519Provider):
        def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
            return True

    with pytest.raises(CryptoError, match="自检没有通过"):
        self_test(Wrong())


def test_the_inventory_names_every_suite_and_certifies_none() -> None:
    told = inventory()
    assert [one["suite"] for one in told] == [suite.value for suite in Suite]
    assert all(one["available"] and one["certified"] is False for one in told)
