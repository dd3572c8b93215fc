"""What can be proved: the kinds of figures, each with the rule that reckons it and the version of that rule."""

from __future__ import annotations

from enum import StrEnum

from luming.report import figure_key


class Kind(StrEnum):
    """A kind of figure that papers print and `luming recompute` reckons again."""

    TARGET = "target"
    VALUE = "value"
    COMPLETION = "completion"
    SCHEDULE = "schedule"
    DEVIATION = "deviation"
    GAP = "gap"
    GROWTH = "growth"
    LIGHT = "light"
    FORECAST = "forecast"
    CHANCE = "chance"
    COUNT = "count"
    MISSING = "missing"
    OWED = "owed"
    SCORE = "score"
    PLACE = "place"
    DISTRICT_COMPLETION = "district_completion"
    DISTRICT_GROWTH = "district_growth"
    DISTRICT_SHARE = "district_share"
    DISTRICT_QUALITY = "district_quality"

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return _RULES[self][0]

    @property
    def rule(self) -> str:
        """The rule that reckons it, in words."""
        return _RULES[self][1]

    @property
    def rule_id(self) -> str:
        """Name and version of the rule; a rule that reckons otherwise gets another version."""
        return f"{self.value}/1"


_RULES = {
    Kind.TARGET: ("目标值", "照文件原句里的数字"),
    Kind.VALUE: ("最新数据", "取期内最近的数,分期数首尾相接才相加"),
    Kind.COMPLETION: ("完成率", "按指标类型计算的完成率"),
    Kind.SCHEDULE: ("序时进度", "计划曲线在数据期末要求的完成率"),
    Kind.DEVIATION: ("偏差", "完成率减序时进度"),
    Kind.GAP: ("距目标", "目标与现值之差"),
    Kind.GROWTH: ("同比", "与上年同期相比"),
    Kind.LIGHT: ("亮灯", "亮灯规则"),
    Kind.FORECAST: ("年末预测", "期末值的预测与80%区间"),
    Kind.CHANCE: ("达标可能性", "预测分布中达到目标的份额"),
    Kind.COUNT: ("亮灯项数", "逐项重算亮灯后计数"),
    Kind.MISSING: ("应取得日期", "时期末加指标的报数时滞"),
    Kind.OWED: ("缺数个数", "逐个重算应取得日期后计数"),
    Kind.SCORE: ("得分", "区县排名得分"),
    Kind.PLACE: ("名次", "同组内按得分排列"),
    Kind.DISTRICT_COMPLETION: ("区县完成率", "本区累计除以本区计划"),
    Kind.DISTRICT_GROWTH: ("增速标准值", "本区增速在组内最低与最高之间的位置"),
    Kind.DISTRICT_SHARE: ("贡献份额", "本区累计除以各区累计合计"),
    Kind.DISTRICT_QUALITY: ("工作质量", "按时报送率与未更正率的平均"),
}


COUNTS = frozenset({Kind.COUNT, Kind.OWED})
"""Kinds that count over other proofs."""


def key_of(kind: Kind, subject: str) -> str:
    """The key under which a paper looks for the code of a figure: `completion pv_output`."""
    return figure_key(kind.value, subject)
