"""The state of a list stands whole in its address: read, written and read again it is the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from luming_portal.accounts.roles import Role
from luming_portal.registers.catalog import registers
from luming_portal.registers.column import Kind
from luming_portal.registers.state import PAGE_SIZES, read_state
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases


class _Office:
    is_authenticated = is_active = True
    role = Role.OFFICE


OFFICE = _Office()
_WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20)


@st.composite
def _queries(draw: Any) -> tuple[str, str]:
    slug = draw(st.sampled_from(sorted(registers())))
    query = QueryDict(mutable=True)
    columns = registers()[slug].columns
    query["q"] = draw(_WORDS)
    for column in draw(st.lists(st.sampled_from(columns), max_size=4, unique_by=lambda one: one.key)):
        if column.kind is Kind.NUMBER:
            query[f"{column.key}.from"] = draw(
                st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)
            )
        elif column.kind is Kind.DATE:
            query[f"{column.key}.to"] = draw(st.dates().map(str))
        elif column.kind is Kind.FLAG:
            query[column.key] = draw(st.sampled_from("01"))
        else:
            query.setlist(column.key, draw(st.lists(_WORDS.filter(bool), min_size=1, max_size=3)))
        if draw(st.booleans()):
            query[f"{column.key}.empty"] = draw(st.sampled_from("01"))
    keys = [column.key for column in columns if column.order]
    query["sort"] = ",".join(
        draw(st.sampled_from(("", "-"))) + key
        for key in draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))
    )
    query["columns"] = ",".join(
        draw(st.lists(st.sampled_from([column.key for column in columns]), max_size=5))
    )
    query["page"] = str(draw(st.integers(1, 10_000)))
    query["size"] = str(draw(st.sampled_from(PAGE_SIZES)))
    return slug, query.urlencode()


@given(_queries())
@example(("counted", "key=%00"))
def test_state_to_address_to_state_is_identity(given_query: tuple[str, str]) -> None:
    slug, query = given_query
    first = read_state(registers()[slug], OFFICE, QueryDict(query))
    again = read_state(registers()[slug], OFFICE, QueryDict(first.query()))
    assert again.query() == first.query()
    assert (again.search, again.sort, again.columns, again.page, again.size) == (
        first.search,
        first.sort,
        first.columns,
        first.page,
        first.size,
    )
    assert [one.words for one in again.filters] == [one.words for one in first.filters]
    assert again.faults == ()


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=3), max_size=6))
def test_whatever_stands_in_an_address_is_read(parts: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in parts.items():
        query.setlist(name, values)
    read_state(registers()["enterprises"], OFFICE, query)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "district=%00",
        "revenue.from=abc",
        "revenue.from=1e999999",
        "revenue.from=NaN",
        "sort=phone,x,-",
        "columns=x",
        "page=0",
        "page=99999999999999999999",
        "size=-1",
        "demo=7",
        "district.empty=2",
        "q=" + "长" * 5000,
        "sort=-revenue,name&revenue.empty=0&name.empty=1",
    ],
)
def test_a_broken_address_still_shows_the_list(query: str, client_of: Any) -> None:
    firm(name="甲")
    assert client_of(None).get(f"/registers/enterprises/?{query}").status_code == 200


@pytest.mark.django_db
def test_a_condition_that_cannot_be_read_is_told(client_of: Any) -> None:
    page = seen(client_of(None).get("/registers/enterprises/?revenue.from=十亿"))
    assert "十亿" in page
    assert "这个条件没有使用" in page


@pytest.mark.django_db
def test_blanks_come_last_both_ways(client_of: Any) -> None:
    firm(key="A", name="甲", revenue="3")
    firm(key="B", name="乙")
    firm(key="C", name="丙", revenue="20")
    client = client_of(None)

    def order(sort: str) -> list[str]:
        told = client.get(f"/registers/enterprises/?sort={sort}&columns=key&format=json&page=1").json()
        return [one["key"] for one in told["records"]]

    assert order("revenue") == ["A", "C", "B"]
    assert order("-revenue") == ["C", "A", "B"]
