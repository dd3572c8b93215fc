"""Facts of firms: who may state them, what stands on a day, where each comes from, and that nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luming_portal.accounts.rights import Refused
from luming_portal.audit.models import Change
from luming_portal.standards.known import knowledge_of
from luming_portal.standards.models import FirmFact, Origin
from luming_portal.standards.services import (
    FactsRefused,
    Statement,
    declare_complete,
    state_facts,
    withdraw_complete,
)
from portal.conftest import recorded
from portal.standards.conftest import DAY, GOOD, World

pytestmark = pytest.mark.django_db


def state(world: World, values: dict[str, str], year: int = 2025, who: str = "firm", **more: Any) -> int:
    return state_facts(
        [Statement(world.firm, year, values, "审计报告")],
        by=world.people[who],
        today=dt.date(2026, 5, 1),
        **more,
    )


def test_a_statement_is_kept_with_who_when_and_on_what(world: World) -> None:
    assert state(world, {"rd": "80.5"}) == 1
    fact = FirmFact.objects.get()
    assert (fact.value, fact.origin, fact.source, fact.entered_by) == (
        "80.5",
        Origin.FIRM,
        "审计报告",
        world.people["firm"],
    )
    assert Change.objects.filter(model="standards.firmfact", action="create").count() == 1


def test_a_correction_is_a_new_row_and_the_old_knowledge_can_be_asked(world: World) -> None:
    state_facts(
        [Statement(world.firm, 2025, {"rd": "80"})], by=world.people["firm"], today=dt.date(2026, 3, 1)
    )
    state_facts(
        [Statement(world.firm, 2025, {"rd": "70"})], by=world.people["office"], today=dt.date(2026, 5, 1)
    )
    assert list(FirmFact.objects.values_list("value", flat=True)) == ["80", "70"]
    assert knowledge_of(world.firm, DAY).known["rd"].written == "70"
    assert knowledge_of(world.firm, DAY).known["rd"].origin == "office"
    assert knowledge_of(world.firm, DAY, dt.date(2026, 4, 1)).known["rd"].written == "80"
    assert "rd" not in knowledge_of(world.firm, DAY, dt.date(2026, 2, 1)).known


def test_the_same_again_is_no_new_row_and_empty_takes_back(world: World) -> None:
    state(world, {"rd": "80"})
    assert state(world, {"rd": "80", "tech_staff": ""}) == 0
    assert state(world, {"rd": ""}) == 1
    assert "rd" not in knowledge_of(world.firm, DAY).known


def test_last_years_statement_is_the_year_before_but_no_stale_figure_stands_in(world: World) -> None:
    state(world, {"revenue": "900", "employees": "50"}, year=2024)
    known = knowledge_of(world.firm, DAY).known
    assert known["revenue_y2"].written == "900"
    assert known["revenue_y2"].origin == "earlier"
    assert "revenue" not in known
    assert "employees" not in known
    state(world, {"revenue_y2": "910"})
    assert knowledge_of(world.firm, DAY).known["revenue_y2"].written == "910"


def test_a_day_of_founding_holds_for_every_year(world: World) -> None:
    state(world, {"founded": "2019-05-31"}, year=2023)
    assert knowledge_of(world.firm, DAY).known["founded"].fact == dt.date(2019, 5, 31)


def test_the_register_gives_the_figure_of_its_very_year(world: World) -> None:
    world.firm.revenue, world.firm.revenue_period = Decimal("0.35"), "2025"
    known = knowledge_of(world.firm, DAY).known["revenue"]
    assert (known.written, known.origin) == ("3500", "register")
    world.firm.revenue_period = "2024"
    found = knowledge_of(world.firm, DAY).known
    assert "revenue" not in found
    assert found["revenue_y2"].written == "3500"
    world.firm.revenue_period = "2025H1"
    assert not {"revenue", "revenue_y2"} & set(knowledge_of(world.firm, DAY).known)


def test_a_stated_figure_comes_before_the_register(world: World) -> None:
    world.firm.revenue, world.firm.revenue_period = Decimal("0.35"), "2025"
    state(world, {"revenue": "3456.78"})
    assert knowledge_of(world.firm, DAY).known["revenue"].written == "3456.78"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"issued_on": "2024-01-01", "valid_until": "2026-06-30"}, True),
        ({"issued_on": "2024-01-01", "valid_until": "2026-06-29"}, None),
        ({"issued_on": "2026-07-01", "valid_until": "2029-06-30"}, None),
        ({"issued_on": "2024-01-01"}, None),
        ({"valid_until": "2027-01-01"}, True),
        (None, None),
    ],
)
def test_a_title_is_yes_or_unknown_while_the_register_is_not_complete(
    world: World, entry: dict[str, str] | None, expected: bool | None
) -> None:
    if entry is not None:
        world.title(**{name: dt.date.fromisoformat(day) for name, day in entry.items()})
    known = knowledge_of(world.firm, DAY)
    assert (known.known["star_valid"].fact if "star_valid" in known.known else None) is expected
    assert ("star_valid" in known.untold) is (expected is None)


def test_a_complete_register_says_no_until_it_is_taken_back(world: World) -> None:
    office = world.people["office"]
    item = declare_complete("星级企业", dt.date(2026, 1, 1), DAY, "公布名单", by=office)
    known = knowledge_of(world.firm, DAY).known["star_valid"]
    assert known.fact is False
    assert "公布名单" in known.source
    assert "star_valid" not in knowledge_of(world.firm, DAY + dt.timedelta(1)).known
    withdraw_complete(item, by=office, reason="名单有误")
    assert "star_valid" not in knowledge_of(world.firm, DAY).known


def test_an_entry_without_a_term_stays_unknown_even_in_a_complete_register(world: World) -> None:
    declare_complete("星级企业", dt.date(2026, 1, 1), DAY, "公布名单", by=world.people["office"])
    world.title(issued_on=dt.date(2024, 1, 1))
    assert "star_valid" not in knowledge_of(world.firm, DAY).known


def test_only_the_office_declares_a_register_complete(world: World) -> None:
    for who in ("department", "district", "firm", "auditor"):
        with pytest.raises(Refused):
            declare_complete("星级企业", DAY, DAY, "名单", by=world.people[who])


@pytest.mark.parametrize("who", ["other", "district", "auditor"])
def test_nobody_else_states_facts_of_a_firm(world: World, who: str) -> None:
    with pytest.raises(Refused):
        state(world, {"rd": "1"}, who=who)
    assert not FirmFact.objects.exists()


def test_a_firm_does_not_give_itself_experts_points(world: World) -> None:
    with pytest.raises(FactsRefused):
        state(world, {"expert": "40"})
    assert state(world, {"expert": "30"}, who="department") == 1


def test_nothing_is_kept_when_one_value_cannot_be_read(world: World) -> None:
    with pytest.raises(FactsRefused) as refused:
        state(world, {"rd": "80", "employees": "十个", "nonsense": "1"})
    assert [key for key, _sentence in refused.value.problems] == ["employees", "nonsense"]
    assert not FirmFact.objects.exists()


def upload(client: Any, text: str, **more: str) -> Any:
    file = SimpleUploadedFile("firms.csv", text.encode("utf-8-sig"))
    return client.post("/standards/facts/import/", {"file": file, "year": "2025", "source": "年报", **more})


def test_a_table_is_taken_in_by_label_or_key(world: World, client_of: Any) -> None:
    client = client_of(world.people["department"])
    text = (
        "企业名称,统一社会信用代码,职工总数(人),tech_staff\n甲公司,,100,20\n乙公司,91150200MA0DEM0002,40,3\n"
    )
    assert upload(client, text).status_code == 302
    assert FirmFact.objects.filter(origin=Origin.FILE).count() == 4
    assert knowledge_of(world.other, DAY).known["tech_staff"].written == "3"
    assert upload(client, text).status_code == 302
    assert FirmFact.objects.count() == 4


def test_faults_are_told_by_row_and_column_and_nothing_is_taken_in(world: World, client_of: Any) -> None:
    text = "企业名称,职工总数,研发费用\n甲公司,一百,80\n丙公司,1,1\n甲公司,2,2\n"
    answer = upload(client_of(world.people["office"]), text)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "第2行“职工总数”" in page
    assert "第3行“企业名称”" in page
    assert "丙公司" in page
    assert "第4行“企业名称”" in page
    assert not FirmFact.objects.exists()


def test_doubts_have_to_be_looked_at_first(world: World, client_of: Any) -> None:
    client = client_of(world.people["office"])
    text = "企业名称,职工总数,科技人员数\n甲公司,10,20\n"
    answer = upload(client, text)
    assert answer.status_code == 400
    assert "第2行“科技人员数”" in answer.content.decode()
    assert not FirmFact.objects.exists()
    assert upload(client, text, accept="1").status_code == 302
    assert FirmFact.objects.count() == 2


def test_a_slip_of_the_unit_against_last_year_is_seen(world: World, client_of: Any) -> None:
    state(world, {"revenue": "1000"}, year=2024)
    answer = upload(client_of(world.people["office"]), "企业名称,销售收入\n甲公司,9800\n")
    assert answer.status_code == 400
    assert "疑似把单位弄错" in answer.content.decode()


def test_the_form_asks_again_where_figures_are_doubtful(world: World, client_of: Any) -> None:
    client, address = client_of(world.people["firm"]), f"/standards/firms/{world.firm.pk}/facts/?year=2025"
    posted = {"employees": "10", "tech_staff": "20", "source": "年报"}
    answer = client.post(address, posted)
    assert answer.status_code == 400
    assert not FirmFact.objects.exists()
    assert client.post(address, {**posted, "accept": "1"}).status_code == 302
    assert FirmFact.objects.count() == 2


def test_invented_firms_have_invented_facts(world: World) -> None:
    with recorded() as changes:
        world.firm.demo = True
        changes.save(world.firm)
    state(world, GOOD)
    assert all(FirmFact.objects.values_list("demo", flat=True))
