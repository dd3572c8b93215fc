"""Items written wrongly are refused, with every fault, its line and what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luming.support import Catalogue, Lane, Receiver, SupportFaults, read_support
from support.conftest import DAY, HEAD, Shelf

GOOD = """
award:
  name: 认定奖励
  condition: here
  amount: {fixed: 30万元}
"""


def faults_of(shelf: Shelf, text: str, head: str = HEAD) -> list[str]:
    with pytest.raises(SupportFaults) as caught:
        shelf.read(text, head)
    return [fault.sentence() for fault in caught.value.faults]


def test_what_is_not_written_is_said_by_the_document(shelf: Shelf) -> None:
    item = shelf.read(GOOD).items["award"]
    assert (item.lane, item.receiver) == (Lane.APPLICATION, Receiver.ENTERPRISE)
    assert item.article == "试〔2025〕1号"
    assert item.in_force(DAY)
    assert item.stack == "award"


def test_all_faults_of_all_items_are_told_at_once_with_their_lines(shelf: Shelf) -> None:
    found = faults_of(
        shelf,
        """
one:
  name: 一
  kind: prize
  condition: {all: [here, "cost >= 3人"]}
  amount: {fixed: 30万元, at_most: 20万元}
two:
  name: 二
  lane: slow
  condition: unheard_of
  amount: {share: {of: cost, rate: 20%, limit: 3万元}}
""",
    )
    text = "\n".join(found)
    assert len(found) == 6
    for word in ("trial.yaml 第9行", "prize", "不是同类", "fixed、at_most", "slow", "unheard_of", "limit"):
        assert word in text


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("amount: {fixed: 30}", "一笔钱"),
        ("amount: {at_most: 三十}", "一笔钱"),
        ("amount: {tiers: {by: grade, table: {优秀: 很多}}}", "一笔钱"),
        ("amount: {instalments: [1万元, 2万元], when: here}", "各期金额直接写明"),
        ("window: {until: 2025-03-01}", "不认识的键“until”"),
        ("amount: {share: {of: stations, rate: 20%}}", "以万元计的数"),
        ("amount: {per_item: {of: nothing, each: 1万元}}", "一项计数的事实"),
        ("amount: {instalments: [10万元]}", "至少两期"),
        ("amount: {instalments: [10万元, 二十]}", "一笔钱"),
        ("amount: {sum: []}", "至少一项"),
        ("amount: {sum: [{instalments: [1万元, 2万元]}]}", "只写在 amount 下"),
        ("amount: {of_standard: money}", "没有写“standard”"),
        ("amount: {fixed: 30万元, factor: {by: grade, table: {特等: 1}}}", "没有“特等”这个选项"),
        ("amount: {tiers: {by: here, table: {是: 1万元}}}", "不是选项"),
        ("standard: unheard_of", "没有“unheard_of”这项标准"),
        ("cap: {item: 三十万}", "带单位的数"),
        ("caps: [{scope: firm_year, group: a, cap: 很多}]", "一笔钱"),
        ("caps: [{scope: city, group: a, cap: 1万元}]", "firm_year、firm_total"),
        ("caps: [{group: a, cap: 1万元}, {group: b, cap: 1万元}]", "2个合计组"),
        ("share: [{who: 市, part: 60%}, {who: 旗县区, part: 50%}]", "合计100%"),
        ("repealed: {by: 某文}", "没有写废止日"),
        ("in_force: {from: 2025-05-01, to: 2025-04-01}", "截止日不早于起始日"),
        ("assumed: [我猜的]", "本项里的一个键"),
        ("fair_competition: {flag: true}", "没有写“why”"),
        ("mark: sure", "以下之一"),
        ("subject: planet", "enterprise、platform、person、institution"),
        ("condtion: here", "是否想写“condition”"),
    ],
)
def test_each_fault_says_what_is_expected(shelf: Shelf, line: str, word: str) -> None:
    key = line.split(":")[0]
    body = {
        "name": "name: 一",
        "condition": "condition: here",
        "amount": "amount: {fixed: 30万元}",
        key: line,
    }
    assert any(word in sentence for sentence in faults_of(shelf, "one:\n  " + "\n  ".join(body.values())))


def test_money_is_not_left_out_where_money_is_given(shelf: Shelf) -> None:
    assert "没有写金额" in faults_of(shelf, "one: {name: 一, kind: award, condition: here}")[0]
    assert shelf.read("one: {name: 一, kind: honour, condition: here}").items["one"].amount_key == ""


def test_items_of_one_group_agree(shelf: Shelf) -> None:
    found = faults_of(
        shelf,
        """
one: {name: 一, condition: here, amount: {fixed: 1万元}, group: g, matter: firm}
two: {name: 二, condition: here, amount: {fixed: 2万元}, group: g, matter: certificate_no}
three: {name: 三, condition: here, amount: {fixed: 2万元}, caps: [{scope: firm_year, group: f, cap: 3万元}]}
four: {name: 四, condition: here, amount: {fixed: 2万元}, caps: [{scope: firm_year, group: f, cap: 4万元}]}
here: {name: 五, condition: here, amount: {fixed: 2万元}}
""",
    )
    assert len(found) == 3


def test_a_document_without_a_title_and_a_file_without_items_are_faults(shelf: Shelf) -> None:
    assert "title" in faults_of(shelf, GOOD, HEAD.replace("title: 试行办法, ", ""))[0]
    assert "没有“items”" in faults_of(shelf, "", HEAD.replace("items:", ""))[0]


def test_a_repealed_clause_ends_the_day_before(shelf: Shelf) -> None:
    item = shelf.read(GOOD + "  repealed: {on: 2025-02-17, by: 某文, why: 与上位法不符}").items["award"]
    assert str(item.ends) == "2025-02-16"


def test_an_item_says_its_condition_or_its_standard(shelf: Shelf) -> None:
    assert "没有写条件" in faults_of(shelf, "one: {name: 一, amount: {fixed: 1万元}}")[0]


def test_what_a_standard_decides_is_not_decided_twice(packs: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "town" / "support"
    folder.mkdir(parents=True)
    text = "one: {name: 一, standard: baotou_rd_subsidy, condition: in_baotou, amount: {fixed: 1万元}, cap: {item: 2万元}}"
    (folder / "t.yaml").write_text(f"document: {{title: 试行}}\nitems:\n  {text}\n", encoding="utf-8")
    with pytest.raises(SupportFaults) as caught:
        read_support([tmp_path / "town"], packs.standards)
    assert len(caught.value.faults) == 2


def test_a_deadline_is_the_end_of_the_window_or_of_the_clause(shelf: Shelf) -> None:
    item = shelf.read(GOOD + "  window: {from: 2025-03-01, to: 2025-06-30}").items["award"]
    assert item.deadline(DAY) == dt.date(2025, 6, 30)
    assert item.deadline(dt.date(2025, 7, 1)) is None
    assert shelf.read(GOOD).items["award"].deadline(DAY) == dt.date(2027, 12, 31)
