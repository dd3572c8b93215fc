"""计数: a figure that counts people or things, reckoned from single entries with date and evidence, each counted once.

count(entries, rule, period, known_on)   the number, what was counted, what was not and why
person_key(number, secret)               the key by which a person is known again, without his number
code_key(code), name_key(name, host)     the key of a firm or institution, of a team or station

Values only: the entries, the secret and the days come from the caller.
"""

from luming.counting.count import count
from luming.counting.counted import Alike, Counted, Duplicate, LeftOut, WhyLeft
from luming.counting.entry import CountEntry, EntryEvidence
from luming.counting.identity import (
    DocumentError,
    PersonKey,
    code_key,
    name_key,
    person_key,
    same_name,
    secret_mark,
)

__all__ = [
    "Alike",
    "CountEntry",
    "Counted",
    "DocumentError",
    "Duplicate",
    "EntryEvidence",
    "LeftOut",
    "PersonKey",
    "WhyLeft",
    "code_key",
    "count",
    "name_key",
    "person_key",
    "same_name",
    "secret_mark",
]
