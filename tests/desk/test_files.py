"""The desk and the folder are the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given

from desk.working import worked
from luming.desk import (
    State,
    city_files,
    decomposition_of,
    pack_files,
    pack_of,
    published,
    reject,
)
from luming.pack import load, write_files

YEARS = (2023, 2024, 2025, 2026)


def apart_from_place(pack):
    return pack.model_copy(update={"path": None, "city": None, "sha256": ""})


@pytest.mark.parametrize("year", YEARS)
def test_every_pack_survives_the_desk(root, tmp_path, year):
    before = load(root / "packs" / "baotou" / f"{year}-1")
    desk = decomposition_of(before)
    write_files(tmp_path, city_files(desk))
    write_files(tmp_path / f"{year}-1", pack_files(desk))
    after = load(tmp_path / f"{year}-1")
    assert apart_from_place(after) == apart_from_place(before)
    assert decomposition_of(after) == desk
    assert pack_files(decomposition_of(after)) == pack_files(desk)
    assert city_files(decomposition_of(after)) == city_files(desk)


@given(desk=worked())
def test_files_of_the_desk_come_back_byte_for_byte(tmp_path_factory, desk):
    folder = tmp_path_factory.mktemp("desk") / "pack"
    files = pack_files(desk)
    write_files(folder, files)
    again = decomposition_of(load(folder))
    assert pack_files(again) == files
    assert pack_files(decomposition_of(load(folder))) == files
    assert apart_from_place(load(folder)) == apart_from_place(pack_of(desk))


@given(desk=worked())
def test_the_desk_survives_json(desk):
    assert type(desk).model_validate_json(desk.model_dump_json()) == desk


def test_what_nobody_has_looked_at_is_known_as_such_after_the_files(tmp_path, desk):
    write_files(tmp_path / "pack", pack_files(reject(desk, "m01_1", "误")))
    again = decomposition_of(load(tmp_path / "pack"))
    assert {item.state for item in again.proposals} == {State.PROPOSED}
    assert [one.reason for one in again.remarks] == ["误", "年份或日期"]


def test_a_published_document_has_no_proposals(tmp_path, done):
    write_files(tmp_path / "pack", pack_files(published(done)))
    again = decomposition_of(load(tmp_path / "pack"))
    assert {item.state for item in again.proposals} == {State.ACCEPTED}
    assert not again.document.draft
