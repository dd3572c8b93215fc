"""SM3 (GB/T 32905-2016) by `cryptography`, SM2 signatures (GB/T 32918.2-2016, .5-2017) by the system's libcrypto.

A public key is the uncompressed point, 65 bytes from 0x04. A signature is DER: SEQUENCE of r and s (GM/T 0009). The nonce
is libcrypto's own: a caller never hands one in. The signer's identity is the standard's default, 1234567812345678.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from luming.evidence.crypto.provider import BadKey, CryptoError, Suite
from luming.evidence.merkle import digest_of

ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
"""Order of the base point (GB/T 32918.5-2017)."""

SIGNER = b"1234567812345678"
"""The identity of the signer where none is agreed (GM/T 0009)."""

_EC_SM2 = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")
"""AlgorithmIdentifier: id-ecPublicKey with the curve 1.2.156.10197.1.301."""
_SPKI = bytes.fromhex("3059") + _EC_SM2 + bytes.fromhex("034200")
_POINT = 65


class Sm2Provider:
    """SM3 and SM2 in software.

    Raises:
        CryptoError: the machine has no libcrypto of OpenSSL 3 with SM2.
    """

    suite = Suite.SM3_SM2
    certified = False

    def __init__(self) -> None:
        self._crypto = _libcrypto()
        self.name = f"cryptography, {ctypes.c_char_p(self._crypto.OpenSSL_version(0)).value.decode()}"  # type: ignore[union-attr]

    def digest(self, data: bytes) -> bytes:
        """SM3."""
        return digest_of("sm3")(data)

    def generate(self) -> bytes:
        """A new private key: 32 bytes of a number from 1 to n − 2."""
        return (secrets.randbelow(ORDER - 2) + 1).to_bytes(32, "big")

    def public_key(self, private: bytes) -> bytes:
        """The uncompressed point."""
        with self._private(private) as key:
            out = ctypes.POINTER(ctypes.c_ubyte)()
            length = self._crypto.i2d_PUBKEY(key, ctypes.byref(out))
            if length <= 0:
                raise CryptoError("libcrypto 未能算出 SM2 公钥。")
            try:
                return bytes(out[length - _POINT : length])
            finally:
                self._crypto.CRYPTO_free(out, None, 0)

    def sign(self, private: bytes, message: bytes) -> bytes:
        """A signature in DER, another one each time."""
        with self._private(private) as key, self._context(key) as context:
            length = ctypes.c_size_t()
            ready = self._crypto.EVP_DigestSignInit(context, None, self._crypto.EVP_sm3(), None, key) == 1
            if ready and self._crypto.EVP_DigestSign(
                context, None, ctypes.byref(length), message, len(message)
            ):
                out = ctypes.create_string_buffer(length.value)
                if (
                    self._crypto.EVP_DigestSign(context, out, ctypes.byref(length), message, len(message))
                    == 1
                ):
                    return out.raw[: length.value]
        raise CryptoError("libcrypto 未能签名(SM2)。")

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether it is the signature of the key over the message; any other encoding of r and s is refused."""
        if len(public) != _POINT or public[0] != 4 or not _is_der(signature):
            return False
        try:
            with self._public(public) as key, self._context(key) as context:
                if self._crypto.EVP_DigestVerifyInit(context, None, self._crypto.EVP_sm3(), None, key) != 1:
                    return False
                found = self._crypto.EVP_DigestVerify(
                    context, signature, len(signature), message, len(message)
                )
                return bool(found == 1)
        except BadKey:
            return False
        finally:
            self._crypto.ERR_clear_error()

    @contextmanager
    def _private(self, private: bytes) -> Iterator[int]:
        number = int.from_bytes(private, "big")
        if len(private) != 32 or not 0 < number < ORDER - 1:
            raise BadKey("SM2 私钥应为32字节、1到n−2之间的数。")
        inner = b"\x30\x25\x02\x01\x01\x04\x20" + private
        body = b"\x02\x01\x00" + _EC_SM2 + b"\x04" + bytes([len(inner)]) + inner
        with self._key(self._crypto.d2i_AutoPrivateKey, b"\x30" + bytes([len(body)]) + body) as key:
            yield key

    @contextmanager
    def _public(self, public: bytes) -> Iterator[int]:
        with self._key(self._crypto.d2i_PUBKEY, _SPKI + public) as key:
            yield key

    @contextmanager
    def _key(self, read: Any, der: bytes) -> Iterator[int]:
        start = ctypes.c_char_p(der)
        key = read(None, ctypes.byref(start), len(der))
        if not key:
            self._crypto.ERR_clear_error()
            raise BadKey("这不是 SM2 的密钥。")
        try:
            yield key
        finally:
            self._crypto.EVP_PKEY_free(key)

    @contextmanager
    def _context(self, key: int) -> Iterator[int]:
        """A context for one signature by the default identity."""
        context = self._crypto.EVP_MD_CTX_new()
        named = self._crypto.EVP_PKEY_CTX_new(key, None)
        try:
            if not context or not named or self._crypto.EVP_PKEY_CTX_set1_id(named, SIGNER, len(SIGNER)) != 1:
                raise CryptoError("libcrypto 不支持 SM2 的签名者标识。")
            self._crypto.EVP_MD_CTX_set_pkey_ctx(context, named)
            yield context
        finally:
            self._crypto.EVP_MD_CTX_free(context)
            self._crypto.EVP_PKEY_CTX_free(named)


