"""One spelling for each content: JSON with sorted keys and no idle spaces, and the SHA-256 of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeAlias

Plain: TypeAlias = Any
"""What JSON can hold: text, whole numbers, truth values, lists, mappings by text. Exact decimals travel as text."""


def canonical(content: Plain) -> str:
    """The one spelling of a content.

    >>> canonical({"b": "亿元", "a": [1, True]})
    '{"a":[1,true],"b":"亿元"}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(content: Plain) -> str:
    """SHA-256 of the one spelling, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()
