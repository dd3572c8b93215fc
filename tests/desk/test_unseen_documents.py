"""Documents of other places, as agreed for the extractor: whoever decides everything on the desk can publish."""

from __future__ import annotations

from pathlib import Path

import pytest

from luming.desk import (
    accept_all,
    bind_rest,
    changes,
    correct,
    create_missing,
    decompose,
    explain,
    loose_numbers,
    open_points,
    pack_files,
    published,
    reject,
    reverted,
    set_head,
)
from luming.document import read_text
from luming.pack import load, write_files

TEXTS = sorted((Path(__file__).parent.parent / "contract" / "extract").rglob("*.txt"))


@pytest.mark.parametrize("file", TEXTS, ids=[file.stem for file in TEXTS])
def test_a_document_is_decided_and_published(file, tmp_path):
    fresh = decompose(read_text(file), "yunxi.2026-1", "云溪市", 2026)
    desk = set_head(fresh, {"issuer": "云溪市人民政府", "title": "若干措施"})
    for point in open_points(desk):
        if point.code == "unit":
            desk = reject(desk, point.subject, "原文没有写明单位")
        elif point.code == "no_label":
            desk = correct(desk, point.subject, {"label": "待定的一项"})
    for measure in fresh.measures:
        desk = create_missing(accept_all(desk, measure.id), measure.id)
    for sentence in fresh.sentences():
        for number in loose_numbers(desk, sentence):
            desk = explain(desk, number.anchor, number.start, number.end, "不是承诺")
    for measure in desk.measures:
        if any(not sentence.bindings for sentence in measure.sentences):
            desk = bind_rest(desk, measure.id, "cases", "planned")
    assert [point.sentence for point in open_points(desk) if point.blocks] == []
    write_files(tmp_path / "pack", pack_files(published(desk)))
    assert load(tmp_path / "pack").document.draft is False
    assert reverted(desk, changes(fresh, desk)).proposals == fresh.proposals
