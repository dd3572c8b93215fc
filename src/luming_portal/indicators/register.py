"""The registers of indicators, facts and sources, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming.facts import Frequency, IndicatorKind, Status
from luming_portal.accounts.roles import Level
from luming_portal.indicators.finding import fact_condition
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.pages import fact_context, indicator_context, source_context, units
from luming_portal.indicators.planning import COLUMNS, apply_facts, plan_facts
from luming_portal.library_words import WORDS
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import DEMO, KEY, MARK, MARKS, PUBLISHED
from luming_portal.registers.register import Register

INDICATORS = Register(
    slug="indicators",
    noun="indicator",
    model=Indicator,
    label=pgettext_lazy("register", "指标"),
    unit_word=_("项"),
    icon="gauge",
    about=_("指标字典:每项指标的口径、单位、频度和数据单位。看板、报表和导入都按它核对。"),
    title="label",
    search=("label", "definition", "key"),
    ordering=("position", "key"),
    form="luming_portal.indicators.forms.IndicatorForm",
    detail_template="indicators/indicator.html",
    extra={"context": indicator_context},
    columns=(
        Column("label", _("名称")),
        Column("unit", _("计量单位"), Kind.CHOICE),
        Column(
            "frequency", _("频度"), Kind.CHOICE, choices={one.value: WORDS[one.label] for one in Frequency}
        ),
        Column(
            "kind",
            _("类型"),
            Kind.CHOICE,
            choices={one.value: WORDS[one.label] for one in IndicatorKind},
            shown=False,
        ),
        Column("steward", _("数据单位"), Kind.CHOICE, bulk=True),
        Column("definition", _("口径"), Kind.LONG),
        Column("aliases", _("别名"), Kind.LIST, sort="", filtered=False, shown=False),
        Column("lag_days", _("滞后天数"), Kind.NUMBER, unit=_("天"), shown=False),
        Column("rhythm_mark", _("频度依据"), Kind.CHOICE, choices=MARKS, shown=False),
        Column("owner_mark", _("数据单位依据"), Kind.CHOICE, choices=MARKS, shown=False),
        Column("statistic", _("统计来源"), shown=False),
        MARK,
        Column("proxies", _("代理指标"), Kind.LIST, sort="", filtered=False, shown=False),
        Column("position", _("次序"), Kind.NUMBER, shown=False),
        PUBLISHED,
        DEMO,
        KEY,
        Column("note", _("备注"), Kind.LONG, shown=False),
    ),
)

# Keys and labels are those of luming.facts, so that a table of facts from the command line fits here and back.
FACTS = Register(
    slug="facts",
    noun="fact",
    model=Fact,
    label=pgettext_lazy("register", "数据"),
    unit_word=_("条"),
    icon="database",
    about=_("每个数都有对象、指标、时期、单位和来源。更正是新的一条,旧的一条留着。"),
    title="key",
    search=("subject", "indicator__label", "key"),
    ordering=("-recorded_on", "-id"),
    select=("indicator", "source"),
    form="luming_portal.indicators.forms.FactForm",
    detail_template="indicators/fact.html",
    find=fact_condition,
    append_only=True,
    extra={
        "import_columns": COLUMNS,
        "plan": plan_facts,
        "apply": apply_facts,
        "options": {"unit": units},
        "create_view": "luming_portal.indicators.views.fact_create",
        "context": fact_context,
    },
    columns=(
        Column("key", _("编号"), shown=False),
        Column("subject", _("主体")),
        Column("indicator", _("指标"), Kind.CHOICE, path="indicator__label"),
        Column("indicator_key", _("指标编号"), path="indicator__key", shown=False),
        Column("period", _("时期"), sort="period_end"),
        Column("value", _("数值"), Kind.NUMBER, sort="value_sort"),
        Column("unit", _("单位"), Kind.CHOICE),
        Column("status", _("状态"), Kind.CHOICE, choices={one.value: WORDS[one.label] for one in Status}),
        Column("source", _("来源"), path="source__publisher"),
        Column("source_key", _("来源编号"), path="source__key", shown=False),
        Column("source_mark", _("可信度"), Kind.CHOICE, path="source__mark", choices=MARKS, shown=False),
        Column("recorded_on", _("登记日"), Kind.DATE),
        Column("supersedes", _("更正编号"), shown=False),
        Column("superseded", _("已被更正"), Kind.FLAG, shown=False),
        Column("published", _("对外发布"), Kind.FLAG, level=Level.INTERNAL, shown=False),
        DEMO,
        Column("note", _("备注"), Kind.LONG, shown=False),
    ),
)

SOURCES = Register(
    slug="sources",
    noun="source",
    model=Source,
    label=pgettext_lazy("register", "来源"),
    unit_word=_("个"),
    icon="link",
    about=_("每个数、每个条目出自哪里。转载页只供内部复核,不对外链接。"),
    title="publisher",
    search=("publisher", "title", "key"),
    ordering=("key",),
    form="luming_portal.indicators.forms.SourceForm",
    detail_template="indicators/source.html",
    extra={"context": source_context},
    columns=(
        Column("publisher", _("发布机构")),
        Column("title", _("标题")),
        Column("date", _("日期")),
        Column("mirror", _("转载页"), Kind.FLAG),
        MARK,
        Column("url", _("地址"), Kind.LONG, level=Level.INTERNAL, shown=False),
        Column("note", _("备注"), Kind.LONG, shown=False),
        PUBLISHED,
        Column("steward", _("负责单位"), Kind.CHOICE, level=Level.INTERNAL, shown=False, bulk=True),
        DEMO,
        Column("key", _("编号")),
    ),
)

REGISTERS = (INDICATORS, FACTS, SOURCES)
