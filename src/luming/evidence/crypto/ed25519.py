"""SHA-256 and Ed25519 (RFC 8032) by `cryptography`."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from luming.evidence.crypto.provider import BadKey, Suite

SIGNATURE = 64
"""Bytes of a signature."""


class Ed25519Provider:
    """SHA-256 and Ed25519 in software."""

    suite = Suite.SHA256_ED25519
    name = "cryptography"
    certified = False

    def digest(self, data: bytes) -> bytes:
        """SHA-256."""
        return hashlib.sha256(data).digest()

    def generate(self) -> bytes:
        """A new seed of 32 bytes from the operating system."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def public_key(self, private: bytes) -> bytes:
        """The 32 bytes of the public key."""
        return _private(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, private: bytes, message: bytes) -> bytes:
        """64 bytes, the same for the same message."""
        return _private(private).sign(message)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether it is the signature of the key over the message."""
        if len(signature) != SIGNATURE:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _private(private: bytes) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(private)
    except ValueError:
        raise BadKey(f"Ed25519 私钥应为32字节,现为{len(private)}字节。") from None
