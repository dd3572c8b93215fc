"""The demonstration year runs through the real cycle, tells each month apart, and goes without a trace."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from luming.monitor import demo_year
from luming.report import compose_bulletin, default_desk, html
from luming.reporting import Stage
from luming_portal.accounts.models import User
from luming_portal.cockpit.boards import SHELF
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact, Source
from luming_portal.registers.demonstration import remove_demonstration
from luming_portal.reporting.demo_year import run_demonstration_year
from luming_portal.reporting.demo_year_command import command
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.services import MonthRefused
from portal.conftest import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _demonstrating(settings: Any) -> None:
    """Demonstration accounts are made only there."""
    settings.DEBUG = True


@pytest.fixture
def version(baotou: None) -> DocumentVersion:
    """Baotou's document of 2025 as it was published."""
    found = current_version()
    assert found is not None
    return found


def _figures() -> list[object]:
    rows = Fact.objects.filter(demo=True).order_by("key", "pk")
    return list(rows.values_list("key", "value", "recorded_on", "supersedes"))


def test_a_year_through_the_cycle_goes_without_a_trace_and_comes_again_the_same(
    version: DocumentVersion,
) -> None:
    real = set(Fact.objects.filter(demo=False).values_list("key", "value"))
    told = run_demonstration_year(version, 2025)
    first = _figures()
    assert [one.month.month for one in told] == list(range(1, 13))
    assert len({report.unit for report in Report.objects.all()}) >= 28
    assert all(sum(part) for part in zip(*((one.late, one.returned) for one in told), strict=True))
    assert (
        not Report.objects.exclude(stage=Stage.PUBLISHED.value)
        .exclude(indicator__key="tech_firms_total")
        .exists()
    )
    assert not Report.objects.filter(demo=False).exists()
    assert set(Fact.objects.filter(demo=False).values_list("key", "value")) == real

    seed = {
        (fact.indicator, fact.period.start, fact.period.end): fact
        for fact in demo_year(pack_of(version), 2025)
        if fact.subject == "包头市"
    }
    for report in Report.objects.filter(indicator__isnull=False, fact__isnull=False).select_related("fact"):
        fact = report.fact
        held = seed.get((report.indicator.key, fact.period_start, fact.period_end))
        if held is not None and held.unit == fact.unit:
            assert fact.value == held.value, report
    assert Report.objects.filter(revisions__gt=0).exists()
    assert Fact.objects.filter(demo=True, superseded=True).exists()

    words = []
    for month in range(1, 13):
        day = dt.date(2025 + month // 12, month % 12 + 1, 15)
        board = SHELF.demo(version, day).board
        assert board.demo
        assert all(one.standing.latest is None or one.standing.latest.demo for one in board.assessments)
        words.append(html.render(compose_bulletin(board, default_desk(board))))
    assert len(set(words)) == 12

    with pytest.raises(MonthRefused, match="remove-demo"):
        run_demonstration_year(version, 2025)

    with recorded("清除演示数据") as changes:
        assert remove_demonstration(changes) == []
    for model in (Fact, Source, Report, ReportingMonth, User):
        assert not model.objects.filter(demo=True).exists()
    assert set(Fact.objects.filter(demo=False).values_list("key", "value")) == real

    run_demonstration_year(version, 2025)
    assert _figures() == first


def test_the_command_says_what_it_lacks(db: None, tmp_path: Path, settings: Any) -> None:
    answer = CliRunner().invoke(command, ["--out", str(tmp_path)])
    assert answer.exit_code == 1
    assert "还没有已发布的文件" in answer.output
    answer = CliRunner().invoke(command, ["--document", "nowhere.2025-1", "--out", str(tmp_path)])
    assert answer.exit_code == 1
    assert "没有编号为“nowhere.2025-1”的文件" in answer.output
    settings.DEBUG = False
    answer = CliRunner().invoke(command, ["--out", str(tmp_path)])
    assert answer.exit_code == 1
    assert "LUMING_DEBUG=1" in answer.output
    assert list(tmp_path.iterdir()) == []
