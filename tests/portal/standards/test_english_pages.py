"""Pages of standards and grants in English show Chinese only as content, with the real standards and the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from luming_portal.accounts.models import User
from luming_portal.grants.services import give_sight
from luming_portal.installation import _demonstrate, load_packs
from luming_portal.institutions.models import Institution
from luming_portal.operations.jobs import run_job
from luming_portal.standards import catalogue
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.models import AssessmentRun
from luming_portal.standards.run_lists import LISTS, lines, results_of
from luming_portal.standards.run_services import ask_for_run, draft_list
from luming_portal.standards.services import declare_complete
from portal.test_english import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def demonstration(settings: Any, small_packs: None) -> dict[str, User]:
    """The repository's packs with the demonstration; people by the name of their click."""
    settings.PACKS, settings.DEBUG = Path(__file__).parents[3] / "packs", True
    catalogue.forget()
    load_packs(settings.PACKS)
    _demonstrate()
    return {name: User.objects.get(username=f"demo-{name}") for name in ("office", "enterprise", "bank")}


def test_an_officer_reads_runs_lists_and_the_ladder(demonstration: dict[str, User], client_of: Any) -> None:
    office, today = demonstration["office"], timezone.localdate()
    first, second = (_run(office) for _ in range(2))
    waiting = ask_for_run("等待", today, shelf().in_force(today), by=office, invented=True)
    candidates = [line.result for line in lines(results_of(office, first), "tech_sme", "candidates")]
    item = draft_list(first, "tech_sme", candidates, by=office, title="名单")
    declare_complete("高新技术企业", today, today, "名单", by=office)
    walk = Walk(client_of(office))
    walk.get(
        "/standards/", "/standards/?q=zzz", "/standards/runs/", "/standards/runs/new/", "/standards/complete/"
    )
    walk.get(*(f"/standards/runs/{first.pk}/?standard=tech_sme&list={name}" for name in LISTS))
    walk.get(f"/standards/runs/{waiting.pk}/", f"/standards/runs/{second.pk}/against/{first.pk}/")
    walk.get("/standards/lists/", f"/standards/lists/{item.pk}/", "/standards/facts/import/")
    walk.get("/standards/ladder/", "/standards/ladder/?demo=1")
    walk.post("/standards/runs/new/", {})
    walk.post("/standards/complete/", {})
    walk.post(f"/standards/lists/{item.pk}/freeze/", {})
    assert not walk.found
    assert walk.count(200) >= 17


def test_a_firm_and_its_bank_read_their_pages(demonstration: dict[str, User], client_of: Any) -> None:
    person, today = demonstration["enterprise"], timezone.localdate()
    firm, rules = person.enterprise, shelf().in_force(today)
    assert firm is not None
    bank = Institution.objects.get(pk=demonstration["bank"].institution_id)
    grant = give_sight(firm, bank, rules[:8], by=person, purpose="授信", first_day=today, last_day=today)
    walk, home = Walk(client_of(person)), f"/standards/firms/{firm.pk}/"
    walk.get(home, f"{home}facts/", *(f"{home}{rule.key}/" for rule in rules))
    walk.get("/grants/", "/grants/new/", f"/grants/{grant.pk}/", f"/grants/{grant.pk}/sight/")
    walk.post(f"{home}what-if/", {"rd": "3000"})
    walk.post(f"{home}what-if/", {"rd": "abc"})
    walk.post(f"{home}facts/", {"employees": "10", "tech_staff": "x"})
    walk.post("/grants/new/", {})
    assert not walk.found
    lender = Walk(client_of(demonstration["bank"]))
    lender.get("/grants/", f"/grants/{grant.pk}/sight/")
    assert not lender.found
    assert lender.count(200) == 2


def _run(office: User) -> AssessmentRun:
    today = timezone.localdate()
    run = ask_for_run("演示", today, shelf().in_force(today), by=office, invented=True)
    run_job.call(str(run.job))
    run.refresh_from_db()
    return run
