"""How text is laid out and asked for: pairs, words, sounds, parts of codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luming_portal.search.words import alternatives, lay_out, terms


def _asked(term: str) -> set[tuple[str, ...]]:
    return {phrase.words for way in alternatives(term) for phrase in way}


def test_chinese_is_laid_out_in_pairs_with_its_last_character() -> None:
    assert lay_out([], ["包钢铁"]).split()[:4] == ["包钢", "钢铁", "铁", "xbreakx"]


def test_a_word_of_two_characters_is_one_pair() -> None:
    assert _asked("光伏") == {("光伏",)}


def test_a_longer_word_is_the_phrase_of_its_pairs() -> None:
    assert ("稀土", "土永", "永磁") in _asked("稀土永磁")


def test_one_character_is_the_beginning_of_a_pair() -> None:
    ((phrase,),) = alternatives("铝")
    assert (phrase.words, phrase.open_end) == (("铝",), True)


def test_letters_are_read_as_pinyin_and_as_initials() -> None:
    asked = _asked("baotou")
    assert ("pybaotou",) in asked
    assert ("pybaotou", "pytoushi") in _asked("baotoushi")
    assert ("inbt",) in _asked("bt")
    assert ("inbt", "intt", "inth") in _asked("btth")


def test_letters_that_are_no_pinyin_are_not_read_so() -> None:
    assert not any(word.startswith("py") for words in _asked("qxz") for word in words)


def test_part_of_a_code_is_asked_in_triples() -> None:
    assert ("c115", "c150") in {tuple(words) for words in _asked("1150")}


def test_a_question_falls_into_terms_at_blanks_and_signs() -> None:
    assert terms(" 稀土,ＣＴ扫描 x'y\"z* ") == ["稀土", "ct扫描", "x", "y", "z"]
    assert terms("!!! ()") == []


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_out_of_a_phrase(text: str) -> None:
    for term in terms(text):
        for way in alternatives(term):
            for phrase in way:
                assert phrase.words
                for word in phrase.words:
                    assert word
                    assert not set(word) & set("\"'*()&|:<>! ")
