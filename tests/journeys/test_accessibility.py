"""axe finds nothing on any page type, nothing runs out of the window at 360 pixels or twice the size, keys reach all.

Pages are found by walking: each place of the menu, and from each list the first record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]

# role → places; "→" follows the first link that matches the selector behind it
PLACES = [
    ("", "/"),
    ("", "/demo-year/"),
    ("", "/targets/wind_local_supply/"),
    ("", "/demo-year/targets/sei_value_added/"),
    ("", "/accounts/login/"),
    ("", "/accounts/password/reset/"),
    ("", "/accounts/rights/"),
    ("", "/nowhere"),
    ("", "/search/?q=稀土"),
    ("", "/search/?q=没有这样的词"),
    ("", "/comparison/"),
    ("office", "/comparison/demo-year/"),
    ("office", "/comparison/demo-year/current/metals_output/?open=1"),
    ("office", "/evaluation/"),
    ("", "/documents/"),
    ("", "/documents/ → main table a"),
    ("", "/registers/enterprises/"),
    ("", "/registers/enterprises/ → main tbody a"),
    ("", "/registers/enterprises/?q=没有这样的企业"),
    ("", "/api/v1/docs"),
    ("office", "/registers/enterprises/"),
    ("office", "/registers/enterprises/ → main tbody a"),
    ("office", "/registers/institutions/"),
    ("office", "/registers/projects/"),
    ("office", "/projects/"),
    ("office", "/workbooks/"),
    ("office", "/projects/ → main h2 ~ h2 ~ .table-wrap th a"),
    ("office", "/projects/reviews/"),
    ("office", "/projects/reviews/new/"),
    ("office", "/chasing/"),
    ("office", "/chasing/letters/"),
    ("office", "/chasing/letterhead/"),
    ("office", "/disputes/"),
    ("office", "/registers/persons/"),
    ("office", "/registers/teams/"),
    ("office", "/counting/"),
    ("office", "/counting/urgent_talent/"),
    ("office", "/counting/urgent_talent/duplicates/"),
    ("office", "/registers/counted/?q=鹿小鸣 → main tbody a"),
    ("department", "/registers/counted/new/"),
    ("office", "/registers/indicators/"),
    ("office", "/registers/indicators/ → main tbody a"),
    ("office", "/registers/facts/"),
    ("office", "/registers/facts/ → main tbody a"),
    ("office", "/registers/sources/"),
    ("office", "/documents/"),
    ("office", "/documents/new/"),
    ("office", "/documents/import/"),
    ("office", "/documents/1/versions/"),
    ("office", "/documents/1/versions/1/"),
    ("office", "/documents/1/comparison/"),
    ("", "/standards/lists/"),
    ("office", "/standards/"),
    ("office", "/standards/?q=鹿 → main tbody a"),
    ("office", "/standards/?q=鹿 → main tbody a → a[href$='/facts/']"),
    ("office", "/standards/?q=鹿 → main tbody a → main a[href*='/hnte/']"),
    ("office", "/standards/ladder/"),
    ("office", "/standards/runs/"),
    ("office", "/standards/runs/new/"),
    ("office", "/standards/lists/"),
    ("office", "/standards/complete/"),
    ("office", "/standards/facts/import/"),
    ("enterprise", "/standards/"),
    ("enterprise", "/grants/"),
    ("enterprise", "/grants/new/"),
    ("enterprise", "/registers/enterprises/"),
    ("enterprise", "/accounts/tokens/"),
    ("auditor", "/audit/"),
    ("auditor", "/audit/ → main tbody a"),
    ("security", "/accounts/"),
    ("security", "/accounts/ → main tbody a"),
    ("system", "/accounts/new/"),
    ("system", "/operations/check/"),
    ("system", "/operations/jobs/"),
    ("system", "/webhooks/"),
    ("office", "/accounts/2fa/"),
    ("office", "/accounts/2fa/totp/activate/"),
    ("office", "/accounts/2fa/webauthn/"),
    ("office", "/accounts/reauthenticate/"),
    ("office", "/accounts/password/change/"),
]


def _go(page: Page, place: str) -> None:
    path, *selectors = place.split(" → ")
    site = "/".join(page.url.split("/")[:3])
    page.goto(site + path)
    for selector in selectors:
        page.goto(site + str(page.locator(selector).first.get_attribute("href")))


def _told(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found
    ]


@pytest.mark.parametrize(
    ("role", "place"), PLACES, ids=[f"{role or 'visitor'}:{place}" for role, place in PLACES]
)
def test_a_page_can_be_used_by_everybody(person: Person, role: str, place: str) -> None:
    page = person(role, "/", bypass_csp=True)
    _go(page, place)
    assert _told(violations(page)) == []
    for width in (640, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"runs out of {width} pixels"


def test_every_control_of_the_cockpit_is_reached_by_keys(person: Person) -> None:
    page = person("", "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    wanted = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main summary')]"
        ".filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
    )
    assert set(wanted) <= reached
