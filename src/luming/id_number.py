"""公民身份号码: the 18 characters of an identity card, with their check character.

Source: GB 11643-1999 with the check system of ISO/IEC 7064:2003, MOD 11-2. The 15 digits of cards before 1999 are read
as the same person's 18. The area code is not looked up: it is that of the first registration, and codes are abolished
and made every year; residence permits of foreigners and of Hong Kong, Macao and Taiwan use codes of their own.

A number is personal data. It is read to make a key of it (luming.counting.person_key) and kept nowhere; errors do not
repeat it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from luming.errors import LumingError

_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"\d{15}", re.ASCII)
_CHECKS = "10X98765432"
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))


class IdNumberError(LumingError, ValueError):
    """A text that is no identity number; the sentence does not repeat it."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A valid number of 18 characters. Printing it shows the last four only."""

    text: str

    @property
    def tail(self) -> str:
        """The last four characters, by which a clerk tells two people of one name apart."""
        return self.text[-4:]

    def __repr__(self) -> str:
        return f"IdNumber(…{self.tail})"

    __str__ = __repr__


def id_check_character(head: str) -> str:
    """The check character that belongs to the first 17 digits.

    >>> id_check_character("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True)) % 11]


def parse_id_number(text: str) -> IdNumber:
    """Read a number; full-width characters, a small x and blanks between are accepted.

    >>> parse_id_number("11010519491231002x").tail
    '002X'

    Raises:
        IdNumberError: wrong length or character, a day of birth that does not exist, or a check character that
            does not fit.
    """
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if _OLD_SHAPE.fullmatch(number):
        head = f"{number[:6]}19{number[6:]}"
        number = head + id_check_character(head)
    if not _SHAPE.fullmatch(number):
        raise IdNumberError(f"身份证号有{len(number)}位或含有不用的字符,应为18位:17位数字加1位校验位。")
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdNumberError("身份证号第7至14位不是一个存在的出生日期,请逐位核对。") from None
    if id_check_character(number[:17]) != number[17]:
        raise IdNumberError("身份证号的校验位不符,请逐位核对。")
    return IdNumber(number)
