"""Every firm and institution of the real registers is found by any two characters of its name, and by its sounds."""

from __future__ import annotations

import random

import pypinyin
import pytest

from luming_portal.enterprises.models import Enterprise
from luming_portal.institutions.models import Institution
from luming_portal.search.finding import condition

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db
def test_two_characters_full_pinyin_and_initials_find_every_name(baotou: None) -> None:
    draw = random.Random(20250101)
    asked = 0
    for model in (Enterprise, Institution):
        for pk, name in model.objects.values_list("pk", "name"):
            run = max(
                "".join(sign if "\u4e00" <= sign <= "\u9fff" else " " for sign in name).split(), key=len
            )
            if len(run) < 4:
                continue
            start = draw.randrange(len(run) - 1)
            syllables = pypinyin.lazy_pinyin(run)
            questions = [
                run[start : start + 2],
                "".join(syllables[start : start + 2]),
                "".join(one[0] for one in syllables[:4]),
            ]
            for question in questions:
                found = set(model.objects.filter(condition(model, question)).values_list("pk", flat=True))
                assert pk in found, (name, question)
                asked += 1
    assert asked > 400
