"""Claims to be the first or the most: nobody's word until checked, and what a case of the procedure brings in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.claims.following import follow
from luming_portal.claims.models import ClaimState, FirstClaim
from portal.conftest import recorded
from portal.panels.making import make_case

pytestmark = pytest.mark.django_db


def _claim(**fields: Any) -> FirstClaim:
    given = {
        "key": "C1",
        "product": "单机容量最大的电解槽",
        "kind": "“最”字号",
        "claim": "国内最大",
        "claimant": "甲公司",
    }
    return FirstClaim(**(given | fields))


def test_a_claim_holds_only_with_who_when_on_what_and_in_which_words() -> None:
    _claim().clean()
    with pytest.raises(ValidationError) as problem:
        _claim(state=ClaimState.HELD).clean()
    assert set(problem.value.message_dict) == {"checked_by", "checked_on", "evidence", "words"}
    with pytest.raises(ValidationError) as problem:
        _claim(state=ClaimState.NOT_HELD, checked_by="专家组").clean()
    assert set(problem.value.message_dict) == {"checked_on", "evidence"}
    _claim(
        state=ClaimState.HELD,
        checked_by="专家组",
        checked_on=timezone.localdate(),
        evidence="查新报告1号",
        words="2025年国内单槽最大",
    ).clean()


def test_a_case_brings_its_claim_in_and_its_end(make_user: Any) -> None:
    data = {
        "title": "电解槽",
        "claim_kind": "“最”字号",
        "scope": "全国",
        "statement": "单机容量最大",
        "launched_on": "2025-03-01",
    }
    case = make_case(process="first_claim", state="filed", data=data)
    follow(None, case, None, None)
    claim = FirstClaim.objects.get()
    assert (claim.state, claim.claim, claim.claimant) == ("claimed", "单机容量最大", "呦鹿稀土有限公司")
    assert claim.checked_on is None
    case.state = "expert_review"
    follow(None, case, None, None)
    assert FirstClaim.objects.get().version == 1, "nothing new, nothing written"
    case.state = "rewarding"
    case.data = {**data, "registered_claim": "2025年全国单机容量最大", "matter": "BT-F-1", "panel": "3"}
    follow(None, case, None, None)
    claim = FirstClaim.objects.get()
    assert (claim.state, claim.words, claim.number) == ("held", "2025年全国单机容量最大", "BT-F-1")
    claim.clean()
    other = make_case(process="project", title="别的流程")
    follow(None, other, None, None)
    assert FirstClaim.objects.count() == 1


def test_a_claim_that_was_refused_or_withdrawn_says_so(make_user: Any) -> None:
    case = make_case(process="first_claim", state="not_proved", outcome="refused", data={"title": "x"})
    follow(None, case, None, None)
    assert FirstClaim.objects.get().state == ClaimState.NOT_HELD
    gone = make_case(process="first_claim", state="withdrawn", outcome="withdrawn", data={"title": "y"})
    follow(None, gone, None, None)
    assert FirstClaim.objects.get(case=gone).state == ClaimState.WITHDRAWN


def test_the_public_reads_what_is_published_and_that_it_is_not_checked(
    client_of: Any, make_user: Any
) -> None:
    with recorded() as changes:
        changes.save(_claim(published=True))
        changes.save(_claim(key="C2", product="没有发布的"))
    text = client_of(None).get("/registers/first-claims/").content.decode()
    assert "单机容量最大的电解槽" in text
    assert "不作认定" in text
    assert "没有发布的" not in text
    office = client_of(make_user(Role.OFFICE))
    page = office.post(
        "/registers/first-claims/new/",
        {
            "product": "丙",
            "kind": "“首”字号",
            "claim": "首套",
            "claimant": "丙公司",
            "state": "held",
            "mark": "ours",
        },
    )
    assert page.status_code in (200, 400)
    assert not FirstClaim.objects.filter(product="丙").exists()
