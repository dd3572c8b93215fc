"""By what an entry is known to be the same person or thing as another one.

A person is known by a keyed digest (HMAC-SHA-256, RFC 2104) of the normalised number of his document: whoever has the
table but not the secret cannot try out the few billion numbers that there can be. The number itself is kept nowhere.
Source: mechanisms reference, sections 8.2 (person as an encrypted id) and 13 (identity numbers masked).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

from luming.creditcode import parse_credit_code
from luming.errors import LumingError
from luming.id_number import parse_id_number

_OTHER = re.compile(r"[A-Z0-9]{5,20}")
_ALL_DIGITS = re.compile(r"\d{17}[\dX]|\d{15}")
_BETWEEN = re.compile(r"[\s·•・.,\-—()\[\]“”\"'/]+")
_PURPOSE = b"luming counted person 1"
_MARK = 8


class DocumentError(LumingError, ValueError):
    """A text that is no number of a document of identity; the sentence does not repeat it."""


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What is kept of a document: a digest under the secret, and the last four characters.

    Attributes:
        text: `<mark of the secret>.<digest>`; two keys under different secrets cannot be compared, and the mark tells.
    """

    text: str
    tail: str

    @property
    def secret_mark(self) -> str:
        """Which secret the key was made with."""
        return self.text.partition(".")[0]


def person_key(number: str, secret: bytes) -> PersonKey:
    """The key of a person: by the identity card, or by a passport or other document of 5 to 20 letters and digits.

    Raises:
        IdNumberError: a number of the shape of an identity card that is none.
        DocumentError: nothing that a document could carry.
    """
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    if _ALL_DIGITS.fullmatch(plain) or (plain.isdigit() and len(plain) > 12):
        plain = f"id:{parse_id_number(plain).text}"
    elif _OTHER.fullmatch(plain):
        plain = f"other:{plain}"
    else:
        raise DocumentError("证件号码应为18位身份证号,或5至20位字母和数字的护照等其他证件号码。")
    return PersonKey(f"{secret_mark(secret)}.{_digest(secret, plain.encode())}", plain[-4:])


def secret_mark(secret: bytes) -> str:
    """A short name of a secret that gives nothing of it away."""
    return _digest(secret, b"mark")[:_MARK]


def code_key(code: str) -> str:
    """The key of a firm or institution: its unified social credit code.

    Raises:
        CreditCodeError: it is none.
    """
    return parse_credit_code(code).text


def name_key(name: str, host: str) -> str:
    """The key of a team or station: its name and the institution that it stands at; "" where one of them is missing."""
    parts = same_name(name), same_name(host)
    return "@".join(parts) if all(parts) else ""


def same_name(name: str) -> str:
    """A name without what writers differ in: width, case, blanks, dots, brackets and quotes.

    >>> same_name("买买提·艾力 ") == same_name("买买提.艾力")
    True
    """
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _digest(secret: bytes, text: bytes) -> str:
    if not secret:
        raise ValueError("a secret is needed")
    return hmac.new(secret, _PURPOSE + b"\0" + text, hashlib.sha256).hexdigest()
