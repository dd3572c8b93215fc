"""Text stays text: nothing in a pack is guessed into a float, a date or a truth value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luming.yaml_source import read_yaml


def read(tmp_path, text):
    file = tmp_path / "x.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(file)


def test_scalars_stay_text(tmp_path):
    tree = read(
        tmp_path, "a: 0.1\nb: no\nc: on\nd: 1e3\ne: 2025-01-01\nf: 300000.01\ng:\nh: null\ni: 'null'\nj: 0o17"
    ).tree
    assert tree == {
        "a": "0.1",
        "b": "no",
        "c": "on",
        "d": "1e3",
        "e": "2025-01-01",
        "f": "300000.01",
        "g": None,
        "h": None,
        "i": "null",
        "j": "0o17",
    }


def test_lines_are_those_of_the_file(tmp_path):
    source = read(tmp_path, "a:\n  - b: 1\n  - b: 2\n")
    assert source.lines[("a", 1, "b")] == 3
    assert source.where(("a", 1, "gone")) == "x.yaml 第3行“a.2.gone”"


def test_missing_file_is_a_fault_not_a_crash(tmp_path):
    assert "打不开" in read_yaml(tmp_path / "none.yaml").faults[0].sentence()


def test_every_duplicate_key_is_told(tmp_path):
    source = read(tmp_path, "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert [fault.code for fault in source.faults] == ["yaml.duplicate_key"] * 2


@given(content=st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory, content):
    source = read(tmp_path_factory.mktemp("any"), content)
    for fault in source.faults:
        assert fault.where.startswith("x.yaml 第")
        assert fault.found
        assert fault.expected


@given(text=st.text(max_size=300))
def test_no_text_crashes_the_reader(tmp_path_factory, text):
    source = read(tmp_path_factory.mktemp("any"), text.encode("utf-8", "replace"))
    for fault in source.faults:
        assert fault.where.startswith("x.yaml 第")


def test_bottomless_nesting_ends_in_a_sentence(tmp_path):
    for text in ("[" * 5000 + "]" * 5000, "".join(f"{' ' * level}a:\n" for level in range(900))):
        source = read(tmp_path, text)
        assert {fault.code for fault in source.faults} == {"yaml.too_deep"}
