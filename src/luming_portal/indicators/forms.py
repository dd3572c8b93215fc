"""The forms for indicators, sources and facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luming.facts import Status
from luming_portal.accounts.rights import Action, visible
from luming_portal.indicators.models import Indicator, Source
from luming_portal.library_words import WORDS
from luming_portal.registers.forms import RecordForm, SourceField


class IndicatorForm(RecordForm):
    """An entry of the dictionary."""

    hints = {
        "definition": _("怎样算出来、包括什么、不包括什么;看板和报表都引用这句话。"),
        "lag_days": _("一期结束后多少天才有数。"),
        "proxies": _("一行一个指标编号;没有直接数据时可参考的指标。"),
    }

    class Meta:
        model = Indicator
        fields = [
            "label", "unit", "kind", "frequency", "lag_days", "rhythm_mark", "steward", "owner_mark", "statistic",
            "definition", "aliases", "mark", "proxies", "position", "published", "key", "note",
        ]  # fmt: skip


class SourceForm(RecordForm):
    """A source."""

    hints = {"mirror": _("读到的是转载页时勾选:地址只供内部复核,任何界面都不链接。")}

    class Meta:
        model = Source
        fields = [
            "publisher",
            "title",
            "date",
            "url",
            "mirror",
            "mark",
            "published",
            "steward",
            "key",
            "note",
        ]


class FactForm(forms.Form):
    """A figure. It is read and checked by the very reader that takes in tables of facts."""

    subject = forms.CharField(
        label=_("主体"), max_length=100, help_text=_("数据说的是谁:包头市、某旗县区、某企业")
    )
    indicator = forms.ModelChoiceField(label=_("指标"), queryset=Indicator.objects.none())
    period = forms.CharField(
        label=_("时期"),
        max_length=24,
        help_text=_("如 2025、2025-H1、2025-Q3、2025-06;累计写 2025-01/2025-10"),
    )
    value = forms.CharField(label=_("数值"), max_length=60, help_text=_("只填数字,不带单位"))
    unit = forms.CharField(label=_("单位"), max_length=30)
    status = forms.ChoiceField(label=_("状态"), choices=[(one.value, WORDS[one.label]) for one in Status])
    source = SourceField(label=_("来源"), queryset=Source.objects.none())
    recorded_on = forms.DateField(
        label=_("登记日"),
        help_text=_("数据公布或报送的日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    note = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = (
            visible(user, Indicator.objects.all(), Action.CHANGE)
            if correcting
            else visible(user, Indicator.objects.all())
        )
        self.fields["indicator"].queryset = allowed.order_by("position", "key")  # type: ignore[attr-defined]
        self.fields["source"].queryset = visible(user, Source.objects.all()).order_by("publisher", "key")  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = (
                "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            )
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"
        if correcting:
            for name in ("subject", "indicator", "period"):
                self.fields[name].disabled = True
        else:
            self.fields["reason"].required = False

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields if name != "reason"]
