"""Figures, periods and shares as a sheet writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template

from luming.monitor import percent as in_percent
from luming.period import parse_period

register = template.Library()


@register.filter
def percent(share: Fraction) -> str:
    """A share of 1 in percent, as the papers write it."""
    return in_percent(share)


@register.filter
def plain(value: Decimal) -> str:
    """A figure without an exponent and without noughts that say nothing, as it is typed."""
    return format(value.normalize(), "f")


@register.filter
def period(text: str) -> str:
    """A period in words: 2025年1—9月."""
    return parse_period(text).label()
