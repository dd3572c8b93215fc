"""The figures by which experts judge: data with their standing, read from packs/national/appraisal.yaml."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from luming.appraisal.faults import AppraisalFaults
from luming.errors import Fault
from luming.mark import Mark
from luming.pack import Entry, read_file


class Grounds(Entry):
    """What a rule rests on. `source` is an id of packs/national/sources.yaml, empty where the rule is our own."""

    mark: Mark
    source: str = ""
    note: str = ""


class PanelRule(Grounds):
    """Composition of a panel: so many experts, at least a share of them technical, at most so many of one unit."""

    fewest: int
    most: int
    odd: bool
    technical_share: Fraction
    per_unit: int


class WithdrawalRule(Grounds):
    """Joint works within so many years, the day of the appraisal counted back, keep an expert away."""

    joint_work_years: int


class ScoringRule(Grounds):
    """How sheets become a score.

    `trim_from`: with so many experts or more, one highest and one lowest sum are left out. `discuss_above`: an item whose
    scores differ by more asks for a discussion, in points of 100.
    """

    trim_from: int
    discuss_above: Fraction


class VoteRule(Grounds):
    """Share of the whole panel that a conclusion needs."""

    needed: Fraction


class IncomeRule(Grounds):
    """Floors of what goes to those who did the work.

    `transfer_floor`: of the net income of a transfer or licence. `own_use_floor`: of each year's operating profit where the
    unit uses the result itself, for at least `own_use_years_fewest` and at most `own_use_years_most` years.
    """

    transfer_floor: Fraction
    own_use_floor: Fraction
    own_use_years_fewest: int
    own_use_years_most: int


class CreditRule(Grounds):
    """What the credit record of an expert counts.

    `far_off_from`: a sum is far off the others from so many standard deviations on. `gap_above`: an expert contradicts his
    own sheet where overall impression and weighted sum differ by more, in points of 100. `fewest`: no means below so many.
    """

    far_off_from: Decimal
    gap_above: Decimal
    fewest: int


class Rules(Entry):
    """All of them."""

    panel: PanelRule
    withdrawal: WithdrawalRule
    scoring: ScoringRule
    vote: VoteRule
    credit: CreditRule
    income: IncomeRule


def load_rules(file: Path) -> Rules:
    """Read the rules.

    Raises:
        PackFaults: the file is faulty.
        AppraisalFaults: a figure makes no sense; all of them are named.
    """
    rules = read_file(file, Rules)
    panel, income = rules.panel, rules.income
    wrong = [
        ("panel.fewest", f"{panel.fewest}", "1到 most 之间", not 1 <= panel.fewest <= panel.most),
        ("panel.technical_share", f"{panel.technical_share}", "0到1", not 0 <= panel.technical_share <= 1),
        ("panel.per_unit", f"{panel.per_unit}", "不小于1", panel.per_unit < 1),
        (
            "withdrawal.joint_work_years",
            f"{rules.withdrawal.joint_work_years}",
            "不小于0",
            rules.withdrawal.joint_work_years < 0,
        ),
        ("scoring.trim_from", f"{rules.scoring.trim_from}", "不小于3", rules.scoring.trim_from < 3),
        (
            "scoring.discuss_above",
            f"{rules.scoring.discuss_above}",
            "不小于0",
            rules.scoring.discuss_above < 0,
        ),
        ("credit.far_off_from", f"{rules.credit.far_off_from}", "大于0", rules.credit.far_off_from <= 0),
        ("credit.gap_above", f"{rules.credit.gap_above}", "不小于0", rules.credit.gap_above < 0),
        ("credit.fewest", f"{rules.credit.fewest}", "不小于1", rules.credit.fewest < 1),
        ("vote.needed", f"{rules.vote.needed}", "大于0、不大于1", not 0 < rules.vote.needed <= 1),
        ("income.transfer_floor", f"{income.transfer_floor}", "0到1", not 0 <= income.transfer_floor <= 1),
        ("income.own_use_floor", f"{income.own_use_floor}", "0到1", not 0 <= income.own_use_floor <= 1),
        (
            "income.own_use_years_fewest",
            f"{income.own_use_years_fewest}",
            "1到 own_use_years_most 之间",
            not 1 <= income.own_use_years_fewest <= income.own_use_years_most,
        ),
    ]
    faults = [
        Fault("appraisal.rule", f"{file.name}“{key}”", found, expected)
        for key, found, expected, bad in wrong
        if bad
    ]
    if faults:
        raise AppraisalFaults(faults)
    return rules
