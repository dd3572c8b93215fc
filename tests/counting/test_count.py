"""The count: each person or thing once, what does not count and why, and what was known on a past day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.counting import Counted, CountEntry, EntryEvidence, WhyLeft, count
from luming.errors import UnitMismatch
from luming.mark import Mark
from luming.pack import CountedOver, CountingRule, IdentifiedBy, Thing
from luming.period import parse_period

YEAR = parse_period("2025")
LATER = dt.date(2026, 6, 1)
START = dt.date(2025, 1, 1)


def rule(**fields: Any) -> CountingRule:
    """A rule of persons over a year, unless said otherwise."""
    return CountingRule(
        **{
            "indicator": "talent",
            "counts": Thing.PERSON,
            "identity": IdentifiedBy.PERSON,
            "over": CountedOver.FLOW,
            "source": "s",
            "clause": "m10.s2",
            "mark": Mark.OURS,
            **fields,
        }
    )


FIRMS = rule(
    counts=Thing.FIRM,
    identity=IdentifiedBy.CREDIT_CODE,
    over=CountedOver.STOCK,
    categories=("高企", "科小"),
    several=True,
)
SHARE = rule(
    over=CountedOver.RATIO,
    categories=("毕业生", "留包"),
    several=True,
    numerator="留包",
    denominator="毕业生",
    cutoff="08-31",
)


def entry(id: int, identity: str = "", **fields: Any) -> CountEntry:
    """An entry with a paper, of March."""
    day = fields.get("counted_on", dt.date(2025, 3, 1))
    return CountEntry(
        **{
            "id": id,
            "indicator": "talent",
            "category": "",
            "identity": identity or f"p{id}",
            "name": f"人{id}",
            "unit": "市科技局",
            "counted_on": day,
            "recorded_on": day,
            "evidence": (EntryEvidence(recorded_on=day),),
            **fields,
        }
    )


def why(found: Counted) -> list[WhyLeft]:
    """The reasons of what is left out."""
    return [one.why for one in found.left]


def test_a_person_counted_by_two_departments_counts_once_and_both_are_named() -> None:
    first = entry(1, "x")
    again = entry(2, "x", unit="市人社局", counted_on=dt.date(2025, 5, 1))
    found = count([again, first, entry(3)], rule(), YEAR, LATER)
    assert found.number == 2
    (pair,) = found.duplicates
    assert (pair.first, pair.again, pair.between_units) == (first, again, True)
    assert "重复登记1条,只计一次" in found.sentence


def test_the_second_one_counts_when_the_first_loses_its_evidence() -> None:
    gone = EntryEvidence(recorded_on=START, withdrawn_on=LATER, withdrawal_known_on=LATER)
    found = count([entry(1, "x", evidence=(gone,)), entry(2, "x")], rule(), YEAR, LATER)
    assert [one.id for one in found.counted] == [2]
    assert why(found) == [WhyLeft.WITHDRAWN]


def test_a_further_paper_keeps_an_entry() -> None:
    gone = EntryEvidence(recorded_on=START, withdrawn_on=START, withdrawal_known_on=START)
    assert count([entry(1, evidence=(gone, EntryEvidence(START)))], rule(), YEAR, LATER).number == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"evidence": ()}, WhyLeft.NO_EVIDENCE),
        ({"counted_on": dt.date(2024, 12, 31)}, WhyLeft.PERIOD),
        ({"counted_on": dt.date(2026, 1, 1)}, WhyLeft.PERIOD),
        ({"district": "东胜区"}, WhyLeft.ELSEWHERE),
    ],
)
def test_what_does_not_count_says_why(fields: dict[str, Any], reason: WhyLeft) -> None:
    found = count([entry(1, **fields)], rule(), YEAR, LATER, {"包头市", "青山区"})
    assert (found.number, why(found)) == (0, [reason])
    assert reason.label in found.sentence


def test_without_a_key_nobody_knows_whether_he_is_counted_already() -> None:
    found = count([replace(entry(1), identity="")], rule(), YEAR, LATER)
    assert why(found) == [WhyLeft.NO_IDENTITY]


def test_a_district_of_the_city_or_none_counts() -> None:
    rows = [entry(1, district="青山区"), entry(2)]
    assert count(rows, rule(), YEAR, LATER, {"青山区"}).number == 2
    assert count([entry(1, district="哪里")], rule(), YEAR, LATER).number == 1


def test_a_past_day_knows_what_was_known_then() -> None:
    withdrawn = dt.date(2025, 9, 10)
    paper = EntryEvidence(START, withdrawn_on=dt.date(2025, 4, 1), withdrawal_known_on=withdrawn)
    rows = [
        entry(1, evidence=(paper,)),
        entry(2, recorded_on=dt.date(2025, 7, 1), evidence=(EntryEvidence(dt.date(2025, 7, 1)),)),
    ]
    numbers = {
        day: count(rows, rule(), YEAR, dt.date.fromisoformat(day)).number
        for day in ("2025-02-28", "2025-06-30", "2025-08-01", "2025-09-09", "2025-09-10")
    }
    assert list(numbers.values()) == [0, 1, 2, 2, 1]


def test_who_was_counted_earlier_in_the_year_is_not_counted_again_in_a_later_quarter() -> None:
    rows = [
        entry(1, "x"),
        entry(2, "x", counted_on=dt.date(2025, 8, 1)),
        entry(3, counted_on=dt.date(2025, 8, 2)),
    ]
    assert count(rows, rule(), parse_period("2025-Q1"), LATER).number == 1
    third = count(rows, rule(), parse_period("2025-Q3"), LATER)
    assert [one.id for one in third.counted] == [3]
    assert third.duplicates[0].again.id == 2


def test_a_firm_of_two_kinds_counts_once_and_both_numbers_are_shown() -> None:
    rows = [
        entry(1, "a", category="高企"),
        entry(2, "a", category="科小"),
        entry(3, "b", category="科小"),
        entry(4, "b", category="科小", unit="市工信局"),
        entry(5, "c", category="瞪羚"),
    ]
    found = count(rows, FIRMS, YEAR, LATER)
    assert (found.number, found.sum_of_categories) == (2, 3)
    assert found.by_category == (("高企", 1), ("科小", 2))
    assert [one.id for one in found.beside] == [2]
    assert [one.again.id for one in found.duplicates] == [4]
    assert why(found) == [WhyLeft.CATEGORY]


@pytest.mark.parametrize(
    ("paper", "counts"),
    [
        (EntryEvidence(START, issued_on=dt.date(2025, 6, 30), valid_until=dt.date(2025, 6, 30)), True),
        (EntryEvidence(START, valid_until=dt.date(2025, 6, 29)), False),
        (EntryEvidence(START, issued_on=dt.date(2025, 7, 1)), False),
        (EntryEvidence(START, withdrawn_on=dt.date(2025, 7, 1), withdrawal_known_on=LATER), True),
        (EntryEvidence(START, withdrawn_on=dt.date(2025, 6, 30), withdrawal_known_on=LATER), False),
    ],
)
def test_a_stock_holds_on_its_last_day(paper: EntryEvidence, counts: bool) -> None:
    row = entry(1, category="高企", counted_on=dt.date(2022, 1, 1), evidence=(paper,))
    assert count([row], FIRMS, parse_period("2025-H1"), LATER).number == int(counts)


def test_persons_in_their_unit() -> None:
    found = count([entry(number) for number in range(130)], rule(), YEAR, LATER)
    assert found.value("人") == 130
    assert found.value("万人") == Decimal("0.013")
    with pytest.raises(UnitMismatch):
        found.value("家")
    assert str(count([entry(n) for n in range(100)], rule(), YEAR, LATER).value("人")) == "100"


def test_the_share_of_graduates_up_to_the_declared_day() -> None:
    whole = [entry(number, category="毕业生", counted_on=dt.date(2025, 6, 20)) for number in range(1, 4)]
    part = [
        entry(11, "p1", category="留包", counted_on=dt.date(2025, 8, 31)),
        entry(12, "p2", category="留包", counted_on=dt.date(2025, 9, 1)),
        entry(13, "stranger", category="留包", counted_on=dt.date(2025, 7, 1)),
    ]
    found = count([*whole, *part], SHARE, YEAR, LATER)
    assert (found.number, found.whole, found.value("%")) == (1, 3, Decimal("33.33"))
    assert why(found) == [WhyLeft.NOT_IN_WHOLE, WhyLeft.PERIOD]
    undeclared = count([*whole, *part], SHARE.model_copy(update={"cutoff": ""}), YEAR, LATER)
    assert undeclared.value("%") is None
    assert "没有声明统计时点" in undeclared.sentence
    assert count(part, SHARE, YEAR, LATER).value("%") is None


def test_a_leap_day_is_found_every_year() -> None:
    leap = SHARE.model_copy(update={"cutoff": "02-29"})
    assert count([], leap, YEAR, LATER).cutoff == dt.date(2025, 2, 28)


def test_one_name_with_two_keys_is_shown_the_likelier_first() -> None:
    rows = [
        entry(1, name="王伟", host="甲公司"),
        entry(2, name="王 伟", host="乙公司"),
        entry(3, name="李娜", host="甲公司"),
        entry(4, name="李娜", host="甲公司"),
    ]
    found = count(rows, rule(), YEAR, LATER)
    assert found.number == 4
    assert [(one.name, one.one_host) for one in found.alike] == [("李娜", True), ("王伟", False)]


# --- properties -------------------------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2026, 1, 31))
PAPERS = st.builds(
    EntryEvidence,
    recorded_on=DAYS,
    withdrawn_on=st.none() | DAYS,
    withdrawal_known_on=st.none() | DAYS,
    issued_on=st.none() | DAYS,
    valid_until=st.none() | DAYS,
)
ENTRIES = st.lists(
    st.builds(
        CountEntry,
        id=st.just(0),
        indicator=st.just("talent"),
        category=st.sampled_from(["", "高企", "科小", "毕业生", "留包"]),
        identity=st.sampled_from(["", "a", "b", "c", "d"]),
        name=st.sampled_from(["甲", "乙"]),
        unit=st.sampled_from(["市科技局", "市人社局"]),
        counted_on=DAYS,
        recorded_on=DAYS,
        host=st.sampled_from(["", "某院"]),
        district=st.sampled_from(["", "青山区", "别处"]),
        evidence=st.lists(PAPERS, max_size=2).map(tuple),
    ),
    max_size=9,
).map(lambda rows: [replace(row, id=number) for number, row in enumerate(rows, 1)])
RULES = st.sampled_from([rule(), FIRMS, SHARE])
PERIODS = st.sampled_from(
    [YEAR, parse_period("2025-H1"), parse_period("2025-Q3"), parse_period("2025-01/2025-09")]
)
HERE = {"青山区"}


@given(ENTRIES, RULES, PERIODS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_changes_nothing(
    rows: list[CountEntry], how: CountingRule, period: Any, known: dt.date, chance: Any
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert count(shuffled, how, period, known, HERE) == count(rows, how, period, known, HERE)


@given(ENTRIES, RULES, PERIODS, DAYS)
def test_every_entry_is_told_once_and_the_number_is_of_different_ones(
    rows: list[CountEntry], how: CountingRule, period: Any, known: dt.date
) -> None:
    found = count(rows, how, period, known, HERE)
    told = [one.id for one in (*found.counted, *found.beside)]
    told += [pair.again.id for pair in found.duplicates] + [one.entry.id for one in found.left]
    assert sorted(told) == sorted(one.id for one in rows if one.recorded_on <= known)
    assert found.number == len({one.identity for one in found.counted}) == len(found.counted)
    assert found.entries == len(told)
    if found.whole is not None:
        assert found.number <= found.whole


@given(ENTRIES, RULES, PERIODS, DAYS, st.data())
def test_entering_the_same_one_again_never_raises_the_count(
    rows: list[CountEntry], how: CountingRule, period: Any, known: dt.date, data: Any
) -> None:
    before = count(rows, how, period, known, HERE)
    if not before.counted:
        return
    again = replace(
        data.draw(st.sampled_from(before.counted)),
        id=99,
        unit="市教育局",
        counted_on=data.draw(DAYS),
        evidence=(EntryEvidence(dt.date(2024, 1, 1)),),
    )
    assert count([*rows, again], how, period, known, HERE).number <= before.number


@given(ENTRIES, RULES, DAYS, DAYS, st.data())
def test_withdrawing_one_paper_lowers_by_at_most_one_and_not_what_was_known_before(
    rows: list[CountEntry], how: CountingRule, known: dt.date, withdrawn: dt.date, data: Any
) -> None:
    with_papers = [row for row in rows if row.evidence]
    if not with_papers:
        return
    chosen = data.draw(st.sampled_from(with_papers))
    gone = replace(chosen.evidence[0], withdrawn_on=withdrawn, withdrawal_known_on=withdrawn)
    if chosen.evidence[0].withdrawn_on is not None:
        return
    after = [replace(row, evidence=(gone, *row.evidence[1:])) if row.id == chosen.id else row for row in rows]
    numbers = [count(some, how, YEAR, known, HERE).number for some in (rows, after)]
    assert numbers[0] - 1 <= numbers[1] <= numbers[0]
    if known < withdrawn:
        assert numbers[0] == numbers[1]
