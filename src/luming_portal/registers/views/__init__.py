"""Pages of the registers."""

from __future__ import annotations
