"""A unit contests a light it answers for; the office decides; beside the light it stands until the figure changes."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pytest
from django.db import connections

from luming.dispute import Beside, DisputeMove, DisputeState
from luming.facts import correction_id
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.disputes.models import LightDispute
from luming_portal.disputes.selectors import light_marks, remarks
from luming_portal.disputes.services import DisputeRefused, end_dispute, file_dispute
from luming_portal.indicators.models import Fact
from portal.disputes.conftest import DAY, Court
from portal.shared_database import shared_database
from portal_records import fact, kept, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(court: Court, client_of: Any) -> Any:
    """A client of a person by name; "" nobody."""
    return lambda who: client_of(court.people[who] if who else None)


def end(
    court: Court, dispute: LightDispute, move: DisputeMove, who: str = "office", reason: str = "已核"
) -> Any:
    """End a dispute at the version it stands at."""
    stored = LightDispute.objects.get(pk=dispute.pk)
    return end_dispute(stored, move, by=court.people[who], reason=reason, expected_version=stored.version)


def said(court: Court, **where: Any) -> tuple[Beside, ...]:
    """What stands beside the light."""
    return light_marks(court.shown(**where)).get(court.target, ())


def test_a_dispute_freezes_the_light_as_the_unit_saw_it(court: Court) -> None:
    item = court.item()
    dispute = court.file()
    assert (dispute.light, dispute.as_of, tuple(dispute.inputs)) == (
        item.light.light.value,
        DAY,
        item.light.inputs,
    )
    assert (dispute.unit, dispute.at, dispute.demo) == (court.people["lead"].unit, DisputeState.FILED, False)
    assert said(court) == (Beside.WAITING,)


def test_only_units_that_answer_for_the_target_may_contest(court: Court) -> None:
    with pytest.raises(Refused, match=court.people["lead"].unit):
        court.file("stranger")
    for who in ("office", "visitor"):
        with pytest.raises(Refused):
            court.file(who)
    for words in ({"reason": " "}, {"evidence": ""}):
        with pytest.raises(DisputeRefused, match="理由和依据"):
            court.file(**words)
    assert not LightDispute.objects.exists()


def test_one_open_dispute_a_target_and_unit(court: Court) -> None:
    first = court.file()
    with pytest.raises(DisputeRefused, match="已有一件"):
        court.file()
    end(court, first, DisputeMove.WITHDRAW, "lead", "")
    assert said(court) == ()
    assert court.file().pk != first.pk


def test_the_office_decides_with_a_reason_and_the_unit_withdraws(court: Court) -> None:
    dispute = court.file()
    with pytest.raises(DisputeRefused, match="理由"):
        end(court, dispute, DisputeMove.REJECT, reason=" ")
    with pytest.raises(Refused):
        end(court, dispute, DisputeMove.UPHOLD, "lead")
    with pytest.raises(Refused):
        end(court, dispute, DisputeMove.WITHDRAW, "office")
    with pytest.raises(Refused):
        end(court, dispute, DisputeMove.WITHDRAW, "stranger")
    done = end(court, dispute, DisputeMove.REJECT, reason="数据与公报一致")
    assert (done.at, done.decision, done.decided_by) == (
        DisputeState.REJECTED,
        "数据与公报一致",
        court.people["office"],
    )
    for move in DisputeMove:
        with pytest.raises(DisputeRefused, match="已经办结"):
            end(court, dispute, move, "lead" if move is DisputeMove.WITHDRAW else "office")
    entry = Change.objects.filter(model="disputes.lightdispute", action="update").get()
    assert entry.reason == "数据与公报一致"


def test_two_who_decide_at_once_decide_it_once(court: Court) -> None:
    dispute = court.file()
    stale = LightDispute.objects.get(pk=dispute.pk)
    end(court, dispute, DisputeMove.REJECT)
    with pytest.raises(StaleVersion):
        end_dispute(stale, DisputeMove.UPHOLD, by=court.people["office"], reason="另断", expected_version=1)
    assert LightDispute.objects.get().at is DisputeState.REJECTED


@pytest.mark.parametrize(
    ("move", "before"),
    [(DisputeMove.UPHOLD, Beside.TO_CORRECT), (DisputeMove.REJECT, Beside.REJECTED)],
)
def test_a_decision_changes_no_light_and_stands_until_the_figure_does(
    court: Court, move: DisputeMove, before: Beside
) -> None:
    light = court.item().light
    end(court, court.file(), move)
    assert court.item().light == light
    assert said(court) == (before,)
    old = Fact.objects.get(key=light.inputs[0])
    fact(
        old.indicator,
        old.source,
        key=correction_id(old.key, set(Fact.objects.values_list("key", flat=True))),
        subject=old.subject,
        period=old.period,
        period_start=old.period_start,
        period_end=old.period_end,
        value=old.value + 1,
        unit=old.unit,
        supersedes=old.key,
        recorded_on=DAY,
    )
    old.superseded = True
    kept(old)
    assert court.item().light.inputs != light.inputs
    assert said(court) == ()


def test_real_and_demonstration_never_mix(court: Court) -> None:
    invented = court.file(demo=True)
    assert invented.demo
    assert said(court) == ()
    assert said(court, demo=True) == (Beside.WAITING,)
    court.file()
    assert said(court) == (Beside.WAITING,)


def test_the_public_reads_the_outcome_and_no_names(court: Court, at: Any) -> None:
    court.file(reason="我局口径不同于统计局")
    for who in ("", "visitor", "stranger"):
        for address in ("/", court.address()):
            page = seen(at(who).get(address))
            assert "有申诉,待裁定" in page, (who, address)
            assert "我局口径" not in page
        assert "/disputes/" not in seen(at(who).get(court.address())).partition("<main")[2]
    assert "有申诉" not in seen(at("").get(court.address(demo=True)))


def test_the_unit_files_from_the_page_of_the_target(court: Court, at: Any) -> None:
    client = at("lead")
    page = client.get(court.address()).content.decode()
    assert "对这盏灯提出申诉" in page
    assert "对这盏灯提出申诉" not in at("stranger").get(court.address()).content.decode()
    address = f"/disputes/new/?as_of={DAY}&target={court.target}"
    light = court.item().light.light.value
    assert "亮灯理由" in client.get(address).content.decode()
    assert at("stranger").get(address).status_code == 403
    assert client.get("/disputes/new/?target=nothing").status_code == 404
    words = {"light": light, "reason": "<i>口径</i>不同", "evidence": "包统〔2025〕3号"}
    assert client.post(address, {**words, "reason": ""}).status_code == 400
    other = "green" if light != "green" else "red"
    assert client.post(address, {**words, "light": other}).status_code == 409
    filed = client.post(address, words, follow=True)
    assert "&lt;i&gt;口径&lt;/i&gt;不同" in filed.content.decode()
    assert client.post(address, words).status_code == 409
    assert "对这盏灯提出申诉" not in client.get(court.address()).content.decode()


def test_the_office_decides_on_the_page_and_is_told_the_two_ways(court: Court, at: Any) -> None:
    dispute = court.file()
    client, address = at("office"), f"/disputes/{dispute.pk}/"
    given = {"version": "1", "move": "uphold", "reason": "以更正后的公报为准"}
    assert client.post(f"{address}end/", {**given, "reason": ""}).status_code == 400
    assert client.post(f"{address}end/", {**given, "move": "fly"}).status_code == 400
    assert client.post(f"{address}end/", {**given, "version": "7"}).status_code == 409
    page = seen(client.post(f"{address}end/", given, follow=True))
    assert "overrides.yaml" in page
    assert "更正数据" in page
    assert client.post(f"{address}end/", given).status_code == 409
    assert "经申诉成立,待更正" in seen(at("").get(court.address()))
    assert "以更正后的公报为准" in seen(at("lead").get(court.address()))
    assert at("stranger").get(address).status_code == 404
    assert at("stranger").post(f"{address}end/", given).status_code == 404
    assert at("visitor").get("/disputes/").status_code == 403


def test_the_list_narrows_and_leaves_as_files(court: Court, at: Any) -> None:
    dispute = court.file()
    client = at("office")
    for query, found in (
        ("", True),
        ("q=口径", True),
        ("q=没有", False),
        ("state=filed", True),
        ("state=upheld", False),
    ):
        told = client.get(f"/disputes/?{query}&format=json").json()
        assert bool(told["disputes"]) is found, query
    assert at("stranger").get("/disputes/?format=json").json()["count"] == 0
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/disputes/?format=xlsx").content)).active
    (row,) = sheet.iter_rows(min_row=2, values_only=True)
    assert row[0] == dispute.target_label
    assert "统计口径不同" in client.get("/disputes/?format=csv").content.decode()
    assert "还没有申诉" in seen(at("stranger").get("/disputes/"))


def test_the_monthly_sheet_carries_the_remark(court: Court, at: Any) -> None:
    court.file()
    assert set(remarks(court.shown()).values()) == {"有申诉\uff0c待裁定"}
    answer = at("").get(f"/papers/monthly-sheet/?as_of={DAY}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert sum("有申诉" in cell for cell in cells) == 1
    clean = at("").get("/demo-year/papers/monthly-sheet/")
    book = openpyxl.load_workbook(io.BytesIO(clean.content))
    assert not [row for row in book.worksheets[0].iter_rows(values_only=True) if "有申诉" in str(row)]


@pytest.mark.django_db(transaction=True)
def test_of_six_who_file_at_once_one_does(court: Court, tmp_path: Any) -> None:
    start = threading.Barrier(6)
    shown, item = court.shown(), court.item()

    def run(_number: int) -> bool:
        start.wait()
        try:
            file_dispute(shown, item, by=court.people["lead"], reason="口径", evidence="文号")
        except DisputeRefused:
            return False
        finally:
            connections.close_all()
        return True

    with shared_database(tmp_path):
        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(run, range(6))) == 1
        assert LightDispute.objects.count() == 1
