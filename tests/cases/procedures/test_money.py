"""No procedure pays what was not promised, promises what was not set aside, or ends with money still bound.

Every state is looked at together with how the money of the matter stands, along every step that leads on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from luming.cases import Outcome, Process, Transition
from luming.cases.soundness import surely_filled

PROCEDURES_THAT_PAY = (
    "challenge", "demonstration", "first_claim", "platform_recognition", "project", "support_application",
    "support_automatic", "support_fast",
)  # fmt: skip
NOTHING, RESERVED, COMMITTED, PAID, PART_PAID = "nothing", "reserved", "committed", "paid", "part paid"
AFTER = {
    ("budget.reserve", NOTHING): RESERVED,
    ("budget.commit", RESERVED): COMMITTED,
    ("budget.pay", COMMITTED): PART_PAID,
    ("budget.pay", PART_PAID): PART_PAID,
    ("budget.release", NOTHING): NOTHING,
    ("budget.release", RESERVED): NOTHING,
    ("budget.release", COMMITTED): NOTHING,
    ("budget.release", PART_PAID): PAID,
    ("budget.release", PAID): PAID,
    ("budget.return", PAID): NOTHING,
    ("budget.return", PART_PAID): NOTHING,
}
FUNDING = ("给予资金", "不给资金")


def places(process: Process) -> tuple[set[tuple[str, str]], list[str]]:
    """Every state with every standing of the money in which a case can be there, and what goes wrong on the way."""
    seen, wrong = {(process.start.key, NOTHING)}, []
    waiting = list(seen)
    while waiting:
        state, money = waiting.pop()
        ways = [
            (item.target, item.effects, item.key, "payment" in parts_of(process, item))
            for item in process.leaving(state)
            if open_to(item, money)
        ]
        if process.objection and process.objection.opens and state in process.objection.states:
            ways.append((process.objection.opens, (), "object", False))
        if process.withdraw and state in process.withdraw.states:
            ways.append((process.withdraw.to, (), "withdraw", False))
        for target, effects, key, in_part in ways:
            now = money
            for effect in (one for one in effects if one.startswith("budget.")):
                if (effect, now) not in AFTER:
                    wrong.append(f"{key}: {effect} while {now}")
                now = AFTER.get((effect, now), now)
                if effect == "budget.pay" and not in_part:
                    now = PAID
            if (target, now) not in seen:
                seen.add((target, now))
                waiting.append((target, now))
    return seen, wrong


def parts_of(process: Process, item: Transition) -> Collection[str]:
    """The fields that a step's form has; one with `payment` pays a part, one without pays all that was promised."""
    return process.forms[item.form].properties if item.form else ()


def open_to(item: Transition, money: str) -> bool:
    """Whether a step that asks for funded or unfunded is open as the money stands."""
    asked = {when.value for when in item.when if when.kind == "field" and when.of == "funding"}
    return not asked or asked == {FUNDING[money == NOTHING]}


@pytest.mark.parametrize("key", PROCEDURES_THAT_PAY)
def test_money_moves_in_order_and_nothing_stays_bound(key: str, processes: Mapping[str, Process]) -> None:
    process = processes[key]
    seen, wrong = places(process)
    assert not wrong
    for state, money in seen:
        if process.states[state].end:
            allowed = {NOTHING, PAID}
            if process.states[state].outcome is Outcome.APPROVED:
                allowed |= {PART_PAID}
            assert money in allowed, f"{state}: {money}"


def test_the_list_of_those_that_pay_is_whole(processes: Mapping[str, Process]) -> None:
    paying = {
        key
        for key, process in processes.items()
        if any("budget.pay" in item.effects for item in process.transitions.values())
    }
    assert paying == set(PROCEDURES_THAT_PAY)


@pytest.mark.parametrize("key", PROCEDURES_THAT_PAY)
def test_whoever_approves_does_not_pay(key: str, processes: Mapping[str, Process]) -> None:
    """Money is released by the finance bureau and, the first time, by somebody who did not decide on it."""
    process = processes[key]
    paying = [item for item in process.transitions.values() if "budget.pay" in item.effects]
    assert all(item.roles == ("finance",) for item in paying)
    assert process.roles["finance"].unit == "市财政局"
    assert any(item.different_from for item in paying)


@pytest.mark.parametrize("key", [*PROCEDURES_THAT_PAY, "clawback"])
def test_money_knows_its_line_and_its_matter(key: str, processes: Mapping[str, Process]) -> None:
    process = processes[key]
    filled = surely_filled(process)
    for item in process.transitions.values():
        if {"budget.reserve", "budget.commit", "budget.pay", "budget.return"} & set(item.effects):
            own = set(process.forms[item.form].required) if item.form else set()
            for source in item.sources:
                needed = {"line", "matter"} if key == "clawback" else {"line", "matter", "award"}
                if key == "platform_recognition" and source != "meeting":
                    continue  # the unfunded way shares the publicity; `funding` keeps it from the money
                assert needed <= own | set(filled[source]), f"{item.key} from {source}"
