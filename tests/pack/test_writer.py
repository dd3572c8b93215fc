"""What is written loads back as the same values."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.mark import Mark
from luming.pack import Commitment, CommitmentKind, Comparator, Growth, to_yaml, write_files
from luming.pack.files import CommitmentsFile
from luming.yaml_source import read_yaml

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029\x85"),
    max_size=40,
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@st.composite
def commitments(draw):
    return Commitment(
        id=draw(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)),
        label=draw(WORDS),
        indicator=draw(WORDS),
        kind=draw(st.sampled_from(CommitmentKind)),
        comparator=draw(st.sampled_from(Comparator)),
        value=draw(st.none() | NUMBERS),
        unit=draw(st.sampled_from(["亿元", "%", "万元/个"])),
        growth=draw(st.none() | st.builds(Growth, comparator=st.sampled_from(Comparator), value=NUMBERS)),
        deadline=draw(st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31))),
        aspiration=draw(st.booleans()),
        quote=draw(WORDS),
        note=draw(WORDS),
        mark=draw(st.sampled_from(Mark)),
    )


@pytest.mark.parametrize("for_people", [True, False])
@given(items=st.lists(commitments(), max_size=4))
def test_written_file_reads_back_the_same(tmp_path_factory, items, for_people):
    written = CommitmentsFile(commitments=tuple(items))
    file = tmp_path_factory.mktemp("pack") / "commitments.yaml"
    file.write_text(to_yaml(written, "说明", for_people=for_people), encoding="utf-8", newline="\n")
    source = read_yaml(file)
    assert not source.faults
    assert CommitmentsFile.model_validate(source.tree) == written


def test_decimals_keep_their_digits():
    item = Growth(comparator=Comparator.EQUAL, value=Decimal("0.10000000000000000000001"))
    assert "value: 0.10000000000000000000001\n" in to_yaml(item)


def test_nothing_is_written_when_one_file_is_there(tmp_path):
    (tmp_path / "b.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"b\.yaml"):
        write_files(tmp_path, {"a.yaml": "a", "b.yaml": "b"})
    assert not (tmp_path / "a.yaml").exists()
    assert (tmp_path / "b.yaml").read_text(encoding="utf-8") == "mine"


def test_a_file_where_a_folder_belongs_stops_it_before_anything_is_written(tmp_path):
    (tmp_path / "measures").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="measures/01"):
        write_files(tmp_path, {"a.yaml": "a", "measures/01.yaml": "b"})
    assert [file.name for file in tmp_path.iterdir()] == ["measures"]


def test_a_failure_on_the_way_takes_out_what_was_moved_in(tmp_path, monkeypatch):
    real, calls = os.replace, []

    def failing(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        write_files(tmp_path / "pack", {"a.yaml": "a", "b.yaml": "b"})
    assert not any((tmp_path / "pack").iterdir())
