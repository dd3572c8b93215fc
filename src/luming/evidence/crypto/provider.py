"""What a provider of cryptography must give; a hardware module takes the place of the software by giving the same."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from luming.errors import LumingError


class CryptoError(LumingError):
    """An algorithm is not there, failed its self-test, or refused its input."""


class BadKey(CryptoError, ValueError):
    """Bytes that are not a key of the suite."""


class Suite(StrEnum):
    """A digest and a signature that belong together."""

    SHA256_ED25519 = "sha256-ed25519"
    SM3_SM2 = "sm3-sm2"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return {"sha256-ed25519": "SHA-256 与 Ed25519", "sm3-sm2": "SM3 与 SM2"}[self.value]


class Provider(Protocol):
    """One suite. Keys are bytes: a private key of 32 bytes, a public key as `public_key` gives it.

    Attributes:
        suite: which.
        name: of the implementation, for the inventory.
        certified: whether keys lie in a certified product; software never does.
    """

    suite: Suite
    name: str
    certified: bool

    def digest(self, data: bytes) -> bytes:
        """The digest, 32 bytes."""

    def generate(self) -> bytes:
        """A new private key."""

    def public_key(self, private: bytes) -> bytes:
        """The public key of a private one.

        Raises:
            BadKey: it is none.
        """

    def sign(self, private: bytes, message: bytes) -> bytes:
        """A signature over a message.

        Raises:
            BadKey: it is no private key.
        """

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that of the key over the message; False for anything malformed."""
