"""Every procedure on its pages: what is not found is said, and its first form asks every field by its title."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from luming_portal.cases.effects import effect_named
from luming_portal.cases.shelf import shelf
from portal.procedures.conftest import Town

pytestmark = pytest.mark.django_db
KEYS = (
    "appeal", "challenge", "challenge_bid", "clawback", "demonstration", "first_claim", "innovation_award", "objection",
    "pilot_line", "platform_evaluation", "platform_recognition", "project", "project_guide", "regional_platform",
    "result_evaluation", "scenario", "service_agency", "support_application", "support_automatic", "support_fast",
    "talent_benefit", "talent_card", "tech_checkup",
)  # fmt: skip
PLAIN = re.compile(r"[\u4e00-\u9fff]{2,}")


def spoken(sentence: str) -> str:
    """The longest piece without punctuation, which is widened on pages."""
    return max(PLAIN.findall(sentence), key=len)


def test_the_shelf_has_them_all() -> None:
    assert set(shelf().processes) >= set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_its_page_and_its_first_form(key: str, town: Town, client_of: Callable[[Any], Client]) -> None:
    process = shelf().process(key)
    assert process is not None
    who = town.opener(process, {})
    client = client_of(who)
    page = client.get(f"/cases/processes/{key}/").content.decode()
    assert all(spoken(sentence) in page for sentence in process.not_found)
    case = town.open(key, who)
    first = process.leaving(process.start.key)[0]
    answer = client.get(f"/cases/{case.pk}/step/{first.key}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    form = process.forms[first.form]
    assert [name for name, field in form.properties.items() if spoken(field["title"]) not in text] == []
    assert 'name="csrfmiddlewaretoken"' in text


@pytest.mark.parametrize("key", ["project", "talent_card", "pilot_line"])
def test_its_first_form_in_english(key: str, town: Town, client_of: Callable[[Any], Client]) -> None:
    process = shelf().process(key)
    assert process is not None
    who = town.opener(process, {})
    client = client_of(who)
    client.cookies["django_language"] = "en"
    case = town.open(key, who)
    first = process.leaving(process.start.key)[0]
    text = client.get(
        f"/cases/{case.pk}/step/{first.key}/", headers={"accept-language": "en"}
    ).content.decode()
    text = html.unescape(text)
    titles = [field["x-title-en"] for field in process.forms[first.form].properties.values()]
    assert [title for title in titles if title.split("(")[0].strip() not in text] == []


def test_every_effect_is_carried_out_by_somebody() -> None:
    """A step whose effect nobody carries out is refused."""
    wanted = {
        effect
        for process in shelf().processes.values()
        for item in process.transitions.values()
        for effect in item.effects
    }
    assert sorted(name for name in wanted if effect_named(name) is None) == []
