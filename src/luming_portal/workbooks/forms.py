"""The form with which a workbook is loaded: its source, its day, and the name of the mapping."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming_portal.indicators.models import MARKS
from luming_portal.workbooks.services import GivenSource


class LoadForm(forms.Form):
    """Where the figures come from; nothing is entered without it."""

    title = forms.CharField(label=_("来源标题"), max_length=300, help_text=_("如 2025年6月人才月报"))
    publisher = forms.CharField(label=_("发布机构"), max_length=200, help_text=_("编制或公布这份表的单位"))
    date = forms.DateField(
        label=_("来源日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    mark = forms.ChoiceField(label=_("可信度"), choices=MARKS)
    recorded_on = forms.DateField(
        label=_("登记日"),
        help_text=_("数据公布或报送的日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    remember = forms.CharField(
        label=_("记住读法,名称"),
        max_length=80,
        required=False,
        help_text=_("下个月同一版式的表会自动用它;同名的会被替换;空着就不记。"),
    )
    reason = forms.CharField(
        label=_("理由(有更正时必填)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "load_%s", **kwargs})
        for name, field in self.fields.items():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"load_{name}_hint"

    def source(self) -> GivenSource:
        """The source, of a form that is sound."""
        given = self.cleaned_data
        return GivenSource(given["title"], given["publisher"], given["date"], given["mark"])


class NameForm(forms.Form):
    """Another name for a remembered mapping."""

    name = forms.CharField(
        label=_("名称"), max_length=80, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
