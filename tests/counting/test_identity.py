"""Keys of persons and things: the same one gives the same key, and the key gives nothing away."""

from __future__ import annotations

import pytest

from luming.counting import DocumentError, code_key, name_key, person_key, same_name, secret_mark
from luming.creditcode import CreditCodeError
from luming.id_number import IdNumberError

SECRET = b"a secret of this installation"


def test_however_it_is_written_it_is_one_person() -> None:
    keys = {
        person_key(one, SECRET).text
        for one in ("11010519491231002X", "11010519491231002x", " 110105 19491231 002X", "110105491231002")
    }
    assert len(keys) == 1


def test_the_key_holds_neither_number_nor_secret_and_hangs_on_the_secret() -> None:
    key = person_key("11010519491231002X", SECRET)
    other = person_key("11010519491231002X", b"another")
    assert key.tail == "002X"
    assert "19491231" not in key.text
    assert key.text != other.text
    assert key.secret_mark == secret_mark(SECRET) != other.secret_mark


def test_a_passport_counts_too_and_is_no_card() -> None:
    assert person_key("c01 x00t47", SECRET).text == person_key("C01X00T47", SECRET).text
    assert person_key("C01X00T47", SECRET).text != person_key("C01X00T48", SECRET).text


@pytest.mark.parametrize("written", ["110105194912310021", "1101051949123100212"])
def test_a_wrong_card_is_not_taken_for_a_passport(written: str) -> None:
    with pytest.raises(IdNumberError):
        person_key(written, SECRET)


@pytest.mark.parametrize("written", ["", "abc", "张三", "*" * 14 + "002X", "A" * 21])
def test_what_no_document_carries(written: str) -> None:
    with pytest.raises(DocumentError):
        person_key(written, SECRET)


def test_without_a_secret_there_is_no_key() -> None:
    with pytest.raises(ValueError, match="secret"):
        person_key("C01X00T47", b"")


def test_things() -> None:
    assert code_key(" 11150200011536003j ") == "11150200011536003J"
    with pytest.raises(CreditCodeError):
        code_key("11150200011536003K")
    assert name_key("永磁(电机)团队", "甲 公司") == name_key("永磁\uff08电机\uff09团队", "甲公司")
    assert name_key("团队", "") == name_key("", "甲公司") == ""
    assert same_name("A·B") == same_name("ab")
