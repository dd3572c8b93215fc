"""What the desk tells a person who sees it for the first time: mechanisms in plain words, usual reasons, the keys."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from luming.pack import Mechanism

MECHANISM_HELP: Mapping[Mechanism, object] = {
    Mechanism.MONITOR: _("有数可考核：亮灯、调度、通报"),
    Mechanism.SUPPORT: _("给补助、奖励、贷款、减免"),
    Mechanism.CASES: _("要申报、审批、建设、验收"),
    Mechanism.MATCHING: _("供需对接：找人、找成果、找资金"),
    Mechanism.STANDARDS: _("按条件认定、评定、分级"),
    Mechanism.FACTS: _("建台账、统计、报数"),
    Mechanism.EVIDENCE: _("存证、登记知识产权或数据"),
    Mechanism.CHAINS: _("产业链：补链、强链、配套"),
    Mechanism.MARKET: _("交易、挂牌、指数"),
    Mechanism.CARBON: _("碳足迹、绿电"),
    Mechanism.FORESIGHT: _("预测、研判、规划布局"),
    Mechanism.PACK: _("文件自身的说明，如施行日期"),
    Mechanism.NONE: _("靠会议、组织、宣传落实，不需要软件"),
}

REJECTIONS = (
    gettext_noop("名称或会议届次中的数字"),
    gettext_noop("年份或日期"),
    gettext_noop("对现状的描述，不是承诺"),
    gettext_noop("引用上级文件，本市不另作承诺"),
    gettext_noop("已包含在另一项目标中"),
)

ABSENCES = (
    gettext_noop("思想认识和组织领导，由会议部署落实"),
    gettext_noop("宣传引导，由宣传部门落实"),
    gettext_noop("由上级机关组织实施"),
    gettext_noop("原则性要求，没有可办理的事项"),
)
"""Usual reasons. They go into the document as they stand, so they stay Chinese; English readers see what they say."""

KEYS = (
    ("J ↓", _("下一句")),
    ("K ↑", _("上一句")),
    ("N", _("下一处待办")),
    ("A", _("采纳")),
    ("E", _("改正")),
    ("R", _("驳回")),
    ("S", _("拆分：先在句中点一下，再按 S")),
    ("M", _("与下一句合并")),
    ("B", _("对应落实机制")),
    ("U", _("撤销自己的上一步")),
    ("/", _("查找")),
    ("?", _("显示本帮助")),
    ("Esc", _("关闭打开的面板")),
)
