"""Scores: locked, summed by the office, discussed where they differ, kept with every dissent, handed to the case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from luming.appraisal import AppraisalFaults, Bar
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import StaleVersion
from luming_portal.cases.models import CaseReader
from luming_portal.panels.models import PanelSettled, PanelState, ScoreSheet
from luming_portal.panels.papers import result_pdf, sheet_pdf
from luming_portal.panels.selectors import credit_of_all
from luming_portal.panels.services.closing import MustDiscuss, close, discuss, measure, to_discuss
from luming_portal.panels.services.convening import NoPanel, accuse
from luming_portal.panels.services.scoring import seal_of, write_sheet
from portal.panels.making import lock, panel_of, points, scoring

pytestmark = pytest.mark.django_db


def test_seven_scores_are_trimmed_at_each_end(make_user: Any, handed: list[dict[str, str]]) -> None:
    """Mechanisms reference, section 16, vector 13."""
    panel, seats, by = scoring(make_user, 7, scheme="rd_acceptance")
    for seat, value in zip(seats, (92, 88, 85, 85, 80, 78, 60), strict=True):
        lock(seat, value)
    with pytest.raises(MustDiscuss):
        close(panel, by=by)
    discuss(panel, by=by, minutes="讨论了检测报告")
    for seat, value in zip(seats, (92, 88, 85, 85, 80, 78, 60), strict=True):
        lock(seat, value)
    closed = close(panel, by=by)
    assert (closed.score, closed.grade) == (Decimal("83.20"), "通过")
    assert closed.result["trimmed"] is True
    assert [one["left_out"] for one in closed.result["sheets"]] == [True] + [False] * 5 + [True]
    assert closed.result["round"] == 2
    (told,) = handed
    assert told["panel_score"] == "83.20"
    assert (told["panel_grade"], told["panel_carried"], told["panel_dissent"]) == ("通过", "yes", "0")


def test_five_scores_are_not_trimmed(make_user: Any, handed: list[dict[str, str]]) -> None:
    panel, seats, by = scoring(make_user)
    for seat, value in zip(seats, (90, 80, 80, 80, 70), strict=True):
        lock(seat, value)
    assert close(panel, by=by).result["trimmed"] is False


def test_thirty_points_apart_is_no_discussion_and_more_is(
    make_user: Any, handed: list[dict[str, str]]
) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[:-1]:
        lock(seat, 90)
    assert to_discuss(panel) == (), "nothing is said while a sheet is open"
    lock(seats[-1], 90, need="59.9", route=60)
    assert to_discuss(panel) == ("需求与目标",)
    with pytest.raises(Refused):
        discuss(panel, by=by, minutes="")


def test_a_discussion_keeps_the_first_round_and_opens_a_copy(
    make_user: Any, handed: list[dict[str, str]]
) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[:-1]:
        lock(seat, 90)
    lock(seats[-1], 50)
    panel = discuss(panel, by=by, minutes="专家陈述了理由")
    assert panel.round == 2
    own = ScoreSheet.objects.filter(seat=seats[-1]).order_by("round")
    assert [one.locked_at is not None for one in own] == [True, False]
    assert own[0].scores == own[1].scores
    with pytest.raises(PanelSettled):
        close(panel, by=by)
    with pytest.raises(PanelSettled):
        discuss(panel, by=by, minutes="再来")
    for seat in seats[:-1]:
        lock(seat, 90)
    lock(seats[-1], 55, choice="disagree", words="路线不可行")
    closed = close(panel, by=by)
    assert closed.state == PanelState.CLOSED, "what still differs after a discussion is kept, not forced"
    assert closed.result["vote"]["dissent"] == [
        {"name": "专家4", "choice": "disagree", "words": "路线不可行"}
    ]


def test_a_locked_sheet_stands_still(make_user: Any) -> None:
    panel, seats, _by = scoring(make_user)
    row = lock(seats[0])
    assert row.seal == seal_of(row)
    with pytest.raises(PanelSettled):
        lock(seats[0], 10)
    with pytest.raises(PanelSettled):
        write_sheet(seats[0], points(panel, 1), by=seats[0].expert.account, remarks={})


def test_all_faults_of_a_sheet_at_once(make_user: Any) -> None:
    panel, seats, _by = scoring(make_user)
    by = seats[0].expert.account
    with pytest.raises(AppraisalFaults) as problem:
        write_sheet(seats[0], {"need": Decimal(80)}, by=by, remarks={}, lock=True)
    codes = [one.code for one in problem.value.faults]
    assert codes == ["appraisal.no_score"] * 5 + ["panels.choice"]
    with pytest.raises(AppraisalFaults) as problem:
        write_sheet(
            seats[0],
            points(panel, 80, need="100.5", route="-1"),
            by=by,
            remarks={},
            choice="disagree",
            lock=True,
        )
    assert [one.code for one in problem.value.faults] == [
        "appraisal.score",
        "appraisal.score",
        "panels.words",
    ]
    assert not ScoreSheet.objects.exists()


def test_a_half_filled_sheet_can_be_kept_and_two_windows_do_not_overwrite(make_user: Any) -> None:
    _panel, seats, _by = scoring(make_user)
    by = seats[0].expert.account
    row = write_sheet(seats[0], {"need": Decimal(80)}, by=by, remarks={"need": "好"})
    seen = row.version
    write_sheet(seats[0], {"need": Decimal(70)}, by=by, remarks={}, expected_version=seen)
    with pytest.raises(StaleVersion):
        write_sheet(seats[0], {"need": Decimal(60)}, by=by, remarks={}, expected_version=seen)


def test_nobody_scores_for_another_or_before_declaring(make_user: Any) -> None:
    panel, seats, by = panel_of(make_user)
    with pytest.raises(PanelSettled):
        lock(seats[0])
    with pytest.raises(Refused):
        write_sheet(seats[0], points(panel, 80), by=seats[1].expert.account, remarks={})
    with pytest.raises(Refused):
        write_sheet(seats[0], points(panel, 80), by=by, remarks={})


def test_nothing_is_summed_while_a_sheet_is_open_or_the_panel_is_none(
    make_user: Any, handed: list[dict[str, str]]
) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[:-1]:
        lock(seat)
    with pytest.raises(PanelSettled):
        close(panel, by=by)
    accuse(seats[-1], Bar.COMPETITOR, "呦鹿稀土有限公司", by=by, detail="查到任职")
    with pytest.raises(NoPanel):
        close(panel, by=by)
    assert handed == []


def test_closed_everything_stands_still_and_the_case_is_shut_to_the_experts(
    make_user: Any, handed: list[dict[str, str]]
) -> None:
    panel, seats, by = scoring(make_user)
    assert CaseReader.objects.count() == 5
    for seat in seats:
        lock(seat)
    close(panel, by=by)
    assert not CaseReader.objects.exists()
    for attempt in (lambda: close(panel, by=by), lambda: lock(seats[0])):
        with pytest.raises(PanelSettled):
            attempt()
    assert len(handed) == 1


def test_where_the_case_refuses_nothing_is_closed(make_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(case: Any, *, by: Any, data: Any) -> None:
        raise Refused("不在评审环节。")

    monkeypatch.setattr("luming_portal.panels.services.closing.hand_in", refuse)
    panel, seats, by = scoring(make_user)
    for seat in seats:
        lock(seat)
    with pytest.raises(Refused):
        close(panel, by=by)
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING
    assert CaseReader.objects.count() == 5


def test_what_is_measured_counts_for_its_share_and_is_waited_for(
    make_user: Any, handed: list[dict[str, str]]
) -> None:
    panel, seats, by = scoring(make_user, scheme="innovation_award")
    for seat in seats:
        lock(seat, 80)
    with pytest.raises(PanelSettled):
        close(panel, by=by)
    for value, basis in ((Decimal(101), "台账"), (Decimal("NaN"), "台账"), (Decimal(90), " ")):
        with pytest.raises(Refused):
            measure(panel, value, by=by, basis=basis)
    measure(panel, Decimal(90), by=by, basis="统计台账")
    closed = close(panel, by=by)
    assert (closed.score, closed.grade) == (Decimal("86.00"), "建议获奖")
    other, _seats, _by = (panel, seats, by)
    with pytest.raises(PanelSettled):
        measure(other, Decimal(95), by=by, basis="再改")


def test_credit_comes_of_closed_panels(make_user: Any, handed: list[dict[str, str]]) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[:-1]:
        lock(seat, 80)
    lock(seats[-1], 60)
    before = credit_of_all([one.expert for one in seats])
    assert {one.sittings for one in before.values()} == {0}
    close(panel, by=by)
    found = credit_of_all([one.expert for one in seats])
    last = found[seats[-1].expert_id]
    assert (last.sittings, last.far_off, last.inconsistent, last.mean_z) == (1, 1, 1, None)
    assert found[seats[0].expert_id].far_off == 0


def test_papers_of_sheet_and_result(make_user: Any, handed: list[dict[str, str]]) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats:
        row = lock(seat)
    assert sheet_pdf(row).startswith(b"%PDF")
    made = result_pdf(close(panel, by=by))
    assert made.startswith(b"%PDF")
