"""Published vectors on cases: 12 (publicity), 15 (three rates), 21 (pilot run with extension), 22 (days of stay).

Worked by hand from the notice 内科基字〔2025〕17号, from the formulas of the three rates, from 泰工信规〔2025〕1号 (two years
and one more, then dismantling) and from the measures for the service of high-level talent (three months a year, two for
urgent kinds; how many days a month has is not said there and is a parameter).
"""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction

import pytest

from luming.cases import (
    BEIJING,
    Case,
    Refused,
    allowed,
    call_back,
    due,
    move,
    open_case,
    parse_process,
    publicity_of,
    three_rates,
    tick,
)
from luming.workdays import calendar_days, state_calendar

CALENDAR = state_calendar()
HEAD = """
process: vector
version: "1"
name: 用例
roles: {office: {label: 办公室, plays: office}}
"""


def at(year: int, month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=BEIJING)


def begin(text: str, when: dt.datetime) -> Case:
    return open_case(parse_process(HEAD + text, "vector.yaml"), at=when, by="office", role="office")


def step(case: Case, key: str, when: dt.datetime, **data: object) -> Case:
    return move(case, key, at=when, by="office", role="office", calendar=CALENDAR, data=data)


def test_vector_12_a_publicity_put_up_on_6_may_2025_runs_from_7_to_13_may():
    case = begin(
        """
states: {draft: {label: 拟定, start: true}, shown: {label: 公示}, done: {label: 通过, end: true}}
transitions:
  show: {label: 公示, from: draft, to: shown, role: office}
  over: {label: 期满, from: shown, to: done, automatic: true, when: publicity_over}
publicity: {in: shown, limit: 5 workdays}
""",
        at(2025, 5, 6),
    )
    case = step(case, "show", at(2025, 5, 6, 16))
    days = publicity_of(case, CALENDAR)
    assert days is not None
    assert (days.first, days.last) == (dt.date(2025, 5, 7), dt.date(2025, 5, 13))
    assert CALENDAR.count(days.first, days.last) == 5
    assert calendar_days(days.first, days.last) == 7
    assert not tick(case, CALENDAR, at(2025, 5, 13, 23)).ended
    assert tick(case, CALENDAR, at(2025, 5, 14, 0)).ended


RATES = """
forms: {told: {label: 回访, schema: {type: object, properties: {solved: {type: string, title: 答复}}}}}
states:
  draft: {label: 登记, start: true}
  contacting: {label: 待联系}
  handling: {label: 办理}
  done: {label: 办结, end: true}
transitions:
  dispatch: {label: 派单, from: draft, to: contacting, role: office}
  contact: {label: 联系, from: contacting, to: handling, role: office}
  close: {label: 办结, from: handling, to: done, role: office}
clocks:
  contact: {label: 首次联系, runs_in: [contacting], limit: 24 hours, owner: office}
"""


def test_vector_15_response_from_the_clock_solved_and_reached_from_the_call_back():
    opened = step(begin(RATES, at(2025, 5, 6)), "dispatch", at(2025, 5, 6))

    def called(hour: int, **said: bool) -> Case:
        case = step(
            step(opened, "contact", at(2025, 5, 6) + dt.timedelta(hours=hour)), "close", at(2025, 5, 9)
        )
        return call_back(case, at=at(2025, 5, 12), by="office", role="office", **said)

    solved, unsolved = called(1, reached=True, solved=True), called(1, reached=True, solved=False)
    unreached, late = called(1, reached=False), called(25, reached=False)
    cases = [solved] * 120 + [unsolved] * 30 + [unreached] * 40 + [late] * 10
    found = three_rates(solved.process, cases, CALENDAR, at(2025, 5, 13))
    assert found.response is not None
    assert (found.response.part, found.response.whole) == (190, 200)
    assert found.response.value == Fraction(95, 100)
    assert (found.solved.part, found.solved.whole, found.solved.value) == (120, 150, Fraction(80, 100))
    assert found.reached.value == Fraction(75, 100)
    assert found.reached.said == "75.0%(150/200)"


