"""All registers, in the order of the menu. Each app describes its own in its `register.py`."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from django.http import Http404

from luming_portal.registers.register import Register

_APPS = (
    "enterprises",
    "institutions",
    "projects",
    "people",
    "panels",
    "claims",
    "talents",
    "agencies",
    "counting",
    "indicators",
)


@lru_cache(maxsize=1)
def registers() -> dict[str, Register]:
    """The registers by slug."""
    found: dict[str, Register] = {}
    for app in _APPS:
        for register in import_module(f"luming_portal.{app}.register").REGISTERS:
            found[register.slug] = register
    return found


def register_or_404(slug: str) -> Register:
    """The register with a slug.

    Raises:
        Http404: there is none.
    """
    try:
        return registers()[slug]
    except KeyError:
        raise Http404(slug) from None