def _is_der(signature: bytes) -> bool:
    """Whether it is SEQUENCE { INTEGER r, INTEGER s } in the one encoding that DER allows."""
    if (
        len(signature) < 8
        or len(signature) > 72
        or signature[0] != 0x30
        or signature[1] != len(signature) - 2
    ):
        return False
    at = 2
    for _ in range(2):
        if at + 2 > len(signature) or signature[at] != 2:
            return False
        length, value = signature[at + 1], signature[at + 2 : at + 2 + signature[at + 1]]
        if not 0 < length <= 33 or len(value) != length or value[0] & 0x80:
            return False
        if length > 1 and value[0] == 0 and not value[1] & 0x80:
            return False
        at += 2 + length
    return at == len(signature)


_POINTERS = (
    "EVP_sm3",
    "EVP_MD_CTX_new",
    "EVP_PKEY_CTX_new",
    "d2i_AutoPrivateKey",
    "d2i_PUBKEY",
    "OpenSSL_version",
)
_ARGUMENTS: dict[str, list[Any]] = {
    "d2i_AutoPrivateKey": [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long],
    "d2i_PUBKEY": [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long],
    "i2d_PUBKEY": [ctypes.c_void_p, ctypes.c_void_p],
    "CRYPTO_free": [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int],
    "EVP_PKEY_free": [ctypes.c_void_p],
    "EVP_MD_CTX_free": [ctypes.c_void_p],
    "EVP_MD_CTX_set_pkey_ctx": [ctypes.c_void_p, ctypes.c_void_p],
    "EVP_PKEY_CTX_new": [ctypes.c_void_p, ctypes.c_void_p],
    "EVP_PKEY_CTX_free": [ctypes.c_void_p],
    "EVP_PKEY_CTX_set1_id": [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t],
    "EVP_DigestSignInit": [ctypes.c_void_p] * 5,
    "EVP_DigestVerifyInit": [ctypes.c_void_p] * 5,
    "EVP_DigestSign": [
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t,
    ],
    "EVP_DigestVerify": [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t,
    ],
    "OpenSSL_version": [ctypes.c_int],
    "ERR_clear_error": [],
}  # fmt: skip


def _libcrypto() -> Any:
    for found in (ctypes.util.find_library("crypto"), "libcrypto.so.3"):
        try:
            library = ctypes.CDLL(found) if found else None
        except OSError:
            library = None
        if library is not None:
            break
    if library is None:
        raise CryptoError("这台机器上没有 OpenSSL 的 libcrypto,不能用 SM2。")
    try:
        for name, arguments in _ARGUMENTS.items():
            getattr(library, name).argtypes = arguments
        for name in _POINTERS:
            getattr(library, name).restype = ctypes.c_void_p
    except AttributeError as missing:
        raise CryptoError(f"这台机器上的 libcrypto 太旧,不能用 SM2:{missing}") from None
    return library
