"""The rules by which advice is drafted: declared, numbered, ours (平台默认口径), for the office to decide.

No source prescribes them. A rule says when it applies and what the draft then advises; the first that applies, in the
order of this file, gives a clause its one piece of advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RUN_OF_YEARS = 2
"""Years in a row that make a success or a failure a rule; 平台默认口径."""


class Advice(StrEnum):
    """What the draft advises for a clause."""

    KEEP = "keep"
    CHANGE = "change"
    REPEAL = "repeal"
    ADD = "add"

    @property
    def label(self) -> str:
        """The advice in the office's word."""
        return {"keep": "保留", "change": "修改", "repeal": "废止", "add": "新增"}[self.value]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        when: the condition, in words.
        then: what is advised beyond the one word.
    """

    code: str
    advice: Advice
    when: str
    then: str


F1 = Rule("F1", Advice.REPEAL, "登记的依据已废止,失效日不晚于评估日", "核实后废止,或另立依据")
F2 = Rule("F2", Advice.REPEAL, "一次性任务已经完成", "完成退出")
X1 = Rule("X1", Advice.CHANGE, f"连续{RUN_OF_YEARS}年以上到期未达到", "查明原因,调整目标水平、责任或办法")
X2 = Rule("X2", Advice.CHANGE, "目标与已知数据或往年文件不一致", "统一口径和基数,说明调整理由")
B1 = Rule("B1", Advice.KEEP, f"连续{RUN_OF_YEARS}年以上达到", "可提高目标水平")
B2 = Rule("B2", Advice.KEEP, "期末达到目标或序时进度", "按现有办法继续")
B3 = Rule("B3", Advice.KEEP, f"落后序时,或到期未达到而未满{RUN_OF_YEARS}年", "督办,查明原因")
X3 = Rule("X3", Advice.CHANGE, "应有数据而没有,且口径或出数单位没有依据", "写明口径、出数单位和报送周期")
B4 = Rule("B4", Advice.KEEP, "数据未到可得日、未到期末、未到考核时点,或只有下限值、预计数", "补齐数据后再评")
X4 = Rule("X4", Advice.CHANGE, "支持条款没有支付数据,实施细则待出台", "出台细则,写明条件和程序")
X5 = Rule("X5", Advice.CHANGE, "全年没有一笔支付", "查明原因,简化条件或并入其他条款")
B5 = Rule("B5", Advice.KEEP, "期内有支付,未超上限或预算", "继续执行,跟踪绩效")
B6 = Rule("B6", Advice.KEEP, "支付数据显示超过上限或预算", "先核查超出部分")
B7 = Rule("B7", Advice.KEEP, "资金条款没有支付数据,或期内(不足一年)没有支付", "取得支付数据后再评")
X6 = Rule("X6", Advice.CHANGE, "规模数量没有期限", "补期限,或写明不作考核")
B8 = Rule("B8", Advice.KEEP, "规模数量有期限,不作年度考核", "到期核实")
X7 = Rule("X7", Advice.CHANGE, "没有量化内容,没有任务进展,责任单位也没有依据", "补可核实的任务节点和报送单位")
B9 = Rule("B9", Advice.KEEP, "没有量化内容,有任务已完成或推进中", "按报送情况继续")
B10 = Rule("B10", Advice.KEEP, "没有量化内容,报送的任务都未启动或已终止", "督办,查明原因")
B11 = Rule("B11", Advice.KEEP, "没有量化内容,责任单位有依据,本次没有取得任务进展", "取得报送后再评")
Z1 = Rule(
    "Z1", Advice.ADD, "以前的目标不再提出或已到期,未达到或不能判断", "在下一年文件里写明去向:恢复、并入或终止"
)
Z2 = Rule("Z2", Advice.ADD, "评估所需的数据本次没有取得", "写明由谁报送、按什么周期")

RULES = (F1, F2, X1, X2, B1, B2, B3, X3, B4, X4, X5, B6, B5, B7, X6, B8, B9, B10, X7, B11, Z1, Z2)
"""Every rule, in the order in which they are tried."""
