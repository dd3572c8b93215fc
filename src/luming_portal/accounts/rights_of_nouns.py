"""The table of rights: noun → action → role → scope. How it is read and asked is in `rights`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy

from luming_portal.accounts.roles import Role


class Scope(StrEnum):
    """On which objects an action is allowed."""

    NONE = "none"
    PUBLISHED = "published"
    OWN = "own"
    DISTRICT = "district"
    UNIT = "unit"
    ALL = "all"


class Action(StrEnum):
    """What can be done to a kind of object."""

    VIEW = "view"
    EXPORT = "export"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    BULK = "bulk"
    IMPORT = "import"
    HISTORY = "history"
    PUBLISH = "publish"

    @property
    def label(self) -> str:
        """The action in words, as in “不能修改”."""
        return str(_ACTION_LABELS[self])


_ACTION_LABELS = {
    Action.VIEW: gettext_lazy("查看"),
    Action.EXPORT: gettext_lazy("导出"),
    Action.CREATE: gettext_lazy("新增"),
    Action.CHANGE: gettext_lazy("修改"),
    Action.DELETE: gettext_lazy("删除"),
    Action.BULK: gettext_lazy("批量修改"),
    Action.IMPORT: gettext_lazy("导入"),
    Action.HISTORY: gettext_lazy("查看变更记录"),
    Action.PUBLISH: gettext_lazy("发布"),
}

Row = Mapping[Role, Scope]
N, P, O, D, U, A = Scope.NONE, Scope.PUBLISHED, Scope.OWN, Scope.DISTRICT, Scope.UNIT, Scope.ALL  # noqa: E741
_ORDER = tuple(Role)


def row(cells: str) -> Row:
    """A row of the table, one letter a role in the order of `Role`."""
    letters = {"-": N, "P": P, "O": O, "D": D, "U": U, "A": A}
    return {role: letters[cell] for role, cell in zip(_ORDER, cells.replace(" ", ""), strict=True)}


_row = row


# In the order visitor, enterprise, institution, expert, district, department, office, auditor, security, system.
_PUBLIC_REGISTER = {
    Action.VIEW: _row("P P P P A A A A P P"),
    Action.EXPORT: _row("P P P P A A A A P P"),
    Action.CREATE: _row("- - - - - A A - - -"),
    Action.CHANGE: _row("- - - - - U A - - -"),
    Action.DELETE: _row("- - - - - - A - - -"),
    Action.BULK: _row("- - - - - U A - - -"),
    Action.IMPORT: _row("- - - - - A A - - -"),
    Action.HISTORY: _row("- - - - A A A A - -"),
}
PUBLIC_REGISTER = _PUBLIC_REGISTER
_READ_BY_UNIT = dict.fromkeys((Action.VIEW, Action.EXPORT, Action.HISTORY), _row("- - - - - U A A - -"))

RIGHTS: Mapping[str, Mapping[Action, Row]] = {
    "enterprise": {
        Action.VIEW: _row("P O P P D A A A P P"),
        Action.EXPORT: _row("P O P P D A A A P P"),
        Action.CREATE: _row("- - - - D A A - - -"),
        Action.CHANGE: _row("- - - - D A A - - -"),
        Action.DELETE: _row("- - - - - - A - - -"),
        Action.BULK: _row("- - - - D A A - - -"),
        Action.IMPORT: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- O - - D A A A - -"),
    },
    "institution": {
        Action.VIEW: _row("P P O P D A A A P P"),
        Action.EXPORT: _row("P P O P D A A A P P"),
        Action.CREATE: _row("- - - - D A A - - -"),
        Action.CHANGE: _row("- - - - D A A - - -"),
        Action.DELETE: _row("- - - - - - A - - -"),
        Action.BULK: _row("- - - - D A A - - -"),
        Action.IMPORT: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- - O - D A A A - -"),
    },
    "project": _PUBLIC_REGISTER,
    "progress": {
        Action.VIEW: _row("- - - - A A A A - -"),
        Action.CREATE: _row("- - - - D U A - - -"),
        Action.CHANGE: _row("- - - - D U A - - -"),
        Action.DELETE: _row("- - - - D U A - - -"),
        Action.HISTORY: _row("- - - - A A A A - -"),
    },
    "review": {
        # O: the rounds in which one scores.
        Action.VIEW: _row("- - - O A A A A - -"),
        Action.CREATE: _row("- - - - - - A - - -"),
        Action.CHANGE: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - - - A A - -"),
    },
    "score": {
        # O: one's own, and those of rounds that are over.
        Action.VIEW: _row("- - - O O O O O - -"),
        Action.CREATE: _row("- - - O O O O - - -"),
        Action.CHANGE: _row("- - - O O O O - - -"),
    },
    "person": {
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.EXPORT: _row("- - - - - A A - - -"),
        Action.CREATE: _row("- - - - - A A - - -"),
        Action.CHANGE: _row("- - - - - U A - - -"),
        Action.DELETE: _row("- - - - - - A - - -"),
        Action.BULK: _row("- - - - - U A - - -"),
        Action.IMPORT: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- - - - - A A A - -"),
    },
    "team": _PUBLIC_REGISTER,
    "indicator": _PUBLIC_REGISTER,
    "fact": _PUBLIC_REGISTER,
    "source": _PUBLIC_REGISTER,
    "document": {
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.EXPORT: _row("P P P P A A A A P P"),
        Action.CREATE: _row("- - - - - - A - - -"),
        Action.CHANGE: _row("- - - - - - A - - -"),
        Action.DELETE: _row("- - - - - - A - - -"),
        Action.IMPORT: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - A A A A - -"),
        Action.PUBLISH: _row("- - - - - - A - - -"),
    },
    "cockpit": {Action.VIEW: _row("A A A A A A A A A A"), Action.EXPORT: _row("A A A A A A A A A A")},
    "proof": {
        # Made of published figures alone; whoever holds a paper may look its figures up.
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.CREATE: _row("- - - - A A A - - -"),
    },
    "reporting_month": {
        Action.VIEW: _row("- - - - - U A A - -"),
        Action.CREATE: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - - U A A - -"),
    },
    "report": {
        # U: what one's unit reports, and what it collects from others. Which move is whose: luming.reporting.
        Action.VIEW: _row("- - - - - U A A - -"),
        Action.CHANGE: _row("- - - - - U A - - -"),
        Action.EXPORT: _row("- - - - - U A A - -"),
        Action.IMPORT: _row("- - - - - U - - - -"),
        Action.HISTORY: _row("- - - - - U A A - -"),
    },
    "reminder": _READ_BY_UNIT | {Action.CREATE: _row("- - - - - - A - - -")},
    # CHANGE: withdraw a letter, set the letterhead; the letter itself never changes.
    "letter": _READ_BY_UNIT
    | {Action.CREATE: _row("- - - - - - A - - -"), Action.CHANGE: _row("- - - - - - A - - -")},
    "letter_answer": _READ_BY_UNIT | {Action.CREATE: _row("- - - - - U - - - -")},
    # That a light is contested, without names, is open to all. Which move is whose: luming.dispute.
    "dispute": _READ_BY_UNIT
    | {Action.CREATE: _row("- - - - - U - - - -"), Action.CHANGE: _row("- - - - - U A - - -")},
    "report_file": {
        Action.VIEW: _row("- - - - - U A A - -"),
        Action.CREATE: _row("- - - - - U - - - -"),
        Action.DELETE: _row("- - - - - U - - - -"),
        Action.HISTORY: _row("- - - - - U A A - -"),
    },
    "invitation": {
        # U: links that one's unit hands to contact persons for its own figures. CHANGE is withdrawing one.
        Action.VIEW: _row("- - - - - U A A - -"),
        Action.CREATE: _row("- - - - - U A - - -"),
        Action.CHANGE: _row("- - - - - U A - - -"),
    },
    "workbook": {
        # U: the mappings of one's unit. Which figures a workbook may bring is asked of each one, as "fact" has it.
        Action.VIEW: _row("- - - - - U A A - -"),
        Action.EXPORT: _row("- - - - - U A A - -"),
        Action.CREATE: _row("- - - - - U A - - -"),
        Action.CHANGE: _row("- - - - - U A - - -"),
        Action.DELETE: _row("- - - - - U A - - -"),
        Action.IMPORT: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- - - - - U A A - -"),
    },
    "comparison": {
        # P: what is issued. A: what would be issued today as well.
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.EXPORT: _row("P P P P A A A A P P"),
        Action.PUBLISH: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - - - A A - -"),
    },
    "objection": {
        # P: all but those taken back. CHANGE: a district takes its own back, the office decides.
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.CREATE: _row("- - - - D - - - - -"),
        Action.CHANGE: _row("- - - - D - A - - -"),
        Action.HISTORY: _row("- - - - - - A A - -"),
    },
    "evaluation": {
        Action.VIEW: _row("- - - - - - A A - -"),
        Action.EXPORT: _row("- - - - - - A A - -"),
    },
    "firm_fact": {
        # What the standards are asked of: O is one's own firm's, D those of the district's firms.
        Action.VIEW: _row("- O - - D A A A - -"),
        Action.EXPORT: _row("- O - - D A A A - -"),
        Action.CREATE: _row("- O - - - A A - - -"),
        Action.IMPORT: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- O - - D A A A - -"),
    },
    # A declaration that the register holds every firm with a title. CHANGE is taking it back.
    "complete_register": {
        Action.VIEW: _row("- - - - A A A A - -"),
        Action.CREATE: _row("- - - - - - A - - -"),
        Action.CHANGE: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - - - A A - -"),
    },
    "assessment_run": {
        # Of a run everybody who sees it reads the results of the firms that he sees ("firm_fact").
        Action.VIEW: _row("- - - - A A A A - -"),
        Action.EXPORT: _row("- - - - A A A A - -"),
        Action.CREATE: _row("- - - - - A A - - -"),
        Action.CHANGE: _row("- - - - - A A - - -"),
        Action.HISTORY: _row("- - - - - A A A - -"),
    },
    "publicity_list": {
        # P: those that are frozen. PUBLISH is freezing one.
        Action.VIEW: _row("P P P P A A A A P P"),
        Action.CREATE: _row("- - - - - A A - - -"),
        Action.CHANGE: _row("- - - - - A A - - -"),
        Action.PUBLISH: _row("- - - - - - A - - -"),
        Action.HISTORY: _row("- - - - - A A A - -"),
    },
    "sight_grant": {
        # O: a firm's own; for a bank or guarantee fund what is given to it and open today. CHANGE is revoking.
        Action.VIEW: _row("- O O - - - - A - -"),
        Action.CREATE: _row("- O - - - - - - - -"),
        Action.CHANGE: _row("- O - - - - - - - -"),
        Action.HISTORY: _row("- O - - - - - A - -"),
    },
    "case": {
        # O: of one's own firm or institution, and those opened to one to read. U: in which one's unit has a part.
        # CREATE: whoever plays the role that opens a process; CHANGE: which step is whose says the process.
        Action.VIEW: _row("- O O O D U A A - -"),
        Action.EXPORT: _row("- O O - D U A A - -"),
        Action.CREATE: _row("- O O - D U A - - -"),
        Action.CHANGE: _row("- O O O D U A - - -"),
        Action.HISTORY: _row("- O O - D U A A - -"),
    },
    # What is under publicity is open to all; CREATE: a signed objection of whoever has an account.
    "case_publicity": {
        Action.VIEW: _row("P P P P P P P P P P"),
        Action.CREATE: _row("- A A A A A A - - -"),
    },
    "process": {Action.VIEW: _row("- A A A A A A A - -")},
    "sight_look": {Action.VIEW: _row("- O - - - - - A - -")},
    "counted_entry": {
        # U: what one's unit counts. Entries are never changed or removed; to change is to give or withdraw evidence.
        Action.VIEW: _row("- - - - - U A - - -"),
        Action.EXPORT: _row("- - - - - U A - - -"),
        Action.CREATE: _row("- - - - - U A - - -"),
        Action.CHANGE: _row("- - - - - U A - - -"),
        Action.IMPORT: _row("- - - - - U A - - -"),
        Action.HISTORY: _row("- - - - - U A - - -"),
        # whether a typed total still stands in although there are entries
        Action.PUBLISH: _row("- - - - - - A - - -"),
    },
    "saved_view": {
        # U: one's own, and what one's unit or all officers share.
        Action.VIEW: _row("- U U U U U U U U U"),
        Action.CREATE: _row("- O O O O O O O O O"),
        Action.CHANGE: _row("- O O O O O O O O O"),
        Action.DELETE: _row("- O O O O O O O O O"),
    },
    "account": {
        Action.VIEW: _row("- - - - - - - A A A"),
        Action.CREATE: _row("- - - - - - - - - A"),
        Action.CHANGE: _row("- - - - - - - - A -"),
        Action.HISTORY: _row("- - - - - - - A - -"),
    },
    "token": {
        Action.VIEW: _row("- O O - O O O O O O"),
        Action.CREATE: _row("- O O - O O O O O O"),
        Action.DELETE: _row("- O O - O O O O A O"),
    },
    "webhook": {
        Action.VIEW: _row("- - - - - - A A - A"),
        Action.CREATE: _row("- - - - - - - - - A"),
        Action.CHANGE: _row("- - - - - - - - - A"),
        Action.DELETE: _row("- - - - - - - - - A"),
    },
    "audit": {Action.VIEW: _row("- - - - - - - A - -"), Action.EXPORT: _row("- - - - - - - A - -")},
    "job": {Action.VIEW: _row("- O O O O O O A O A"), Action.DELETE: _row("- O O O O O O - O A")},
    "operations": {Action.VIEW: _row("- - - - - - - - - A"), Action.CHANGE: _row("- - - - - - - - - A")},
}
"""Noun → action → role → scope. What is not written is not allowed."""

NOUN_LABELS = {
    "enterprise": gettext_lazy("企业"),
    "institution": gettext_lazy("机构"),
    "project": gettext_lazy("项目"),
    "progress": gettext_lazy("项目进度"),
    "review": gettext_lazy("观摩测评"),
    "score": gettext_lazy("测评评分"),
    "person": gettext_lazy("人才"),
    "team": gettext_lazy("团队"),
    "indicator": gettext_lazy("指标"),
    "fact": gettext_lazy("数据"),
    "source": gettext_lazy("来源"),
    "document": gettext_lazy("文件"),
    "cockpit": gettext_lazy("驾驶舱"),
    "proof": gettext_lazy("数字核验"),
    "reporting_month": gettext_lazy("报送期"),
    "report": gettext_lazy("报送"),
    "reminder": gettext_lazy("提醒记录"),
    "letter": gettext_lazy("催报函"),
    "letter_answer": gettext_lazy("催报函答复"),
    "dispute": gettext_lazy("亮灯申诉"),
    "report_file": gettext_lazy("报送材料"),
    "invitation": gettext_lazy("一次性链接"),
    "workbook": gettext_lazy("工作簿读法"),
    "comparison": gettext_lazy("旗县区比较"),
    "objection": gettext_lazy("异议"),
    "evaluation": gettext_lazy("政策评估"),
    "firm_fact": gettext_lazy("企业事实"),
    "complete_register": gettext_lazy("资质台账核全"),
    "assessment_run": gettext_lazy("批量测算"),
    "publicity_list": gettext_lazy("公示名单"),
    "sight_grant": gettext_lazy("授权查看"),
    "sight_look": gettext_lazy("查看记录"),
    "case": gettext_lazy("事项"),
    "case_publicity": gettext_lazy("公示事项"),
    "process": gettext_lazy("流程"),
    "counted_entry": gettext_lazy("计数条目"),
    "saved_view": gettext_lazy("保存的视图"),
    "account": gettext_lazy("账号"),
    "token": gettext_lazy("接口令牌"),
    "webhook": gettext_lazy("推送地址"),
    "audit": gettext_lazy("审计日志"),
    "job": gettext_lazy("后台任务"),
    "operations": gettext_lazy("运行维护"),
}
