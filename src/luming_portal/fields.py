"""Model fields of the portal."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 60
MOST_DIGITS = 28
"""On either side of the point; far beyond any figure of a city, and well within LONGEST."""


class ExactDecimalField(models.CharField):  # type: ignore[type-arg]
    """A decimal kept exactly, as text: SQLite would store a binary float. To sort and compare, keep a float beside it."""

    description = "a decimal of any size, exact"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = LONGEST
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Without the length, which is the field's own."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """The text of the database as a decimal."""
        return None if value in (None, "") else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """A decimal out of what a form gave."""
        if value in (None, ""):
            return None
        if isinstance(value, float):
            raise ValidationError(_("请给出精确的数字,不用二进制浮点数。"))
        try:
            number = Decimal(str(value).strip().replace(",", ""))
        except InvalidOperation:
            raise ValidationError(_("“%(value)s”不是数字。"), params={"value": value}) from None
        if not number.is_finite():
            raise ValidationError(_("“%(value)s”不是有限的数字。"), params={"value": value})
        exponent = number.as_tuple().exponent
        if number.adjusted() >= MOST_DIGITS or (isinstance(exponent, int) and exponent < -MOST_DIGITS):
            raise ValidationError(_("数字太长,小数点前后各不超过28位。"))
        return number

    def run_validators(self, value: Any) -> None:
        """The length is that of the digits, which the validators of text count."""
        super().run_validators(self.get_prep_value(value) or "")

    def get_prep_value(self, value: Any) -> str | None:
        """Plain digits, without exponent."""
        number = self.to_python(value)
        return None if number is None else format(number, "f")

    def formfield(self, **kwargs: Any) -> Any:
        """A field for decimals."""
        from django import forms

        return models.Field.formfield(self, **{"form_class": forms.DecimalField, **kwargs})
