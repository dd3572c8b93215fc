"""What a unit writes when it contests a light, and what the office writes when it decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming.dispute import DisputeMove


class DisputeForm(forms.Form):
    """Reason and evidence. The light seen is sent along, so that nobody contests another one."""

    light = forms.CharField(widget=forms.HiddenInput, max_length=8)
    reason = forms.CharField(
        label=_("申诉理由"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        help_text=_("这盏灯哪里不对:数不对、口径不对、时点不对,还是另有情况。"),
    )
    evidence = forms.CharField(
        label=_("依据"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        help_text=_("文号、台账编号、统计报表名称或链接;写得能让办公室查到。"),
    )

    full = ("reason", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.full:
            self.fields[name].widget.attrs["aria-describedby"] = f"id_{name}_hint"


class EndForm(forms.Form):
    """What ends a dispute."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    move = forms.ChoiceField(choices=[(one.value, one.value) for one in DisputeMove])
    reason = forms.CharField(label=_("裁定理由"), required=False, max_length=4000)
