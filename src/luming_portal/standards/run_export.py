"""A run as a workbook: the run itself, every verdict, every fact it rests on with its source."""

from __future__ import annotations

from collections.abc import Sequence

from luming.report import xlsx
from luming.standards import Outcome
from luming_portal.standards.models import AssessmentResult, AssessmentRun
from luming_portal.standards.run_lists import fact_label, line_of

_HELD = {True: "已取得", False: "未取得", None: "未知"}
_ORIGINS = {
    "firm": "企业填报",
    "office": "部门录入",
    "file": "表格导入",
    "earlier": "往年填报",
    "register": "企业台账",
}
_VERDICTS = (
    xlsx.SheetColumn("企业", width=32),
    xlsx.SheetColumn("旗县区", width=12),
    xlsx.SheetColumn("标准", width=24),
    xlsx.SheetColumn("结论", width=12),
    xlsx.SheetColumn("类别", width=12),
    xlsx.SheetColumn("得分或金额", width=30),
    xlsx.SheetColumn("是否已取得", width=12),
    xlsx.SheetColumn("差距在一成以内", width=14),
    xlsx.SheetColumn("还缺的事实", width=48),
)
_FACTS = (
    xlsx.SheetColumn("企业", width=32),
    xlsx.SheetColumn("事实", width=36),
    xlsx.SheetColumn("数值", width=16),
    xlsx.SheetColumn("来源", width=12),
    xlsx.SheetColumn("依据", width=40),
    xlsx.SheetColumn("登记日", width=12),
)
_RULES = (
    xlsx.SheetColumn("标准", width=30),
    xlsx.SheetColumn("版本", width=12),
    xlsx.SheetColumn("文件", width=40),
    xlsx.SheetColumn("规则校验值", width=68),
    *(xlsx.SheetColumn(outcome.label, "number", "家", width=12) for outcome in Outcome),
)


def workbook(run: AssessmentRun, results: Sequence[AssessmentResult]) -> bytes:
    """An .xlsx file with what the reader may see of a run."""
    rules = tuple(
        (
            told["label"],
            told["version"],
            told["document"],
            told["sha256"],
            *(sum(_is(one, told["key"], outcome) for one in results) for outcome in Outcome),
        )
        for told in run.standards
    )
    verdicts = tuple(
        (
            one.name,
            one.district,
            told["label"],
            line.outcome.label,
            line.klass,
            ";".join(f"{label} {words}" for label, words in line.figures),
            _HELD[line.held],
            "是" if line.near else "",
            "、".join(line.missing),
        )
        for one in results
        for told in run.standards
        if (line := line_of(one, told["key"])) is not None
    )
    facts = tuple(
        (
            one.name,
            fact_label(key),
            fact["value"],
            _ORIGINS.get(fact["origin"], fact["origin"]),
            fact["source"],
            fact["recorded_on"],
        )
        for one in results
        for key, fact in one.facts.items()
    )
    notes = (
        f"测算日{run.as_of},数据截至{run.known_on}。测算不代替认定。",
        f"结果校验值 {run.results_digest}",
    )
    sheets = (
        xlsx.Sheet("标准", run.name, _RULES, rules, notes, frozen=1),
        xlsx.Sheet("结论", run.name, _VERDICTS, verdicts, notes, frozen=1),
        xlsx.Sheet("事实", run.name, _FACTS, facts, notes, frozen=1),
    )
    return xlsx.render(xlsx.Workbook(run.name, "", run.known_on, sheets, run.demo))


def _is(result: AssessmentResult, key: str, outcome: Outcome) -> bool:
    told = result.verdicts.get(key)
    return told is not None and told["outcome"] == outcome.value
