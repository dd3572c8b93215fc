"""Policy evaluation in the browser: the draft from the portal's figures, tables with faults, what is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luming.evaluation import TABLES, Span, money_clauses
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.evaluation.drafting import real_evaluation
from portal_records import seen

PAYMENTS = "凭证号,条款,收款单位,金额,单位,支付日期\n"


@pytest.fixture
def office(baotou: None, make_user: Any, client_of: Any) -> Any:
    return client_of(make_user(Role.OFFICE, "office", unit="领导小组办公室"))


def given(**more: Any) -> dict[str, Any]:
    version = current_version()
    assert version is not None
    return {"document": version.document_id, "stretch": "1", "format": "html", **more}


def table(text: str, name: str = "payments.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def test_the_draft_is_read_as_a_page_and_taken_along(office: Any) -> None:
    assert "政策评估" in seen(office.get("/evaluation/"))
    answer = office.post("/evaluation/", given())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2025年上半年" in page
    assert "资金支付" in page
    policy = answer.headers["Content-Security-Policy"]
    assert "'sha256-" in policy
    assert "style-src 'self' 'sha256-" in policy
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = office.post("/evaluation/", given(format=form))
        assert answer.content.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]
    drafted = Change.objects.filter(action="evaluation.drafted")
    assert drafted.count() == 3
    assert drafted.first().actor == "office"  # type: ignore[union-attr]


def test_the_demonstration_says_so_on_the_page_and_takes_no_real_table(office: Any) -> None:
    page = office.post("/evaluation/", given(demo="on")).content.decode()
    assert "演示数据" in page
    answer = office.post("/evaluation/", given(demo="on", payments=table(PAYMENTS)))
    assert answer.status_code == 400
    assert "演示年只用虚构数据" in seen(answer)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"stretch": "7"}, "7"),
        ({"document": "999"}, "选择"),
        ({"as_of": "2999-01-01"}, "还没有到"),
        ({"as_of": "2025-06-30"}, "才结束"),
        ({"as_of": "2025-13-01"}, "日期"),
    ],
)
def test_bad_choices_get_a_sentence(office: Any, more: dict[str, str], sentence: str) -> None:
    answer = office.post("/evaluation/", given(**more))
    assert answer.status_code == 400
    assert sentence in seen(answer)
    assert not Change.objects.filter(action="evaluation.drafted").exists()


def test_the_day_after_the_span_is_the_first_to_stand_on(office: Any) -> None:
    assert office.post("/evaluation/", given(as_of="2025-07-01")).status_code == 200


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (table(PAYMENTS), "只有列名"),
        (table(PAYMENTS + "1,没有的条款,甲公司,一百,万元,2025-02-01\n"), "第2行“金额”"),
        (table(PAYMENTS + '1,"x,甲\n'), "引号"),
        (table("列一,列二\n1,2\n"), "资金支付表.csv"),
        (SimpleUploadedFile("payments.csv", b"\xff\xfe\x00\x01\x80"), "资金支付表.csv"),
        (table(PAYMENTS, "payments.xlsx"), "不是 CSV"),
        (SimpleUploadedFile("payments.csv", b""), "空"),
    ],
)
def test_faults_of_a_table_are_told_and_nothing_is_drafted(office: Any, file: Any, sentence: str) -> None:
    file.seek(0)
    answer = office.post("/evaluation/", given(payments=file))
    assert answer.status_code == 400
    assert sentence in seen(answer)
    assert not Change.objects.filter(action="evaluation.drafted").exists()


@pytest.mark.parametrize("name", ["../../payments.csv", "a/b.csv", "~root.csv"])
def test_a_name_with_a_path_is_refused(office: Any, name: str) -> None:
    """The framework would cut the path off and take the rest."""
    head = f'Content-Disposition: form-data; name="payments"; filename="{name}"'
    body = f"--x\r\n{head}\r\nContent-Type: text/csv\r\n\r\n{PAYMENTS}\r\n--x--\r\n"
    answer = office.generic(
        "POST", "/evaluation/", body.encode(), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400
    assert "路径" in seen(answer)


def test_a_table_counts_and_a_missing_one_is_not_an_empty_one(baotou: None) -> None:
    version = current_version()
    assert version is not None
    without = real_evaluation(version, Span(2025, 1), dt.date(2025, 8, 1), {})
    assert [one.name for one in without.lacking()] == ["任务进展", "资金支付", "企业满意度"]
    assert without.funds is None
    clause = next(iter(money_clauses(pack_of(version)))).id
    text = PAYMENTS + f"1,{clause},甲公司,20,万元,2025-03-01\n"
    given_one = real_evaluation(
        version, Span(2025, 1), dt.date(2025, 8, 1), {"payments": text.encode("utf-8-sig")}
    )
    assert [one.name for one in given_one.lacking()] == ["任务进展", "企业满意度"]
    assert given_one.funds is not None
    assert not given_one.demo


@pytest.mark.parametrize("name", list(TABLES))
def test_an_empty_table_has_the_heads_that_are_read(office: Any, name: str) -> None:
    text = office.get(f"/evaluation/?table={name}").content.decode("utf-8-sig")
    assert text.strip().split(",") == [column.label for column in TABLES[name].columns]
    answer = office.post("/evaluation/", given(**{name: table(text, f"{name}.csv")}))
    assert answer.status_code == 400
    assert "只有列名" in seen(answer)
    assert office.get("/evaluation/?table=nothing").status_code == 404


def test_only_office_and_auditor_evaluate(baotou: None, make_user: Any, client_of: Any) -> None:
    assert client_of(make_user(Role.DEPARTMENT, unit="市科技局")).get("/evaluation/").status_code == 403
    assert client_of(None).post("/evaluation/", {}).status_code == 403
    assert client_of(make_user(Role.AUDITOR)).get("/evaluation/").status_code == 200


def test_without_a_document_the_page_says_so(db: None, make_user: Any, client_of: Any) -> None:
    page = seen(client_of(make_user(Role.OFFICE, unit="办公室")).get("/evaluation/"))
    assert "还没有已发布的文件" in page
