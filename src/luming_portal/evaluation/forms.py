"""Which stretch of which document is evaluated, and which tables are handed in with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luming.evaluation import TABLES, Span
from luming_portal.documents.models import Document
from luming_portal.documents.selectors import documents_for

_CSV = {"accept": ".csv"}


class EvaluationForm(forms.Form):
    """What the report is drafted from."""

    document = forms.ModelChoiceField(label=gettext_lazy("文件"), queryset=Document.objects.none())
    stretch = forms.ChoiceField(
        label=gettext_lazy("评估时段"),
        choices=[
            ("1", pgettext_lazy("evaluation", "上半年")),
            ("2", pgettext_lazy("evaluation", "下半年")),
            ("0", pgettext_lazy("evaluation", "全年")),
        ],
    )
    as_of = forms.DateField(label=gettext_lazy("站在哪一天评(只用那天已知的数)"), required=False)
    demo = forms.BooleanField(label=gettext_lazy("用演示年的虚构数据,每页标明演示数据"), required=False)
    tasks = forms.FileField(label=gettext_lazy("任务进展表"), required=False)
    payments = forms.FileField(label=gettext_lazy("资金支付表"), required=False)
    satisfaction = forms.FileField(label=gettext_lazy("企业满意度答卷表"), required=False)
    repeals = forms.FileField(label=gettext_lazy("依据废止登记表"), required=False)

    def __init__(self, *args: Any, user: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices: Any = self.fields["document"]
        choices.queryset = documents_for(user).filter(partial=False, versions__isnull=False).distinct()
        self.fields["as_of"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["as_of"].help_text = _("不填就是今天;演示数据不用填。")
        for name, field in self.fields.items():
            if name in TABLES:
                field.widget.attrs.update(_CSV)
                field.help_text = _("CSV,可不给;没有给的,报告写明缺什么、向谁要。")
            if name != "demo":
                select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if select else "form-control"
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"

    def clean(self) -> dict[str, Any]:
        """A stretch that has begun, a day within reach, tables only beside real figures."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in TABLES:
            file = cleaned.get(name)
            if file is None:
                continue
            if cleaned.get("demo"):
                self.add_error(
                    name, _("演示年只用虚构数据,不能同时给真实的表。请去掉这张表,或不选演示数据。")
                )
            elif not file.name.lower().endswith(".csv"):
                self.add_error(
                    name,
                    _("“%s”不是 CSV。请在表格软件中另存为 CSV 再选。没有生成评估报告。") % file.name[:80],
                )
        if "document" not in cleaned or "stretch" not in cleaned:
            return cleaned
        cleaned["span"] = Span(cleaned["document"].year, int(cleaned["stretch"]))
        if not cleaned.get("demo"):
            self._check_day(cleaned, cleaned["span"])
        return cleaned

    def _check_day(self, cleaned: dict[str, Any], span: Span) -> None:
        day = cleaned.get("as_of") or self.today
        if day > self.today:
            self.add_error("as_of", _("这一天还没有到,应不晚于%s。") % self.today)
        elif day <= span.end:
            self.add_error(
                "as_of" if cleaned.get("as_of") else "stretch",
                _("%(span)s到%(end)s才结束,应在结束以后评估。") % {"span": span.label(), "end": span.end},
            )
        cleaned["as_of"] = day

    def tables(self) -> dict[str, bytes]:
        """The tables that were handed in."""
        return {name: self.cleaned_data[name].read() for name in TABLES if self.cleaned_data.get(name)}

    def table_fields(self) -> list[Any]:
        """The fields of the tables."""
        return [self[name] for name in TABLES]
