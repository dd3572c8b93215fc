"""The tables an office hands in: read strictly, all faults at once, each with row and column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from evaluation.making import BUDGET, CAP, make_pack
from luming.evaluation import TaskState, read_payments, read_repeals, read_survey, read_tasks

PACK = make_pack(others=(CAP, BUDGET))
HEAD = "凭证号,条款,收款单位,项目,旗县区,规模,类型,金额,单位,支付日期\n"


def table(tmp_path, text, name="t.csv", encoding="utf-8"):
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def test_payments_are_read_in_yuan_by_chinese_heading_or_key(tmp_path):
    rows, faults = read_payments(
        table(tmp_path, HEAD + "1,条款cap,甲,平台,东区,小型,企业,12.5,万元,2025-03-01\n"), PACK
    )
    assert not faults
    assert (rows[0].clause, rows[0].amount, rows[0].paid_on) == ("cap", Decimal(125000), dt.date(2025, 3, 1))
    short = "id,clause,payee,amount,unit,paid_on\n1,budget,乙,3,元,2025-03-01\n"
    rows, faults = read_payments(table(tmp_path, short, encoding="gb18030"), PACK)
    assert not faults
    assert (rows[0].project, rows[0].district, rows[0].amount) == ("乙", "", Decimal(3))


def test_every_fault_is_told_at_once_with_row_and_column(tmp_path):
    text = HEAD + (
        "1,cap,甲,,东区,小型,企业,12,万元,2025-03-01\n"
        "1,没有,甲,,西区,巨型,企业,-3,吨,2025-02-30\n"
        ",cap,,,,,,1e3,万元,\n"
        "4,cap,丙\n"
    )
    _, faults = read_payments(table(tmp_path, text), PACK)
    told = [fault.sentence() for fault in faults]
    for words in (
        "第3行“条款”",
        "第3行“规模”",
        "第3行“金额”",
        "第3行“单位”",
        "第3行“支付日期”",
        "第4行“收款单位”",
    ):
        assert any(words in one for one in told), words
    codes = {fault.code for fault in faults}
    assert {"evaluation.repeated", "evaluation.unlike", "evaluation.row_width", "evaluation.bad_day"} <= codes
    assert all(fault.expected for fault in faults)


@pytest.mark.parametrize("amount", ["0", "0.00", "", "约3", "１２", "1,200", "NaN", "-1"])
def test_an_amount_that_is_no_plain_number_above_zero(tmp_path, amount):
    text = HEAD + f'1,cap,甲,,,,,"{amount}",万元,2025-03-01\n'
    rows, faults = read_payments(table(tmp_path, text), PACK)
    assert not rows
    assert [fault.where for fault in faults] == ["t.csv 第2行“金额”"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD, "evaluation.no_rows"),
        ("凭证号,条款\n1,cap\n", "evaluation.missing_column"),
        (HEAD.replace("类型", "类别"), "evaluation.unknown_column"),
        (HEAD.replace("类型", "规模"), "evaluation.double_column"),
        (HEAD + '1,"cap,甲\n', "evaluation.broken_csv"),
        ("", "facts.empty_file"),
    ],
)
def test_what_is_wrong_with_the_file_itself(tmp_path, text, code):
    rows, faults = read_payments(table(tmp_path, text), PACK)
    assert not rows
    assert code in {fault.code for fault in faults}


def test_a_clause_without_money_is_refused(tmp_path):
    _, faults = read_payments(table(tmp_path, HEAD + "1,output,甲,,,,,1,万元,2025-03-01\n"), PACK)
    assert [fault.code for fault in faults] == ["evaluation.unknown_word"]


def test_answers_name_measures_in_several_ways_and_count_once(tmp_path):
    head = "答卷编号,评价对象,评价\n"
    rows, faults = read_survey(table(tmp_path, head + "1,总体,满意\n1,2,一般\n2,第2条,不了解\n"), PACK)
    assert not faults
    assert [one.question for one in rows] == ["总体", "m02", "m02"]
    _, faults = read_survey(table(tmp_path, head + "1,2,满意\n1,m02,一般\n"), PACK)
    assert [fault.code for fault in faults] == ["evaluation.repeated"]


def test_tasks_need_a_day_when_done_and_none_otherwise(tmp_path):
    head = "句子,状态,完成日期,报送单位\n"
    rows, faults = read_tasks(
        table(tmp_path, head + "m01.s1,已完成,2025-05-01,甲\nm01.s2,推进中,,甲\n"), PACK
    )
    assert not faults
    assert [one.state for one in rows] == [TaskState.DONE, TaskState.UNDER_WAY]
    bad = head + "m01.s1,已完成,,甲\nm01.s2,未启动,2025-05-01,甲\nm09.s9,推进中,,\n"
    _, faults = read_tasks(table(tmp_path, bad), PACK)
    assert len(faults) == 4


def test_repeals_name_a_measure_or_a_commitment(tmp_path):
    head = "条款,原依据,废止文件,失效日期\n"
    rows, faults = read_repeals(
        table(tmp_path, head + "2,某办法,某决定,2025-02-17\ncap,某款,某决定,2025-02-17\n"), PACK
    )
    assert not faults
    assert [one.clause for one in rows] == ["m02", "cap"]
