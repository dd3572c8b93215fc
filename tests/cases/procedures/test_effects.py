"""What steps do beyond moving a case: every effect has somebody who carries it out, and what it needs is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luming.cases import Process, Transition
from luming.cases.soundness import surely_filled

PLAIN = {
    "budget.reserve", "budget.commit", "budget.pay", "budget.release", "budget.return", "support.paid", "task.new",
}  # fmt: skip
PAPERS = {
    "acceptance", "supplement", "rejection", "publicity", "decision", "supervision", "agreement", "task_book",
    "acceptance_opinion", "payment_receipt", "recovery", "evaluation_report", "card",
}  # fmt: skip
PANELS = {
    "rd_project", "rd_acceptance", "platform_recognition", "platform_performance", "result_evaluation",
    "innovation_award",
}  # fmt: skip
ON_SLIPS = {"督办函"}


def effects(processes: Mapping[str, Process]) -> Iterator[tuple[Process, Transition, str, str]]:
    """Every effect with its argument."""
    for process in processes.values():
        for item in process.transitions.values():
            for effect in item.effects:
                name, _, argument = effect.partition(":")
                yield process, item, name, argument


def test_every_effect_is_known(processes: Mapping[str, Process]) -> None:
    for process, item, name, argument in effects(processes):
        where = f"{process.key}.{item.key}: {name}:{argument}"
        known = {"paper": PAPERS, "panel.open": PANELS, "notify": set(process.roles)}
        assert argument in known[name] if argument else name in PLAIN, where


def test_nobody_is_told_of_his_own_step(processes: Mapping[str, Process]) -> None:
    for process, item, name, argument in effects(processes):
        assert name != "notify" or (argument,) != item.roles, f"{process.key}.{item.key}"


def test_papers_have_what_they_print(processes: Mapping[str, Process]) -> None:
    """A paper whose words are not known is refused, and the step with it."""
    for process, item, name, kind in effects(processes):
        if name != "paper":
            continue
        where = f"{process.key}.{item.key}: {kind}"
        filled = {
            *(process.forms[item.form].required if item.form else ()),
            *set.intersection(*(set(surely_filled(process)[one]) for one in item.sources)),
        }
        titles = {
            process.forms[form].properties[field].get("title")
            for form in process.forms
            for field in process.forms[form].properties
            if field in filled
        }
        if kind in ("supplement", "rejection", "recovery"):
            assert item.reason.value == "required", where
        if kind == "publicity":
            assert process.publicity is not None, where
            assert item.target == process.publicity.state, where
        if kind == "payment_receipt":
            # the award of a platform is there on the way that pays; the other way never comes to paying
            assert {"payment", "award"} & filled or process.key == "platform_recognition", where
        if kind == "recovery":
            assert {"amount", "return_by"} <= filled, where
        if kind == "acceptance_opinion":
            assert "验收结论" in titles, where
        if kind == "evaluation_report":
            assert "评价结论" in titles, where
        if kind == "card":
            assert {"人才类别", "有效期"} <= titles, where
        assert process.subjects[0].value != "none", f"{where}: to whom?"


def test_slips_are_known(processes: Mapping[str, Process]) -> None:
    for process in processes.values():
        for clock in process.clocks.values():
            for one in clock.escalate:
                assert not one.paper or one.paper in ON_SLIPS, f"{process.key}.{clock.key}"
                assert one.to, f"{process.key}.{clock.key}"


def test_a_panel_is_open_before_it_is_waited_for(processes: Mapping[str, Process]) -> None:
    """Every way into a state that waits for a panel has opened one, and only there is one waited for."""
    for process in processes.values():
        waits = {
            source
            for item in process.transitions.values()
            if any(when.kind == "panel_closed" for when in item.when)
            for source in item.sources
        }
        if not waits:
            assert not any(
                "panel.open" in one for item in process.transitions.values() for one in item.effects
            )
            continue
        seen, todo = set(), [(process.start.key, False)]
        while todo:
            state, opened = todo.pop()
            if (state, opened) in seen:
                continue
            seen.add((state, opened))
            for item in process.leaving(state):
                now = opened or any(one.startswith("panel.open:") for one in item.effects)
                todo.append((item.target, now))
        assert not [state for state, opened in seen if state in waits and not opened], process.key
