"""The square sign on a paper (QR): an address or a few lines of Chinese, drawn the same on every machine."""

from __future__ import annotations

import io

import segno

_SCALE = 6
_INK = "#1a1a1a"


def svg(words: str) -> str:
    """The sign as a drawing.

    Raises:
        ValueError: more words than a sign holds (some 2,300 bytes).
    """
    out = io.BytesIO()
    _sign(words).save(
        out, kind="svg", scale=_SCALE, border=2, dark=_INK, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return out.getvalue().decode("utf-8")


def png(words: str) -> bytes:
    """The sign as a picture."""
    out = io.BytesIO()
    _sign(words).save(out, kind="png", scale=_SCALE, border=2, dark=_INK)
    return out.getvalue()


def _sign(words: str) -> segno.QRCode:
    """Medium correction: a fold or a stamp over a seventh of it does no harm. UTF-8, which telephones expect."""
    return segno.make_qr(words, error="m", boost_error=False, encoding="utf-8")