PILOT = """
forms:
  start: {label: 投运, schema: {type: object, required: [started], properties: {started: {type: string, format: date, title: 投运日期}}}}
states:
  ready: {label: 待投运, start: true}
  running: {label: 运行中}
  dismantling: {label: 待拆除或封存}
  done: {label: 已拆除或封存, end: true}
transitions:
  start: {label: 投运, from: ready, to: running, role: office, form: start}
  extend: {label: 同意延期, from: running, to: running, role: office, once: true, when: "clock_running:operation", extends: {clock: operation, by: 1 year}}
  expire: {label: 期满, from: running, to: dismantling, automatic: true, when: "clock_over:operation", effects: [task.new]}
  dismantle: {label: 拆除或封存, from: dismantling, to: done, role: office}
clocks:
  operation: {label: 运行期限, runs_in: [running], limit: 2 years, since: started, owner: office}
"""


def test_vector_21_two_years_and_one_more_and_then_it_is_dismantled():
    case = step(begin(PILOT, at(2025, 3, 1)), "start", at(2025, 3, 4), started="2025-03-01")
    assert due(case, CALENDAR, at(2025, 3, 4))[0].day == dt.date(2027, 3, 1)
    assert tick(case, CALENDAR, at(2027, 3, 1, 23)).state == "running"
    assert tick(case, CALENDAR, at(2027, 3, 2, 0)).state == "dismantling"
    longer = step(case, "extend", at(2027, 2, 1))
    assert due(longer, CALENDAR, at(2027, 2, 1))[0].day == dt.date(2028, 3, 1)
    with pytest.raises(Refused, match="至多1次"):
        step(longer, "extend", at(2027, 2, 2))
    with pytest.raises(Refused, match="未到期"):
        step(case, "extend", at(2027, 3, 2, 0))
    over = tick(longer, CALENDAR, at(2028, 3, 2, 0))
    assert over.state == "dismantling"
    assert [item.key for item in allowed(over, "office", at(2028, 3, 2), calendar=CALENDAR)] == ["dismantle"]


STAY = """
forms:
  stay:
    label: 在包天数
    schema: {{type: object, required: [days, urgent], properties: {{days: {{type: integer, title: 天数}}, urgent: {{type: boolean, title: 急需紧缺}}}}}}
states:
  draft: {{label: 申请, start: true}}
  checked: {{label: 核对}}
  accepted: {{label: 符合, end: true, outcome: approved}}
  refused: {{label: 不符合, end: true, outcome: refused}}
transitions:
  file: {{label: 提交, from: draft, to: checked, role: office, form: stay}}
  three: {{label: 满三个月, from: checked, to: accepted, automatic: true, when: ["field:urgent=false", "field:days>={three}"]}}
  fewer_three: {{label: 不满三个月, from: checked, to: refused, automatic: true, when: ["field:urgent=false", "field:days<{three}"]}}
  two: {{label: 满两个月, from: checked, to: accepted, automatic: true, when: ["field:urgent=true", "field:days>={two}"]}}
  fewer_two: {{label: 不满两个月, from: checked, to: refused, automatic: true, when: ["field:urgent=true", "field:days<{two}"]}}
"""


@pytest.mark.parametrize("days_a_month", [Fraction(30), Fraction(365, 12), Fraction(31)])
@pytest.mark.parametrize(("urgent", "outcome"), [(False, "refused"), (True, "approved")])
def test_vector_22_74_days_are_two_months_and_not_three(days_a_month, urgent, outcome):
    text = STAY.format(two=math.ceil(2 * days_a_month), three=math.ceil(3 * days_a_month))
    case = step(begin(text, at(2025, 12, 1)), "file", at(2025, 12, 1), days=74, urgent=urgent)
    assert tick(case, CALENDAR, at(2025, 12, 1)).outcome == outcome
