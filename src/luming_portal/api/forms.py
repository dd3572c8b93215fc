"""Forms of the pages around the interface."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import NOUN_LABELS
from luming_portal.api.scopes import scopes_for
from luming_portal.api.webhooks.events import PUBLISHED, all_events

_DAYS = (
    (30, _("30天")),
    (90, _("90天")),
    (180, _("180天")),
    (365, _("365天")),
)


class TokenForm(forms.Form):
    """What a new token is for, what it may do, how long it holds."""

    name = forms.CharField(
        label=_("用途"),
        max_length=80,
        help_text=_("如“每晚把台账抄到数据平台”。日后凭它辨认令牌。"),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("范围"),
        help_text=_("只选用得着的。令牌的权限不会超过您自己的。"),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        choices=_DAYS,
        coerce=int,
        initial=90,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [(scope, f"{label} {scope}") for scope, label in scopes_for(user).items()]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]


class WebhookForm(forms.Form):
    """Where messages go, and which."""

    name = forms.CharField(
        label=_("用途"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("地址"),
        max_length=500,
        help_text=_("以 https:// 开头;主机须由运维列入 LUMING_WEBHOOK_HOSTS。"),
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "url", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        label=_("事件"),
        help_text=_("变化包括新增、修改、删除和不再发布;要分得更细,用接口设立。"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nouns = dict.fromkeys(event.partition(".")[0] for event in all_events())
        choices: list[tuple[str, str]] = [("*", gettext("全部变化") + " *")]
        choices += [
            (f"{noun}.*", gettext("%s的变化") % NOUN_LABELS[noun] + f" {noun}.*")
            for noun in nouns
            if noun != "document"
        ]
        choices.append((PUBLISHED, gettext("文件发布") + f" {PUBLISHED}"))
        self.fields["events"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason, or none."""

    reason = forms.CharField(max_length=500, required=False)


class ReplayForm(forms.Form):
    """From which change on."""

    since = forms.IntegerField(
        label=_("从变更号"), min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
