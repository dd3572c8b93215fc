"""The signature of a message: HMAC-SHA256 over the time and the very bytes of the body.

    Luming-Signature: t=1767225600,v1=5257a869…

The receiver reckons it again with the secret and refuses what is older than five minutes, so that a message that was
overheard cannot be sent a second time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

HEADER = "Luming-Signature"
TOLERANCE_SECONDS = 300


def secret_of(salt: str) -> str:
    """The secret of a webhook: derived from the site's own, so that no backup of the tables carries it."""
    raw = hmac.new(str(settings.SECRET_KEY).encode(), f"webhook:{salt}".encode(), hashlib.sha256).digest()
    return "whsec_" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signature(secret: str, body: bytes, at: int) -> str:
    """The header's value for a body sent at a time (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def is_genuine(secret: str, body: bytes, header: str, now: float, tolerance: int = TOLERANCE_SECONDS) -> bool:
    """Whether a message was signed with the secret and is fresh. Receivers may copy this function."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    if not parts.get("t", "").isdecimal() or abs(now - int(parts["t"])) > tolerance:
        return False
    expected = signature(secret, body, int(parts["t"])).partition("v1=")[2]
    return hmac.compare_digest(expected, parts.get("v1", ""))
