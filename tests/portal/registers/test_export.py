"""Files: exactly the records and columns of the list, numbers as numbers, formulas harmless, every export on record."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from luming_portal.registers import export
from luming_portal.registers.catalog import registers
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases

FORMULAS = ("=1+1", "+86", "-5", "@cmd", "\tx", "\rx", "'=1", '=HYPERLINK("http://x")')


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db
def test_a_file_is_the_list(make_user: Any, client_of: Any) -> None:
    firm(key="E1", name="甲", district="青山区", revenue=Decimal("3.260"))
    firm(key="E2", name="乙", district="青山区", revenue=Decimal("12"))
    firm(key="E3", name="丙", district="九原区")
    client = client_of(make_user(Role.OFFICE))
    query = "district=青山区&sort=-revenue&columns=name,revenue&format="
    response = client.get(f"/registers/enterprises/?{query}csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "filename*=UTF-8''%E4%BC%81%E4%B8%9A-20" in response["Content-Disposition"]
    raw = _body(response)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [
        ["name", "revenue"],
        ["乙", "12"],
        ["甲", "3.260"],
    ]
    told = json.loads(_body(client.get(f"/registers/enterprises/?{query}json")), parse_float=Decimal)
    assert [(one["name"], one["revenue"]) for one in told["records"]] == [
        ("乙", 12),
        ("甲", Decimal("3.260")),
    ]
    assert [column["key"] for column in told["columns"]] == ["name", "revenue"]
    sheet = openpyxl.load_workbook(
        io.BytesIO(_body(client.get(f"/registers/enterprises/?{query}xlsx")))
    ).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["名称", "营业收入(亿元)"],
        ["乙", 12],
        ["甲", 3.26],
    ]
    assert sheet["B3"].data_type == "n"


@pytest.mark.django_db
def test_the_accept_header_asks_too(client_of: Any) -> None:
    firm(name="甲")
    client = client_of(None)
    assert _body(client.get("/registers/enterprises/", headers={"accept": "text/csv"})).startswith(
        b"\xef\xbb\xbf"
    )
    twin = client.get("/registers/enterprises/", headers={"accept": "application/json"}).json()
    assert (twin["page"], twin["pages"], twin["next"], twin["records"][0]["name"]) == (1, 1, None, "甲")
    assert client.get("/registers/enterprises/?format=pdf").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_harmless(text: str, client_of: Any) -> None:
    firm(name="甲", segment=text)
    client = client_of(None)
    address = "/registers/enterprises/?columns=segment&format="
    (cell,) = list(
        csv.reader(io.StringIO(_body(client.get(address + "csv")).decode("utf-8-sig"), newline=""))
    )[1]
    assert cell == "'" + text
    sheet = openpyxl.load_workbook(io.BytesIO(_body(client.get(address + "xlsx")))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


@pytest.mark.django_db
def test_an_export_is_on_record(make_user: Any, client_of: Any) -> None:
    firm(name="甲")
    user = make_user(Role.DEPARTMENT, unit="市科技局")
    _body(client_of(user).get("/registers/enterprises/?columns=name&q=甲&format=csv"))
    entry = Change.objects.get(action="register.exported")
    assert (entry.actor, entry.after["count"], entry.after["columns"], entry.after["format"]) == (
        user.username,
        1,
        ["name"],
        "csv",
    )


@pytest.mark.django_db
def test_many_records_with_personal_data_need_a_reason(make_user: Any, client_of: Any) -> None:
    with change("测试") as changes:
        changes.create_many([Enterprise(key=f"E{i}", name=f"企业{i}", phone="1") for i in range(101)])
    client = client_of(make_user(Role.OFFICE))
    address = "/registers/enterprises/?columns=name,phone&format="
    for form in ("csv", "xlsx"):
        refused = client.get(address + form)
        assert refused.status_code == 400
        assert "须写明理由" in seen(refused)
    assert "reason=" in client.get(address + "json").json()["detail"]
    assert not Change.objects.filter(action="register.exported").exists()
    assert client.get(address + "csv&reason=防汛联系").status_code == 200
    assert Change.objects.get(action="register.exported").reason == "防汛联系"
    assert client.get("/registers/enterprises/?columns=name&format=csv").status_code == 200
    assert client.get("/registers/enterprises/?columns=name,phone&q=企业1&format=csv").status_code == 200


def test_a_large_export_needs_little_memory() -> None:
    register = registers()["enterprises"]
    columns = [column for column in register.columns if column.shown]

    def values() -> Any:
        for number in range(100_000):
            yield (number, 1, *(f"值{number}" for _ in columns))

    tracemalloc.start()
    written = sum(len(piece) for piece in export.csv_stream(columns, values()))
    written += sum(len(piece) for piece in export.json_stream({}, columns, values()))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert written > 10_000_000
    assert peak < 4_000_000
