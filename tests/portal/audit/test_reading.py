"""Reading the record of changes: filter, search, exports, history of a record, and what is masked for whom."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.audit.masking import mask_name
from luming_portal.audit.models import Change
from luming_portal.audit.selectors import changes_seen, entries, history_of
from luming_portal.enterprises.models import Enterprise
from luming_portal.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def firm(make_user: Any) -> Enterprise:
    """A firm that an officer changed once, on a day of its own."""
    officer = make_user("office", "wang.wei")
    found = Enterprise(key="E1", name="包头甲公司", district="青山区", contact="李四", phone="13800001234")
    with acting_as(officer), change("登记", now=datetime(2025, 3, 1, 2, tzinfo=UTC)) as changes:
        changes.save(found)
    found.district = "昆都仑区"
    with acting_as(officer), change("=迁址", now=datetime(2025, 6, 30, 15, 59, tzinfo=UTC)) as changes:
        changes.save(found)
    return found


@pytest.fixture
def auditor(make_user: Any, client_of: Any) -> Any:
    """The auditor's browser."""
    return client_of(make_user("auditor", "shenji"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=enterprises.enterprise", 2),
        ("kind=enterprises.enterprise&action=update", 1),
        ("q=甲公司", 2),
        ("q=甲公司+迁址", 1),
        ("person=WANG.WEI", 2),
        ("person=测试领导", 2),
        ("person=nobody", 0),
        ("kind=enterprises.enterprise&from=2025-06-30&to=2025-06-30", 1),
        ("kind=enterprises.enterprise&to=2025-06-29", 1),
        ("kind=enterprises.enterprise&object=0", 0),
    ],
)
def test_the_filter(query: str, count: int, firm: Enterprise, auditor: Any) -> None:
    page = auditor.get(f"/audit/?{query}")
    twin = auditor.get(f"/audit/?{query}&format=json").json()
    assert page.context["count"] == len(page.context["entries"]) == len(twin["results"]) == count


def test_by_request_number(client_of: Any, make_user: Any, auditor: Any) -> None:
    answer = client_of(make_user("system")).post("/accounts/new/", {"username": "zhang.san", "name": "张三"})
    number = answer["X-Request-ID"]
    found = auditor.get(f"/audit/?request={number}&format=json").json()["results"]
    assert [(one["action"], one["object"]) for one in found] == [("create", "张三")]
    assert len(auditor.get(f"/audit/?request={number[:12]}&format=json").json()["results"]) == 1


@pytest.mark.parametrize(
    "query", ["from=昨天", "request=../../x", "before=-1", "before=9" + "9" * 30, "from=9999-99-99"]
)
def test_what_cannot_be_read_is_named_and_left_out(query: str, firm: Enterprise, auditor: Any) -> None:
    page = auditor.get(f"/audit/?{query}")
    assert page.status_code == 200
    assert page.context["asked"].faults
    assert page.context["entries"]


@pytest.mark.parametrize(
    "query", ["q=%00", "person=%00%27--", "kind=%F0%9F%A6%8C", "q=" + "x" * 5000, "format=exe"]
)
def test_hostile_filters_do_no_harm(query: str, auditor: Any) -> None:
    assert auditor.get(f"/audit/?{query}").status_code in (200, 400)


def test_pages_go_back_in_time(auditor: Any) -> None:
    with acting_as(None), change("批量") as changes:
        for number in range(120):
            changes.event("documents.read", f"第{number}号")
    seen, query = [], "action=documents.read"
    for size in (50, 50, 20):
        answer = auditor.get(f"/audit/?{query}&format=json").json()
        assert len(answer["results"]) == size
        seen += [one["object"] for one in answer["results"]]
        query = answer["next"]
    assert query == ""
    assert seen == [f"第{number}号" for number in reversed(range(120))]


def test_csv_is_what_was_filtered_and_starts_no_formula(firm: Enterprise, auditor: Any) -> None:
    answer = auditor.get("/audit/?kind=enterprises.enterprise&format=csv")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[1][9] == "'=迁址"
    assert "旗县区:青山区 → 昆都仑区" in rows[1][10]


