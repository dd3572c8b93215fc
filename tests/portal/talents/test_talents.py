"""Talent cards by numbered class, days of those who come part of the year, and a table of benefits that guesses nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from luming_portal.accounts.roles import Role
from luming_portal.enterprises.models import Enterprise
from luming_portal.talents.following import follow
from luming_portal.talents.loading import load_register
from luming_portal.talents.models import BenefitState, TalentBenefit, TalentCard
from portal.conftest import recorded
from portal.panels.making import make_case

pytestmark = pytest.mark.django_db


def _card(**fields: Any) -> TalentCard:
    given = {
        "key": "K1",
        "name": "白教授",
        "employer": "甲公司",
        "talent_class": "三类",
        "engagement": "柔性",
    }
    return TalentCard(**(given | fields))


@pytest.mark.parametrize(
    ("days", "urgent", "stands"), [(74, False, False), (74, True, True), (None, False, False)]
)
def test_who_comes_part_of_the_year_was_here_long_enough(
    days: int | None, urgent: bool, stands: bool
) -> None:
    """Mechanisms reference, section 16, vector 22."""
    card = _card(days=days, urgent=urgent)
    if stands:
        card.clean()
    else:
        with pytest.raises(ValidationError) as problem:
            card.clean()
        assert list(problem.value.message_dict) == ["days"]


def test_letters_are_another_citys_classes() -> None:
    with pytest.raises(ValidationError):
        _card(talent_class="A", engagement="全职").full_clean()
    with pytest.raises(ValidationError) as problem:
        TalentBenefit(key="x", name="x", classes=["一类", "B"]).clean()
    assert "B" in str(problem.value)


def test_a_secret_card_is_never_published() -> None:
    with pytest.raises(ValidationError):
        _card(engagement="全职", secret=True, published=True).clean()


def test_only_name_unit_and_class_are_public(client_of: Any, make_user: Any) -> None:
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E1", name="甲公司"))
        changes.save(_card(published=True, days=100, number="卡0417", enterprise=firm))
        changes.save(_card(key="K2", name="不公示的人", secret=True, days=200, enterprise=firm))
        changes.save(_card(key="K3", name="别家的人", employer="乙公司", days=222))
    public = client_of(None).get("/registers/talent-cards/?cols=all").content.decode()
    assert "白教授" in public
    for hidden in ("卡0417", "不公示的人", "别家的人", "柔性"):
        assert hidden not in public
    own = client_of(make_user(Role.ENTERPRISE, "own", enterprise=firm)).get("/registers/talent-cards/")
    text = own.content.decode()
    assert "不公示的人" in text
    assert "别家的人" not in text


def test_a_case_issues_and_suspends_a_card(make_user: Any) -> None:
    data = {
        "person_name": "白教授",
        "employer_name": "甲公司",
        "talent_class": "三类",
        "engagement": "柔性",
        "urgent": True,
        "days_in_city": 74,
        "card_no": "BT-0001",
        "valid_to": "2031-01-01",
        "secret_person": True,
    }
    case = make_case(process="talent_card", state="city_review", data=data)
    follow(None, case, None, None)
    assert not TalentCard.objects.exists()
    case.state = "valid"
    follow(None, case, None, None)
    card = TalentCard.objects.get()
    assert (card.number, card.valid_to, card.days, card.secret) == ("BT-0001", dt.date(2031, 1, 1), 74, True)
    card.clean()
    case.state = "suspended"
    follow(None, case, None, None)
    assert TalentCard.objects.get().state == "suspended"


def test_the_table_of_benefits_holds_what_was_read_and_says_what_was_not() -> None:
    with recorded() as changes:
        assert load_register(changes, settings.PACKS / "baotou") == 9
        assert load_register(changes, settings.PACKS / "baotou") == 0
    for one in TalentBenefit.objects.all():
        one.clean()
        read = one.state == BenefitState.READ
        assert (one.mark == "verified") == (one.state != BenefitState.TO_BRING_IN)
        assert read == bool(read and one.document)
        if one.state == BenefitState.TO_BRING_IN:
            said = [one.quota, one.department, one.document, *one.classes]
            assert not any(said), "nothing is guessed"
    assert not TalentBenefit.objects.filter(is_money=True, published=True).exists()
