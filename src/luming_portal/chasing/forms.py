"""What an officer enters when chasing: reminders sent, letters, the letterhead, answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming.punctuation import full_width_outside_quotes
from luming.reporting import MarkFault, read_mark
from luming_portal.chasing.models import Channel


def fit(form: forms.Form) -> None:
    """Give the fields the looks of the site."""
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        select = isinstance(field.widget, forms.Select)
        field.widget.attrs["class"] = "form-select" if select else "form-control"
        if field.help_text:
            field.widget.attrs["aria-describedby"] = f"id_{name}_hint"


class ReminderForm(forms.Form):
    """Reminders that were sent by hand."""

    channel = forms.ChoiceField(
        label=_("方式"), choices=[(one.value, one.label) for one in (Channel.CHAT, Channel.PHONE)]
    )
    sent_on = forms.DateField(label=_("提醒日期"))
    note = forms.CharField(label=_("备注"), required=False, max_length=200)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = today
        fit(self)


class LetterForm(forms.Form):
    """A letter to be issued."""

    ordinal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)
    answer_by = forms.DateField(
        label=_("答复期限"), help_text=_("默认为发函后5个工作日,是平台默认口径,可以改。")
    )
    reason = forms.CharField(
        label=_("发函原因"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写入函中。按规则到了发函时候可以不写;提前发函必须写。"),
    )

    full = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit(self)


class LetterheadForm(forms.Form):
    """How the letters to come are headed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    mark = forms.CharField(
        label=_("机关代字"),
        max_length=60,
        help_text=_("只写汉字,不带年份、括号和序号。以机要或办公室核定的为准。"),
    )
    issuer = forms.CharField(label=_("发函单位"), max_length=60, help_text=_("印在落款处。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit(self)

    def clean_mark(self) -> str:
        """Only characters that can head a number."""
        try:
            return read_mark(self.cleaned_data["mark"])
        except MarkFault as fault:
            raise forms.ValidationError(full_width_outside_quotes(str(fault))) from fault


class AnswerForm(forms.Form):
    """What a unit answers."""

    text = forms.CharField(
        label=_("答复"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("只能答复一次,提交后不能修改。"),
    )

    full = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit(self)