def test_a_workbook_is_what_was_filtered_and_starts_no_formula(firm: Enterprise, auditor: Any) -> None:
    answer = auditor.get("/audit/?kind=enterprises.enterprise&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 3
    assert (sheet["J2"].value, sheet["J2"].data_type) == ("=迁址", "s")


def test_an_export_is_itself_recorded(firm: Enterprise, auditor: Any) -> None:
    auditor.get("/audit/?kind=enterprises.enterprise&format=xlsx")
    entry = Change.objects.get(action="audit.exported")
    assert entry.actor == "shenji"
    assert entry.after == {"format": "xlsx", "count": 2, "filter": "kind=enterprises.enterprise"}


def test_an_export_too_large_is_refused_with_a_sentence(
    firm: Enterprise, auditor: Any, monkeypatch: Any
) -> None:
    from luming_portal.audit import exports

    monkeypatch.setattr(exports, "LARGEST", 1)
    answer = auditor.get("/audit/?kind=enterprises.enterprise&format=csv")
    assert answer.status_code == 400
    assert "没有导出" in answer.content.decode()
    assert not Change.objects.filter(action="audit.exported").exists()


def test_an_entry_shows_before_and_after_side_by_side(firm: Enterprise, auditor: Any) -> None:
    entry = Change.objects.get(action="update", model="enterprises.enterprise")
    page = auditor.get(f"/audit/{entry.pk}/").content.decode()
    assert "<del>青山区</del>" in page
    assert "<ins>昆都仑区</ins>" in page
    assert entry.digest() in page
    assert auditor.get(f"/audit/{entry.pk}/?format=json").json()["digest"] == entry.digest()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_the_record_is_closed_to_everybody_else(
    role: Role, firm: Enterprise, make_user: Any, client_of: Any
) -> None:
    user = make_user(role)
    client, entry = client_of(user), Change.objects.first()
    assert entry is not None
    for address in ("/audit/", "/audit/?format=json", "/audit/?format=csv", f"/audit/{entry.pk}/"):
        assert client.get(address).status_code == 403, address
    assert not changes_seen(user).exists()


def test_a_missing_entry_is_not_found(auditor: Any) -> None:
    assert auditor.get("/audit/999999/").status_code == 404


def test_personal_data_is_masked_where_the_level_does_not_reach(make_user: Any) -> None:
    person = Person(key="P1", name="赵子龙")
    with acting_as(None), change("登记") as changes:
        changes.save(person)
    account = make_user("expert", email="secret@example.org")
    shown = entries(
        Change.objects.filter(model="accounts.user", object_id=str(account.pk)), make_user("auditor")
    )
    (line,) = [line for line in shown[0].lines if line.key == "email"]
    assert line.masked
    assert "secret@example.org" not in line.after
    office = entries(Change.objects.filter(model="people.person"), make_user("office"))
    assert office[0].object_label == "赵子龙"


def test_columns_beyond_the_level_are_masked_in_history(firm: Enterprise, make_user: Any) -> None:
    from luming_portal.registers.catalog import registers

    register = next(one for one in registers().values() if one.model is Enterprise)
    for role in ("office", "department", "auditor"):
        reader = make_user(role)
        readable = {column.read for column in register.columns_for(reader)}
        hidden = {column.read for column in register.columns} - readable
        history = history_of(firm, reader)
        assert [entry.action for entry in history] == ["update", "create"]
        for line in history[1].lines:
            if line.key in hidden:
                assert line.masked, (role, line.key)
            if line.key in readable:
                assert not line.masked, (role, line.key)


@pytest.mark.parametrize("role", ["visitor", "expert", "security", "system"])
def test_history_is_empty_without_the_right(role: str, firm: Enterprise, make_user: Any) -> None:
    assert history_of(firm, make_user(role)) == []


def test_an_enterprise_reads_its_own_history_without_names_of_officials(
    firm: Enterprise, make_user: Any
) -> None:
    own = history_of(firm, make_user("enterprise", enterprise=firm))
    assert [entry.who for entry in own] == ["测*", "测*"]
    assert {entry.login for entry in own} == {""}
    other = Enterprise(key="E2", name="乙公司")
    with acting_as(None), change("登记") as changes:
        changes.save(other)
    assert history_of(firm, make_user("enterprise", enterprise=other)) == []


def test_the_history_of_many_costs_few_queries(
    firm: Enterprise, make_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        firm.district = f"第{number}区"
        with acting_as(None), change("试") as changes:
            changes.save(firm)
    reader = make_user("office")
    with django_assert_max_num_queries(3):
        assert len(history_of(firm, reader)) == 22


def test_relations_are_named(firm: Enterprise, make_user: Any) -> None:
    account = make_user("visitor")
    account.role, account.enterprise = "enterprise", firm
    with acting_as(None), change("任命") as changes:
        changes.save(account)
    lines = {
        line.key: line
        for line in entries(Change.objects.filter(action="update")[:1], make_user("auditor"))[0].lines
    }
    assert lines["enterprise_id"].after == "包头甲公司"
    assert (lines["role"].before, lines["role"].after) == ("访客", "企业用户")


def test_entries_outlive_what_they_speak_of(firm: Enterprise, auditor: Any) -> None:
    with acting_as(None), change("重复登记") as changes:
        changes.delete(firm)
    entry = Change.objects.get(action="delete")
    page = auditor.get(f"/audit/{entry.pk}/").content.decode()
    assert "包头甲公司" in page
    assert "重复登记" in page


def test_a_kind_that_no_longer_exists_is_still_read(auditor: Any) -> None:
    Change.objects.create(
        at=datetime(2020, 1, 1, tzinfo=UTC),
        actor="old",
        actor_role="emperor",
        action="update",
        model="gone.thing",
        object_id="1",
        object_label="旧物",
        before={"x": 1},
        after={"x": 2},
    )
    answer = auditor.get("/audit/?q=旧物&format=json").json()["results"][0]
    assert (answer["kind"], answer["changes"][0]["after"]) == ("gone.thing", "2")


def test_names_are_cut_to_their_first_character() -> None:
    assert [mask_name(name) for name in ("张三丰", "Z", "")] == ["张*", "Z*", ""]


def test_the_list_costs_few_queries(
    firm: Enterprise, auditor: Any, django_assert_max_num_queries: Any
) -> None:
    with acting_as(None), change("批量") as changes:
        for number in range(60):
            changes.event("documents.read", f"第{number}号")
    with django_assert_max_num_queries(9):
        auditor.get("/audit/")
