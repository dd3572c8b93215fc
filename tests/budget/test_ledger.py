"""Single entries: what is booked, what is refused and in which words; money, caps, carrying over, outlook."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from luming.budget import (
    BudgetRefused,
    Cap,
    CapExceeded,
    CapScope,
    Entry,
    EntryInvalid,
    KeyTaken,
    Ledger,
    MatterTaken,
    Move,
    NotHeld,
    Overspent,
    Stage,
    apply,
    carry_over,
    fen_of,
    in_words,
    in_yuan,
    outlook,
    replay,
)
from luming.mark import Mark

WAN = 10_000 * 100
LINE = Ledger("ceyuan", 2025)


def entry(key: str, move: Move, wan: int, matter: str = "", payee: str = "甲公司") -> Entry:
    return Entry(key, move, wan * WAN, matter, payee if matter else "")


def line(wan: int = 3000, *entries: Entry, caps: tuple[Cap, ...] = ()) -> Ledger:
    return replay(Ledger("ceyuan", 2025, caps), [entry("0", Move.APPROPRIATE, wan), *entries])


def test_the_whole_way_of_a_matter() -> None:
    ledger = line(
        3000,
        entry("1", Move.RESERVE, 500, "P1"),
        entry("2", Move.COMMIT, 400, "P1"),
        entry("3", Move.RELEASE, 100, "P1"),
        entry("4", Move.PAY, 250, "P1"),
        entry("5", Move.CANCEL, 150, "P1"),
        entry("6", Move.GIVE_BACK, 50, "P1"),
    )
    balance = ledger.balance
    assert (balance.reserved, balance.committed, balance.paid, balance.returned) == (
        0,
        0,
        250 * WAN,
        50 * WAN,
    )
    assert balance.free == 2800 * WAN
    assert ledger.conserved()


def test_exactly_the_budget_can_be_spent_and_not_a_fen_more() -> None:
    whole = line(3000, entry("1", Move.RESERVE, 3000, "P1"))
    assert whole.balance.free == 0
    with pytest.raises(Overspent, match=r"发现0\.01元;应为不超过可用0元;差0\.01元"):
        apply(whole, Entry("2", Move.RESERVE, 1, "P2", "乙公司"))


def test_a_cut_cannot_take_what_is_bound() -> None:
    with pytest.raises(Overspent, match="不超过可用2,500万元"):
        line(3000, entry("1", Move.RESERVE, 500, "P1"), entry("2", Move.CUT, 2600))


@pytest.mark.parametrize("move", [Move.COMMIT, Move.RELEASE, Move.CANCEL, Move.PAY, Move.GIVE_BACK])
def test_nothing_moves_that_is_not_held(move: Move) -> None:
    with pytest.raises(NotHeld, match=f"{move.label}“P1”"):
        line(3000, entry("1", move, 1, "P1"))


def test_a_paid_matter_is_never_taken_up_again_even_when_all_came_back() -> None:
    ledger = line(
        3000,
        entry("1", Move.RESERVE, 30, "高企证书GR1"),
        entry("2", Move.COMMIT, 30, "高企证书GR1"),
        entry("3", Move.PAY, 30, "高企证书GR1"),
        entry("4", Move.GIVE_BACK, 30, "高企证书GR1"),
    )
    with pytest.raises(MatterTaken, match="同一事项只支持一次"):
        apply(ledger, entry("5", Move.RESERVE, 30, "高企证书GR1"))


def test_a_matter_that_was_released_may_be_taken_up_again() -> None:
    ledger = line(3000, entry("1", Move.RESERVE, 30, "M"), entry("2", Move.RELEASE, 30, "M"))
    assert apply(ledger, entry("3", Move.RESERVE, 20, "M")).balance.reserved == 20 * WAN


def test_a_matter_on_another_line_of_the_fund_is_taken() -> None:
    first = line(3000, entry("1", Move.RESERVE, 30, "M"))
    second = apply(Ledger("other", 2025, used=first.used), entry("0", Move.APPROPRIATE, 100))
    with pytest.raises(MatterTaken, match="已占用或已拨付30万元"):
        apply(second, entry("1", Move.RESERVE, 30, "M"))


def test_a_matter_pays_one_firm() -> None:
    with pytest.raises(MatterTaken, match="同一事项只付一家"):
        line(3000, entry("1", Move.RESERVE, 30, "M"), entry("2", Move.COMMIT, 30, "M", "乙公司"))


def test_the_same_key_for_another_entry_is_refused() -> None:
    ledger = line(3000, entry("1", Move.RESERVE, 30, "M"))
    assert apply(ledger, entry("1", Move.RESERVE, 30, "M")) is ledger
    with pytest.raises(KeyTaken, match="编号“1”:发现已用于另一笔预留"):
        apply(ledger, entry("1", Move.RESERVE, 31, "M"))


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (CapScope.MATTER, "每个事项不超过50万元"),
        (CapScope.FIRM, "每家历年累计不超过50万元"),
        (CapScope.FIRM_YEAR, "每家每年不超过50万元"),
        (CapScope.FUND_YEAR, "资金每年不超过50万元"),
    ],
)
def test_each_cap_binds_at_its_limit_and_not_below(scope: CapScope, words: str) -> None:
    caps = (Cap("ceyuan", scope, 50 * WAN, "第5条", Mark.VERIFIED),)
    at_limit = line(3000, entry("1", Move.RESERVE, 50, "M"), caps=caps)
    assert at_limit.balance.reserved == 50 * WAN
    with pytest.raises(CapExceeded, match=f"{words}\\(第5条\\)"):
        line(3000, entry("1", Move.RESERVE, 51, "M"), caps=caps)
    if scope is not CapScope.MATTER:
        with pytest.raises(CapExceeded, match="最多还可用0元"):
            apply(at_limit, entry("2", Move.RESERVE, 1, "N"))
        freed = apply(at_limit, entry("2", Move.RELEASE, 20, "M"))
        assert apply(freed, entry("3", Move.RESERVE, 20, "N")).balance.reserved == 50 * WAN


def test_all_caps_that_an_entry_passes_are_named() -> None:
    caps = (Cap("f", CapScope.MATTER, WAN), Cap("f", CapScope.FIRM_YEAR, 2 * WAN))
    with pytest.raises(CapExceeded) as refused:
        line(10, entry("1", Move.RESERVE, 3, "M"), caps=caps)
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize("amount", [0, -1, 10**17 + 1, True])
def test_a_sum_that_is_none_is_refused(amount: int) -> None:
    with pytest.raises(EntryInvalid, match="大于零的整数分"):
        apply(LINE, Entry("1", Move.APPROPRIATE, amount))


def test_an_entry_says_what_its_move_needs_and_no_more() -> None:
    with pytest.raises(EntryInvalid, match="没有写明事项或收款人"):
        apply(LINE, Entry("1", Move.RESERVE, 1))
    with pytest.raises(EntryInvalid, match="不针对事项"):
        apply(LINE, Entry("1", Move.APPROPRIATE, 1, "M", "甲"))
    with pytest.raises(EntryInvalid, match="每笔账一个编号"):
        apply(LINE, Entry(" ", Move.APPROPRIATE, 1))
    with pytest.raises(EntryInvalid, match="由动作决定的状态"):
        apply(LINE, Entry("1", Move.APPROPRIATE, 1, stage=Stage.RESERVED))


def test_money_is_exact_to_the_fen() -> None:
    assert fen_of(Decimal("0.3"), "亿元") == 30_000_000_00
    assert in_yuan(1) == Decimal("0.01")
    with pytest.raises(EntryInvalid, match="最小到分"):
        fen_of(Decimal("0.001"))
    with pytest.raises(EntryInvalid, match="最小到分"):
        fen_of(Fraction(1, 3), "万元")
    with pytest.raises(EntryInvalid, match="应为一个数"):
        fen_of(Decimal("NaN"))
    assert in_words(fen_of(Decimal("12.3456"), "万元")) == "12.3456万元"


def test_what_is_bound_is_carried_with_its_matter_and_what_is_free_lapses() -> None:
    old = line(
        100,
        entry("1", Move.RESERVE, 60, "M"),
        entry("2", Move.COMMIT, 40, "M"),
        entry("3", Move.PAY, 10, "M"),
    )
    carried = carry_over(old.balance, old.claims, key="2025结转")
    assert (carried.amount, carried.lapsed) == (50 * WAN, 40 * WAN)
    closed = replay(old, carried.closing)
    new = replay(Ledger("ceyuan", 2026, used=closed.used), carried.opening)
    assert new.claims["M"].reserved == 20 * WAN
    assert new.claims["M"].committed == 30 * WAN
    assert apply(new, entry("4", Move.PAY, 30, "M")).conserved()
    assert replay(closed, carried.closing) is closed
    assert carry_over(old.balance, old.claims, key="k", free=True).lapsed == 0


def test_the_outlook_guesses_no_month_for_what_has_no_date() -> None:
    ledger = line(
        100,
        *(entry(f"r{m}", Move.RESERVE, wan, m) for m, wan in (("A", 10), ("B", 20), ("C", 5), ("D", 7))),
        *(entry(f"c{m}", Move.COMMIT, wan, m) for m, wan in (("A", 10), ("B", 20), ("C", 5), ("D", 7))),
        entry("p", Move.PAY, 4, "A"),
    )
    seen = outlook(
        ledger.balance,
        ledger.claims,
        {"A": dt.date(2025, 3, 1), "B": dt.date(2025, 9, 30), "C": dt.date(2026, 2, 1)},
        year=2025,
        as_of=dt.date(2025, 6, 15),
    )
    assert seen.months == ((dt.date(2025, 6, 1), 6 * WAN), (dt.date(2025, 9, 1), 20 * WAN))
    assert (seen.undated, seen.later) == (7 * WAN, 5 * WAN)
    assert (seen.low, seen.high) == (30 * WAN, 37 * WAN)
    assert (seen.execution, seen.bound) == (Fraction(4, 100), Fraction(42, 100))
    empty = outlook(LINE.balance, {}, {}, year=2025, as_of=dt.date(2025, 6, 15))
    assert (empty.execution, empty.bound) == (None, None)


def test_every_refusal_is_one_kind_of_error() -> None:
    for kind in (EntryInvalid, Overspent, NotHeld, MatterTaken, CapExceeded, KeyTaken):
        assert issubclass(kind, BudgetRefused)
