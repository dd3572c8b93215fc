"""The procedures of the packs, walked by people of the portal: everybody who has to act can, and the money moves."""

from __future__ import annotations

import pytest

from luming_portal.budgets.models import BudgetBalance
from portal.procedures.conftest import BUREAU, WAN, Town

pytestmark = pytest.mark.django_db

TO_THE_AWARD = ["submit", "accept", "recommend", "pass_formal", "seat", "reviewed", "award", "publicity_over"]
WALKS = [
    ("project_guide", ["call", "collected", "submit", "argued", "release"], {}),
    ("appeal", ["file", "dispatch", "sign", "contact", "consult", "consulted", "answer", "pass_answer", "solved"], {}),
    ("challenge_bid", ["submit", "qualify", "win"], {}),
    (
        "pilot_line",
        ["submit", "accept", "consulted", "approve", "commitments_kept", "complete", "pass_acceptance", "start", "convert",
         "converted"],
        {},
    ),
    ("scenario", ["submit", "confirm", "release", "interest", "start_matching", "match"], {}),
    ("service_agency", ["submit", "check", "pass", "enter", "report", "grade"], {}),
    ("tech_checkup", ["plan", "visit", "prescribe", "confirm", "follow", "recheck_early", "recheck"], {}),
    (
        "platform_evaluation",
        ["notify", "report", "checked", "seat", "scored", "grade", "confirm"],
        {},
    ),
    (
        "innovation_award",
        ["nominate", "qualify", "vetted", "seat", "shortlist", "defended", "propose", "decide", "publicity_over", "award"],
        {},
    ),
    (
        "talent_card",
        ["submit", "employer_pass", "pass_full_time", "review", "approve", "publicity_over", "issue", "start_yearly",
         "yearly_passed"],
        {"valid_to": "2030-09-22"},
    ),
    ("talent_benefit", ["request", "dispatch", "finish", "confirm"], {}),
    ("objection", ["file", "accept", "answer", "conclude", "uphold"], {}),
    (
        "result_evaluation",
        ["submit", "accept", "contract", "seat", "scored", "conclude", "sign", "complain", "complaint_dismissed",
         "register"],
        {"due_on": "2026-06-30"},
    ),
    (
        "regional_platform",
        ["submit", "recommend", "pass_compliance", "reviewed", "spot_checked", "pass_integrity", "recognise",
         "publicity_over"],
        {},
    ),
]  # fmt: skip
PAYING = [
    (
        "project",
        [*TO_THE_AWARD, "sign", "pay_first", "report", "ask_change", "allow_change", "hand_in_midterm", "pass_midterm",
         "pay_midterm", "ask_acceptance", "open_acceptance", "pass_acceptance", "pay_final", "hand_in_performance",
         "close"],
        {"award": "300", "payment": "100"},
        300,
    ),
    (
        "challenge",
        ["submit", "recommend", "pass_formal", "refined", "post", "bids_in", "select", "reviewed", "publicity_over",
         "sign", "pay_first", "report_milestone", "pass_milestone", "no_milestone_payment", "ask_acceptance",
         "open_acceptance", "pass_acceptance", "pay_final", "register"],
        {"award": "200", "payment": "80"},
        160,
    ),
    (
        "demonstration",
        [*TO_THE_AWARD, "sign", "report", "ask_acceptance", "user_rated", "pass_acceptance", "pay", "promoted"],
        {"award": "500", "payment": "450", "requested": "500"},
        450,
    ),
    (
        "platform_recognition",
        ["submit", "enter", "apply", "recommend", "pass_compliance", "seat", "reviewed", "recognise", "confirm", "pay",
         "report"],
        {"award": "30"},
        30,
    ),
    (
        "first_claim",
        ["submit", "verify", "seat", "proved", "publicity_over", "reward", "pay"],
        {"award": "50"},
        50,
    ),
    (
        "support_application",
        ["submit", "accept", "pass_district", "pass_check", "reviewed", "approve", "publicity_over", "to_city",
         "city_approve", "release", "pay", "receipt", "archive"],
        {"award": "20", "unit": "市工信局"},
        20,
    ),
    (
        "support_fast",
        ["submit", "assign", "checked", "approve", "confirm", "pay"],
        {"award": "30", "unit": "市工信局"},
        30,
    ),
    (
        "support_automatic",
        ["list", "compared", "approve", "confirm", "publicity_over", "request", "finance_pass", "pay", "receive"],
        {"award": "30", "unit": "市工信局"},
        30,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "steps", "said"), WALKS, ids=[key for key, _, _ in WALKS])
def test_people_of_the_portal_can_take_it_through(
    key: str, steps: list[str], said: dict[str, str], town: Town
) -> None:
    case = town.walk(key, steps, **said)
    assert case.number
    assert case.events.count() >= len(steps)


@pytest.mark.parametrize(("key", "steps", "said", "paid"), PAYING, ids=[one[0] for one in PAYING])
def test_the_money_is_paid_and_nothing_stays_bound(
    key: str, steps: list[str], said: dict[str, str], paid: int, town: Town
) -> None:
    case = town.walk(key, steps, line="科技专项", matter=f"{key}-1", **said)
    assert case.number
    balance = BudgetBalance.objects.get(line=town.line)
    assert (balance.reserved, balance.committed, balance.paid) == (0, 0, paid * WAN)
    assert any(name == "paper:payment_receipt" for name in town.noted)


def test_money_comes_back_after_it_was_paid(town: Town) -> None:
    said = {"line": "科技专项", "matter": "back-1", "unit": BUREAU}
    town.walk(
        "support_fast", ["submit", "assign", "checked", "approve", "confirm", "pay"], award="30", **said
    )
    steps = ["register", "found", "notify", "state", "decide", "returned"]
    case = town.walk("clawback", steps, recovered="30", **said)
    assert case.closed_at is not None
    balance = BudgetBalance.objects.get(line=town.line)
    assert balance.paid - balance.returned == 0
