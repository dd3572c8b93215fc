"""The sign on paper: an address where one is given, else the chain itself; drawn the same every time."""

from __future__ import annotations

import pytest

from luming.proof import codes_for, sign_words
from luming.report.bulletin import compose_bulletin
from luming.report.code_table import codes_in, printed_codes
from luming.report.qr import png, svg


def test_with_an_address_a_sign_opens_the_place_of_its_code(either) -> None:
    for coded in codes_for(either.book.proofs, "https://lm.example.cn/proofs.html#{}".format):
        assert coded.opens == f"https://lm.example.cn/proofs.html#{coded.anchor}"


def test_without_an_address_a_sign_holds_the_chain(either) -> None:
    opens = {coded.key: coded.opens for coded in codes_for(either.book.proofs)}
    assert all(opens[proof.key] == sign_words(proof) for proof in either.book.proofs)


def test_the_sign_of_a_paper_is_about_a_figure_that_the_paper_prints(either) -> None:
    paper = compose_bulletin(either.board, either.desk)
    printed = printed_codes(paper)
    assert printed is not None
    assert printed.sign in {coded.opens for coded in codes_in(paper)}


def test_the_same_words_give_the_same_sign() -> None:
    assert svg("核验") == svg("核验")
    assert png("核验") == png("核验")
    assert svg("核验") != svg("核实")
    assert "<svg" in svg("核验")
    assert png("核验").startswith(b"\x89PNG")


def test_more_than_a_sign_holds_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        svg("长" * 2000)
