"""Signed notes (c2sp.org/signed-note): a text with lines of signatures under it, each by a named key.

A verifier key is `<name>+<key id>+<base64 of type and key>`; the key id is the first four bytes of
SHA-256(name ‖ newline ‖ type ‖ key) in hex. Type 0x01 is Ed25519. SM2 has no registered type: type 0xff with an identifier of
our own before the key, as the specification asks.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from luming.errors import LumingError
from luming.evidence.crypto import Suite, provider

ED25519 = b"\x01"
SM2 = b"\xffluming.cn/sm3-sm2\n"
"""What stands before the key of each suite."""

_TYPES = {Suite.SHA256_ED25519: ED25519, Suite.SM3_SM2: SM2}
MOST_SIGNATURES = 100
MOST_BYTES = 1_000_000
_LINE = "— "
_NAME = re.compile(r"[^\s+]+")


class NoteError(LumingError, ValueError):
    """A note or a key that is not of the form, or whose signature does not hold."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name with a public key."""

    name: str
    suite: Suite
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that stand before each signature of the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _TYPES[self.suite] + self.public).digest()[:4]

    def __str__(self) -> str:
        key = base64.b64encode(_TYPES[self.suite] + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """From its written form.

        Raises:
            NoteError: it is none, or its id is not that of the key.
        """
        parts = text.split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]) or not re.fullmatch("[0-9a-f]{8}", parts[1]):
            raise NoteError(f"“{text[:60]}”不是验证公钥;应为“名称+8位十六进制+base64”。")
        raw = _base64(parts[2])
        for suite, type_ in _TYPES.items():
            if raw is not None and raw.startswith(type_):
                found = cls(parts[0], suite, raw[len(type_) :])
                if found.key_id.hex() != parts[1]:
                    raise NoteError(f"验证公钥“{parts[0]}”的编号与密钥不符。")
                return found
        raise NoteError(f"验证公钥“{parts[0]}”的种类不认识。")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of a signature: whose, which key, the bytes."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_LINE}{self.name} {base64.b64encode(self.key_id + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with signatures; it says nothing of whether they hold.

    Attributes:
        text: ends with a newline.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        lines = "".join(str(one) + "\n" for one in self.signatures)
        return f"{self.text}\n{lines}"


def sign(text: str, name: str, suite: Suite, private: bytes) -> Signature:
    """A signature over a text.

    Raises:
        NoteError: the text is none that a note may have, or the name is none.
    """
    _checked(text)
    if not _NAME.fullmatch(name):
        raise NoteError(f"“{name}”不能作签名者的名称:不能有空白和加号。")
    found = provider(suite)
    key = VerifierKey(name, suite, found.public_key(private))
    return Signature(name, key.key_id, found.sign(private, text.encode()))


def read_note(written: str | bytes) -> Note:
    """A note from its written form.

    Raises:
        NoteError: it is not of the form.
    """
    raw = written.encode() if isinstance(written, str) else written
    if len(raw) > MOST_BYTES:
        raise NoteError("签名文本超过一百万字节。")
    try:
        whole = raw.decode()
    except UnicodeDecodeError:
        raise NoteError("签名文本不是 UTF-8。") from None
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteError("签名文本应为正文、空行、签名行,每行以换行结束。")
    _checked(text + "\n")
    found = [_signature(line) for line in lines[:-1].split("\n")]
    if len(found) > MOST_SIGNATURES:
        raise NoteError(f"签名多于{MOST_SIGNATURES}行。")
    return Note(text + "\n", tuple(found))


def verified(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """The keys, of those that are known, whose signatures stand under the note and hold. Unknown ones are passed over.

    Raises:
        NoteError: a signature by a known key does not hold.
    """
    known = {(key.name, key.key_id): key for key in keys}
    found: dict[VerifierKey, None] = {}
    for one in note.signatures:
        key = known.get((one.name, one.key_id))
        if key is None:
            continue
        if not provider(key.suite).verify(key.public, note.text.encode(), one.value):
            raise NoteError(f"“{one.name}”的签名不成立。")
        found[key] = None
    return tuple(found)


def _checked(text: str) -> None:
    if not text.endswith("\n") or any(char < " " and char != "\n" for char in text):
        raise NoteError("签名的正文应以换行结束,不含其他控制字符。")


def _signature(line: str) -> Signature:
    name, _, key = line.removeprefix(_LINE).partition(" ")
    raw = _base64(key) if line.startswith(_LINE) else None
    if raw is None or len(raw) < 5 or not _NAME.fullmatch(name):
        raise NoteError(f"签名行“{line[:60]}”应为“— 名称 base64”。")
    return Signature(name, raw[:4], raw[4:])


def _base64(text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
