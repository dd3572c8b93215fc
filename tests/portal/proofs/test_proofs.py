"""Every number on a portal paper is a proof: stored when an officer takes it, looked up by anybody, reckoned again."""

from __future__ import annotations

import io
import random
import re
import zlib
from typing import Any

import pytest
from django.test import Client
from docx import Document as Word

from luming.proof import recompute
from luming_portal.accounts.roles import Role
from luming_portal.proofs.models import ProofBook, ProofCode
from portal_records import kept, seen

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[0-9A-Z]{2,5}(?:-[0-9A-Z]{2,5})+\b")


@pytest.fixture
def officer(baotou: None, make_user: Any, client_of: Any) -> Client:
    """An officer of the office, where Baotou's document is loaded."""
    client: Client = client_of(make_user(Role.OFFICE, unit="领导小组办公室"))
    return client


def _words(content: bytes) -> str:
    """Everything that a Word file says."""
    paper = Word(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def _codes_on(client: Client, path: str) -> set[str]:
    text = _words(client.get(path).content)
    known = set(ProofCode.objects.values_list("code", flat=True))
    return {found.replace("-", "") for found in CODE.findall(text)} & known


@pytest.mark.parametrize("start", ["/", "/demo-year/"])
def test_codes_of_an_issued_bulletin_are_reckoned_again(officer: Client, start: str) -> None:
    codes = _codes_on(officer, f"{start}papers/bulletin/?as_of=2025-12-10")
    assert len(codes) > 20
    book = ProofBook.objects.get()
    assert book.demo is (start == "/demo-year/")
    assert codes <= set(book.book.by_code)
    for code in random.Random(5).sample(sorted(codes), 12):
        told = Client().get(f"/proofs/{code}/?format=json").json()
        assert told["equal"], told
        assert told["value"] == told["again"]
        assert {step["name"] for step in told["steps"]} >= {"条款", "规则"}
        page = seen(Client().get(f"/proofs/{code.lower()}/"))
        assert "与印出的一致" in page
        assert ("演示数据" in page) is book.demo
    for proof in book.book.proofs:
        assert recompute(book.book, proof).is_equal


def test_the_same_board_is_stored_once(officer: Client) -> None:
    for name in ("bulletin", "brief", "monthly-sheet", "bulletin"):
        assert officer.get(f"/papers/{name}/?as_of=2025-12-10").status_code == 200
    assert ProofBook.objects.count() == 1
    officer.get("/papers/brief/?as_of=2025-11-10")
    assert ProofBook.objects.count() == 2


def test_a_reader_writes_nothing_and_gets_codes_once_they_are_stored(officer: Client) -> None:
    visitor = Client()
    path = "/papers/bulletin/?as_of=2025-12-10"
    assert visitor.get(path).status_code == 200
    assert not ProofBook.objects.exists()
    assert _codes_on(visitor, path) == set()
    officer.get(path)
    assert len(_codes_on(visitor, path)) > 20


def test_a_code_that_nobody_printed_is_answered_with_near_ones(officer: Client) -> None:
    officer.get("/papers/brief/?as_of=2025-12-10")
    code = ProofCode.objects.order_by("code").first()
    assert code is not None
    wrong = code.code[:-1] + ("2" if code.code[-1] != "2" else "3")
    answer = Client().get(f"/proofs/{wrong}/")
    assert answer.status_code == 404
    assert f"没有核验码“{wrong}”" in seen(answer)
    for odd in ("x", "%00", "a" * 500, "中文", "<script>"):
        assert Client().get(f"/proofs/{odd}/").status_code == 404
        assert Client().get("/proofs/", {"code": odd}).status_code in (200, 302)


def test_what_was_altered_in_the_store_is_not_believed(officer: Client) -> None:
    officer.get("/papers/brief/?as_of=2025-12-10")
    stored = ProofBook.objects.get()
    stored.packed = zlib.compress(stored.content.replace("包头".encode(), "包夬".encode(), 1))
    kept(stored)
    code = ProofCode.objects.order_by("code").values_list("code", flat=True)[0]
    answer = Client().get(f"/proofs/{code}/")
    assert answer.status_code == 409
    assert "被改动或损坏" in seen(answer)
    assert "与印出的一致" not in seen(answer)
