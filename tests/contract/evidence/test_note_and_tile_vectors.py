"""The examples of the C2SP specifications: signed notes and paths of tiles (CC BY 4.0, C2SP authors)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from luming.evidence.note import NoteError, VerifierKey, read_note, verified
from luming.evidence.tile import WIDTH, index_path, tile_of, tiles

HERE = Path(__file__).parent
NOTES = json.loads((HERE / "signed_note.json").read_text(encoding="utf-8"))["cases"]
TILES = json.loads((HERE / "tlog_tiles.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", NOTES, ids=range(len(NOTES)))
def test_signed_notes(case: dict[str, Any]) -> None:
    key = VerifierKey.read(case["vkey"])
    assert str(key) == case["vkey"]
    note = read_note(case["note"])
    assert str(note) == case["note"]
    try:
        holds = key in verified(note, [key])
    except NoteError:
        holds = False
    assert holds is case["valid"]
    if case["valid"]:
        assert note.text == case["text"]


@pytest.mark.parametrize("case", TILES["path"], ids=lambda case: str(case["index"]))
def test_paths(case: dict[str, Any]) -> None:
    assert index_path(case["index"]) == case["path"]
    assert tile_of(f"tile/3/{case['path']}").index == case["index"]


@pytest.mark.parametrize("case", TILES["layout"], ids=lambda case: str(case["tree_size"]))
def test_which_tiles_a_size_has(case: dict[str, Any]) -> None:
    full: Counter[int] = Counter()
    partial: dict[int, int] = {}
    for tile in tiles(case["tree_size"]):
        assert tile.level is not None
        assert tile_of(tile.path) == tile
        if tile.width == WIDTH:
            full[tile.level] += 1
        else:
            partial[tile.level] = tile.width
    levels = sorted({*full, *partial})
    assert [
        {"level": level, "full": full[level], "partial_width": partial.get(level, 0)} for level in levels
    ] == case["tiles"]
