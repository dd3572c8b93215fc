"""Digests and signatures behind one interface: SHA-256 with Ed25519, and SM3 with SM2."""

from luming.evidence.crypto.provider import BadKey, CryptoError, Provider, Suite
from luming.evidence.crypto.providers import inventory, provider, self_test

__all__ = ["BadKey", "CryptoError", "Provider", "Suite", "inventory", "provider", "self_test"]
