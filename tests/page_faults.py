"""What axe finds on a page in a browser; for tests marked needs("browser", "npm_dev")."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe() -> str:
    path = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8") + "\n;0"


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong. What it found right stays in the browser: of a long list that is megabytes.

    axe is handed in by the protocol, not as a script element, so that the page's own policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        "async tags => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations",
        TAGS,
    )
    return found
