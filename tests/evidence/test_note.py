"""Notes that are signed and read again; every small damage is found or refused."""

from __future__ import annotations

import contextlib

import pytest

from luming.evidence.crypto import Suite, provider
from luming.evidence.note import Note, NoteError, VerifierKey, read_note, sign, verified
from luming.evidence.tile import tile_of

TEXT = "luming.example/log\n3\nbase64=\n"


@pytest.mark.parametrize("suite", list(Suite))
def test_any_changed_byte_is_found(suite: Suite) -> None:
    private = provider(suite).generate()
    key = VerifierKey("luming.example/log", suite, provider(suite).public_key(private))
    note = Note(TEXT, (sign(TEXT, key.name, suite, private),))
    written = str(note).encode()
    assert verified(read_note(written), [key]) == (key,)
    assert VerifierKey.read(str(key)) == key
    for at in range(len(written)):
        altered = written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :]
        with contextlib.suppress(NoteError):
            assert key not in verified(read_note(altered), [key]), at


def test_several_signers_and_strangers() -> None:
    keys, lines = [], []
    for name, suite in (("a", Suite.SHA256_ED25519), ("b", Suite.SM3_SM2), ("c", Suite.SHA256_ED25519)):
        private = provider(suite).generate()
        keys.append(VerifierKey(name, suite, provider(suite).public_key(private)))
        lines.append(sign(TEXT, name, suite, private))
    note = Note(TEXT, tuple(lines))
    assert verified(note, keys[:2]) == tuple(keys[:2])
    assert verified(note, []) == ()


@pytest.mark.parametrize(
    "written",
    ["", "text\n", "text\n\n", "text\n\n— a b", "text\n\n- a AAAAAAAA\n", "te\rxt\n\n— a AAAAAAAA\n", "text\n\n— a AAA\n", "\n\n— a+b AAAAAAAA\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(written: str) -> None:
    with pytest.raises(NoteError):
        read_note(written)


@pytest.mark.parametrize(
    "text",
    ["", "a+00000000+AQ==", "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "a+530d903a+Ag=="],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.read(text)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/64/000",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/00/000",
        "tile/0/x000/001",
        "a/0/000",
        "tile/0/x001/x000",
    ],
)
def test_what_is_no_tile_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="瓦片"):
        tile_of(path)
