"""What an officer types into a report, and which month is opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.facts import typed_number
from luming.reporting import Breadth
from luming_portal.documents.models import Document
from luming_portal.documents.selectors import documents_for
from luming_portal.library_words import WORDS
from luming_portal.reporting.models import Report


class ReportForm(forms.Form):
    """One row of the sheet. An empty figure is kept as unknown, never as zero.

    Args:
        last: the figure before, or the progress told before.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.CharField(label=gettext_lazy("数值"), required=False, max_length=60)
    unchanged = forms.BooleanField(label=gettext_lazy("与上期相同"), required=False)
    narrative = forms.CharField(label=gettext_lazy("进展与原因"), required=False, max_length=4000)
    evidence = forms.CharField(label=gettext_lazy("依据"), required=False, max_length=1000)

    def __init__(self, *args: Any, report: Report, last: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self.last = last

    def clean(self) -> dict[str, Any]:
        """The figure exact; the last one again where nothing has changed."""
        cleaned: dict[str, Any] = super().clean() or {}
        written = (cleaned.get("value") or "").strip()
        cleaned["value"] = None
        if not self.report.asks_figure:
            return self._progress(cleaned)
        if cleaned.get("unchanged"):
            if self.last is None:
                self.add_error("unchanged", _("没有上期数,不能选“与上期相同”,请填写数值。"))
            else:
                cleaned["value"] = self.last
            return cleaned
        if written:
            cleaned["value"], problem = typed_number(
                written, unit=self.report.of_measure, remark=str(self.fields["narrative"].label)
            )
            if problem:
                self.add_error("value", problem)
                return cleaned
            try:
                Report._meta.get_field("value").to_python(cleaned["value"])
            except forms.ValidationError as too_long:
                self.add_error("value", too_long)
        return cleaned

    def _progress(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if cleaned.get("unchanged") and not self.last:
            self.add_error("unchanged", _("没有上期的进展,不能选“与上期相同”,请写明进展。"))
        elif cleaned.get("unchanged"):
            cleaned["narrative"] = self.last
        return cleaned


class MonthForm(forms.Form):
    """Which month of which document is opened."""

    document = forms.ModelChoiceField(label=gettext_lazy("文件"), queryset=Document.objects.none())
    year = forms.IntegerField(label=gettext_lazy("年"), min_value=2000, max_value=2100)
    month = forms.IntegerField(label=gettext_lazy("月"), min_value=1, max_value=12)
    breadth = forms.TypedChoiceField(
        label=gettext_lazy("报什么"),
        choices=[(one.value, WORDS[one.label]) for one in Breadth],
        coerce=Breadth,
        initial=Breadth.LEADS.value,
        required=False,
        empty_value=Breadth.FIGURES,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document"]
        field.queryset = documents_for(user).filter(partial=False)
        for one in self.fields.values():
            one.widget.attrs["class"] = (
                "form-select" if isinstance(one.widget, forms.Select) else "form-control"
            )
