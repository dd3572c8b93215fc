"""The Wilson score interval of a share, for samples as small as an office's survey.

E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927). It stays within 0
and 1 and does not collapse to a point at the ends, as the plain normal interval does.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

METHOD = "威尔逊得分区间(95%)"
_Z = Decimal("1.959963984540054235524594430520551527955550877086")
"""Quantile of the standard normal distribution at 0.975."""
_PLACES = Decimal("1E-12")


def wilson(hits: int, size: int) -> tuple[Decimal, Decimal]:
    """Ends of the 95 % interval of a share, of 1, to twelve places.

    >>> low, high = wilson(8, 10)
    >>> round(low, 4), round(high, 4)
    (Decimal('0.4902'), Decimal('0.9433'))

    Raises:
        ValueError: no sample, or more hits than answers.
    """
    if size <= 0 or not 0 <= hits <= size:
        raise ValueError(f"{hits} of {size} is no share of a sample")
    with localcontext() as context:
        context.prec = 60
        n, share = Decimal(size), Decimal(hits) / size
        scale = 1 + _Z * _Z / n
        centre = (share + _Z * _Z / (2 * n)) / scale
        reach = _Z * (share * (1 - share) / n + _Z * _Z / (4 * n * n)).sqrt() / scale
        low = Decimal(0) if hits == 0 else centre - reach
        high = Decimal(1) if hits == size else centre + reach
        return low.quantize(_PLACES), high.quantize(_PLACES)
