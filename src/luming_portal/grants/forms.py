"""Which institution may see what, for what and how long."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import visible
from luming_portal.counting.forms import Dressed
from luming_portal.enterprises.models import Enterprise
from luming_portal.grants.models import LENDERS
from luming_portal.institutions.models import Institution
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.selectors import language


class GrantForm(Dressed):
    """A grant of a firm."""

    full = frozenset({"purpose"})
    institution = forms.ModelChoiceField(label=_("银行或担保机构"), queryset=Institution.objects.none())
    purpose = forms.CharField(
        label=_("用途"), max_length=200, help_text=_("如 申请科技贷款授信,写明就只能用于此。")
    )
    first_day = forms.DateField(
        label=_("自"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    standards = forms.MultipleChoiceField(label=_("开放哪些"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, user: Any, firm: Enterprise, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        fields: dict[str, Any] = self.fields
        found = visible(user, Institution.objects.filter(kind__in=LENDERS, demo=firm.demo))
        fields["institution"].queryset = found.order_by("name", "pk")
        fields["standards"].choices = [
            (one.key, one.about.name(language())) for one in shelf().in_force(day) if one.scores or one.rule
        ]
        fields["standards"].widget.attrs.pop("class", None)

    def chosen(self) -> list[Any]:
        """The versions in force of the chosen standards."""
        keys = self.cleaned_data["standards"]
        return [one for one in shelf().in_force(self.day) if one.key in keys]
