"""From what an officer writes to the key by which a person or thing is known again; the number itself goes no further."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from luming.counting import PersonKey, code_key, name_key, person_key, secret_mark
from luming.errors import LumingError
from luming.pack import CountingRule, IdentifiedBy

SEALED = "sealed:"
"""Begins a cell of a staged file in which a document's number has been replaced by its key."""


@dataclass(frozen=True, slots=True)
class Known:
    """By what an entry is known: the key, the end of the number, the credit code where it is one."""

    identity: str = ""
    tail: str = ""
    credit_code: str = ""


class IdentityProblem(ValueError):
    """What was written identifies nobody; `field` says where, the sentence repeats no number."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def secret() -> bytes:
    """The installation's secret for the keys of persons."""
    return str(settings.PERSON_KEY).encode()


def current_mark() -> str:
    """Which secret keys are made with now."""
    return secret_mark(secret())


def known_by(rule: CountingRule, *, number: str, credit_code: str, name: str, host: str) -> Known:
    """The key of an entry.

    Raises:
        IdentityProblem: the number or code is wrong, or what is needed is missing.
    """
    if rule.identity is IdentifiedBy.PERSON:
        if not number.strip():
            raise IdentityProblem("id_number", _("缺证件号码:按人计数,没有它就不能确认是否已经计过。"))
        key = _person(number)
        return Known(key.text, key.tail)
    if rule.identity is IdentifiedBy.CREDIT_CODE:
        if not credit_code.strip():
            raise IdentityProblem("credit_code", _("缺统一社会信用代码:没有它就不能确认是否已经计过。"))
        try:
            code = code_key(credit_code)
        except LumingError as problem:
            raise IdentityProblem("credit_code", str(problem)) from None
        return Known(code, "", code)
    key_of_names = name_key(name, host)
    if not key_of_names:
        raise IdentityProblem("host", _("缺依托单位:团队和工作站按名称加依托单位认定。"))
    return Known(key_of_names)


def seal(number: str) -> str:
    """A number as it may lie in a staged file: its key and its end, or what is wrong with it. Blank stays blank."""
    if not number.strip() or number.startswith((SEALED, "*")):
        return number
    try:
        key = _person(number)
    except IdentityProblem as problem:
        return f"{SEALED}!{problem}"
    return f"{SEALED}{key.text}:{key.tail}"


def _person(number: str) -> PersonKey:
    if number.startswith(f"{SEALED}!"):
        raise IdentityProblem("id_number", number.removeprefix(f"{SEALED}!"))
    if number.startswith(SEALED):
        text, _colon, tail = number.removeprefix(SEALED).rpartition(":")
        return PersonKey(text, tail)
    try:
        return person_key(number, secret())
    except LumingError as problem:
        raise IdentityProblem("id_number", str(problem)) from None
