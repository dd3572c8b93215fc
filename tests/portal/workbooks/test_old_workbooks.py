"""An ugly workbook from the upload to the book of facts: nothing before it is confirmed, every cell told, once is once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from facts.ugly_workbook import dates_as_text, ugly
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.indicators.models import Fact, Source
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping
from portal.workbooks.conftest import Desk, address, fields_of, row_of
from portal_records import fact, seen, source

pytestmark = pytest.mark.django_db


def figures(page: Any) -> dict[str, str]:
    """The figures of a page by their cells."""
    return {one.where: f"{one.fact.value}{one.fact.unit}" for one in page.context["preview"].figures}


def checked(desk: Desk, page: Any, **more: Any) -> Any:
    """Everything looked at, the unknown row named."""
    given = {"do": "all_checked", f"{row_of(page, '需求清单')}-means": "人才技术需求清单项数", **more}
    return desk.correct(page, **given)


def test_nothing_is_entered_before_it_is_loaded_and_then_with_its_source(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    assert page.status_code == 200
    assert figures(page)["进展!D5"] == "12个"
    assert figures(page)["进展!E6"] == "0.5万人"
    assert [one.converted for one in page.context["figures"] if one.where == "进展!E6"] == ["5000人"]
    assert [one.where for one in page.context["figures"] if one.is_formula] == ["进展!E5"]
    assert page.context["waiting"] == ["进展“域外科创飞地”:与“域外科创飞地数”相近(92%)"]
    page = checked(office, page)
    assert (Fact.objects.count(), Source.objects.count()) == (0, 0)

    done = office.load(
        page, title="6月人才月报", date="2025-07-03", recorded_on="2025-07-05", remember="人才月报"
    )
    assert "已装入:新增8个,更正0个,台账已有0个,没有装入0个" in seen(done)
    made = Fact.objects.select_related("source").get(indicator__key="flexible_teams", period="2025-06")
    assert (made.value, made.unit, made.subject) == (Decimal(15), "个", "包头市")
    assert made.recorded_on == dt.date(2025, 7, 5)
    assert (made.source.title, made.source.publisher, made.source.date) == (
        "6月人才月报",
        "市人社局",
        "2025-07-03",
    )
    assert made.note == "工作簿单元格 进展!E5(公式的结果)"
    assert Fact.objects.get(indicator__key="remote_enclaves", period="2025-06").status == "estimate"
    assert StagedWorkbook.objects.count() == 0
    assert Change.objects.filter(action="workbook.loaded").count() == 1
    assert WorkbookMapping.objects.get().name == "人才月报"


def test_what_is_unsure_must_be_looked_at_before_anything_is_loaded(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    answer = office.load(page)
    assert answer.status_code == 400
    assert "还有1处没有核对" in seen(answer)
    assert Fact.objects.count() == 0
    page = office.correct(page, **{f"{row_of(page, '域外科创飞地')}-ok": "1"})
    assert page.context["waiting"] == []


def test_cells_at_fault_are_told_all_at_once_and_the_rest_may_go_first(office: Desk) -> None:
    page = checked(office, office.upload(ugly()))
    assert [where for where, _, _ in page.context["preview"].faults] == ["进展!D10", "进展!E10"]
    assert "公式没有存下结果" in seen(page)
    answer = office.load(page)
    assert answer.status_code == 400
    assert "有2处不能装入" in seen(answer)
    assert Fact.objects.count() == 0
    assert "新增8个" in seen(office.load(page, partly="1"))


def test_hidden_sheets_rows_and_columns_are_named_and_taken_only_when_chosen(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    text = seen(page)
    assert "隐藏的工作表(不勾选就不读)" in text
    assert "也取隐藏的行(7)" in text
    assert "隐藏的列:G,要取请在下面改“读作”" in text
    assert not any(one.fact.indicator == "tech_checkup_firms" for one in page.context["figures"])
    page = office.correct(page, hidden=["底稿"], **{"s0-hidden_rows": "1"})
    assert figures(page)["进展!E7"] == "120家"
    assert figures(page)["底稿!B2"] == "77家"


def test_macros_are_said_and_never_run(office: Desk) -> None:
    page = office.upload(ugly(macros=True), "月报.xlsm")
    assert "这份工作簿带有宏" in seen(page)
    assert figures(page)["进展!E5"] == "15个"


def test_days_as_text_are_read(office: Desk) -> None:
    page = office.upload(dates_as_text(), "进度.xlsx")
    told = {one.where: one.fact.period.text for one in page.context["figures"]}
    assert told == {
        "进度!B3": "2025-03-31",
        "进度!B4": "2025-04-30",
        "进度!B5": "2025-05",
        "进度!B6": "2025-06-30",
        "进度!B7": "2025-07",
    }


def test_the_page_shows_the_sheet_with_its_merged_cells_and_letters(office: Desk) -> None:
    page = office.upload(ugly())
    text = page.content.decode()
    assert 'colspan="7"' in text
    assert 'rowspan="2"' in text
    assert '<th scope="col">D</th>' in text
    assert '<th scope="row">7 <small>隐藏</small></th>' in text


def test_a_column_a_unit_and_a_period_can_be_read_otherwise(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    columns = {part.item.column: f"c0-{part.number}" for part in page.context["sheets"][0].columns}
    page = office.correct(
        page,
        **{
            f"{columns['D']}-role": "ignored",
            f"{columns['E']}-period": "2025年1—6月",
            f"{row_of(page, '科技体检入企数')}-means": "",
        },
    )
    assert {one.fact.period.text for one in page.context["figures"]} == {"2025-H1"}
    assert not any(where.startswith("进展!D") for where in figures(page))


def test_what_cannot_be_is_told_with_its_place_and_left_as_it_was(office: Desk) -> None:
    page = office.upload(ugly())
    key = row_of(page, "需求清单")
    answer = office.correct(
        page, **{f"{key}-means": "没有这个", "c0-3-unit": "个头", "c0-3-period": "何时", "s0-first": "x"}
    )
    assert answer.status_code == 400
    text = seen(answer)
    for words in ("指标字典里没有“没有这个”", "不认识单位“个头”", "不认识时期“何时”", "表头起止行:请填行号"):
        assert words in text
    assert answer.context["preview"].figures
    answer = office.correct(page, **{"s0-last": "99"})
    assert answer.status_code == 400
    assert "应为第1行至" in seen(answer)


def test_the_heading_and_the_column_of_row_names_can_be_chosen(office: Desk) -> None:
    page = office.correct(office.upload(ugly()), **{"s0-label": "C", "s0-rows_are": "subject"})
    sheet = page.context["sheets"][0].item
    assert (sheet.label_column, sheet.rows_are) == ("C", "subject")
    page = office.correct(page, **{"s0-label": "B", "s0-rows_are": "indicator", "s0-first": "4"})
    assert page.context["sheets"][0].item.head_rows == (4, 4)


def test_the_form_answers_in_part_and_asks_for_the_whole_page_when_rows_change(office: Desk) -> None:
    page = office.upload(ugly())
    sent = {**fields_of(page), "c0-3-role": "ignored"}
    part = office.client.post(address(page), sent, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<section id="figures"')
    sent["hidden"] = ["底稿"]
    part = office.client.post(address(page), sent, headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    stale = office.client.post(address(page), sent)
    assert stale.status_code == 409
    assert "别的页面上改过了" in seen(stale)


def test_known_figures_are_the_same_or_corrected_with_a_reason(office: Desk, dictionary: Any) -> None:
    by = source()
    fact(
        dictionary["flexible_teams"], by, key="A", period="2025-05", value=Decimal(12), unit="个",
        period_start=dt.date(2025, 5, 1), period_end=dt.date(2025, 5, 31), recorded_on=dt.date(2025, 6, 5),
    )  # fmt: skip
    fact(
        dictionary["flexible_teams"], by, key="B", period="2025-06", value=Decimal(14), unit="个",
        period_start=dt.date(2025, 6, 1), period_end=dt.date(2025, 6, 30), recorded_on=dt.date(2025, 7, 1),
    )  # fmt: skip
    page = checked(office, office.upload(ugly(uncounted=False)))
    assert [one.where for one in page.context["preview"].same] == ["进展!D5"]
    assert [one.where for one in page.context["preview"].changed] == ["进展!E5"]
    assert "<del>14个</del> → <ins>15个</ins>" in seen(page)
    answer = office.load(page)
    assert answer.status_code == 400
    assert "修改更正的数需要写明理由" in seen(answer)
    assert "新增6个,更正1个,台账已有1个" in seen(office.load(page, reason="月报更正"))
    now = Fact.objects.get(indicator__key="flexible_teams", period="2025-06", superseded=False)
    assert (now.value, now.supersedes) == (Decimal(15), "B")
    assert Fact.objects.filter(indicator__key="flexible_teams", period="2025-05").count() == 1


def test_a_figure_may_be_left_out(office: Desk) -> None:
    page = checked(office, office.upload(ugly(uncounted=False)))
    keep = [str(one.number) for one in page.context["entering"] if one.where != "进展!D5"]
    assert "新增7个,更正0个,台账已有0个,没有装入1个" in seen(office.load(page, take=keep))
    assert not Fact.objects.filter(indicator__key="flexible_teams", period="2025-05").exists()


def test_the_same_workbook_loaded_twice_adds_nothing(office: Desk) -> None:
    for words in ("新增8个,更正0个,台账已有0个", "新增0个,更正0个,台账已有8个"):
        page = checked(office, office.upload(ugly(uncounted=False)))
        assert words in seen(office.load(page, title=f"月报{words[2]}"))
    assert Fact.objects.count() == 8


def test_a_preview_that_is_no_longer_true_is_not_carried_out(office: Desk, dictionary: Any) -> None:
    page = checked(office, office.upload(ugly(uncounted=False)))
    fact(
        dictionary["flexible_teams"], source(), key="B", period="2025-06", value=Decimal(14), unit="个",
        period_start=dt.date(2025, 6, 1), period_end=dt.date(2025, 6, 30), recorded_on=dt.date(2025, 7, 1),
    )  # fmt: skip
    answer = office.load(page)
    assert answer.status_code == 409
    assert Fact.objects.count() == 1
    assert len(answer.context["preview"].changed) == 1


def test_a_day_that_has_not_come_is_told(office: Desk) -> None:
    page = checked(office, office.upload(ugly(uncounted=False)))
    later = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    answer = office.load(page, recorded_on=later)
    assert answer.status_code == 409
    assert Fact.objects.count() == 0
    assert "晚于今天" in seen(answer)
    answer = office.load(page, recorded_on="昨天", title="")
    assert answer.status_code == 400
    assert Fact.objects.count() == 0


def test_a_department_corrects_only_what_it_answers_for(department: Desk, dictionary: Any) -> None:
    by = source()
    for key, period in (("tech_checkup_firms", "2025-06"), ("flexible_teams", "2025-06")):
        fact(
            dictionary[key], by, key=key, period=period, value=Decimal(1), unit=dictionary[key].unit,
            period_start=dt.date(2025, 6, 1), period_end=dt.date(2025, 6, 30), recorded_on=dt.date(2025, 7, 1),
        )  # fmt: skip
    page = checked(department, department.upload(ugly(uncounted=False)), **{"s0-hidden_rows": "1"})
    assert [one.where for one in page.context["preview"].changed] == ["进展!E5"]
    ((where, text, sentence),) = page.context["preview"].faults
    assert (where, text) == ("进展!E7", "120")
    assert "只能修改本单位(市人社局)负责的数据" in seen(sentence)
    assert "更正1个" in seen(department.load(page, reason="更正", partly="1"))
    assert Fact.objects.get(key="tech_checkup_firms").superseded is False


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0", "旧版 .xls 请在表格软件中另存为 .xlsx"),
        ("图.png", b"\x89PNG", "不是能读的工作簿"),
        ("空.xlsx", b"", "是空文件"),
        ("坏.xlsx", b"PK\x03\x04....", "损坏的工作簿"),
        (
            "锁.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "加了密码的工作簿",
        ),
        ("散文.csv", "一段话\n没有表格\n".encode(), "没有带标题行的数据表"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    office: Desk, name: str, content: bytes, words: str
) -> None:
    answer = office.upload(content, name)
    assert answer.status_code == 400
    assert words in seen(answer)
    assert StagedWorkbook.objects.count() == 0


def test_a_waiting_workbook_is_ones_own_and_can_be_given_up(office: Desk, department: Desk) -> None:
    page = office.upload(ugly())
    assert department.client.get(address(page)).status_code == 404
    assert department.client.post(f"{address(page)}load/", {}).status_code == 404
    office.client.post(address(page), {"do": "drop"})
    assert StagedWorkbook.objects.count() == 0


def test_no_more_than_twenty_wait(office: Desk) -> None:
    owner = office.upload(ugly()).context["staged"].owner
    for at in range(19):
        StagedWorkbook(owner=owner, file_name=f"{at}.xlsx", original=b"", content="").save()
    answer = office.upload(ugly())
    assert answer.status_code == 400
    assert "已有20份没有装入的工作簿" in seen(answer)


def test_others_do_not_hand_in(make_user: Any, client_of: Any, dictionary: Any) -> None:
    for role in (Role.AUDITOR, Role.DISTRICT, Role.ENTERPRISE):
        answer = Desk(client_of(make_user(role))).upload(ugly())
        assert answer.status_code == 403
