"""What an officer says of a link, and what a contact person typed: read row by row, and never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.facts import Fact as FactValue
from luming.reporting import DEFAULT_DAYS, LONGEST_DAYS, masked_phone
from luming_portal.invitations.holder import Holder
from luming_portal.invitations.models import InvitationRow
from luming_portal.invitations.services import Given, changed_meanwhile, faults_of
from luming_portal.reporting.concerns import before, same_as_last, series_of, told_before
from luming_portal.reporting.forms import ReportForm
from luming_portal.reporting.models import Report
from luming_portal.reporting.templatetags.reporting import plain


class InvitationForm(forms.Form):
    """To whom a link goes, for which figures, for how long."""

    rows = forms.MultipleChoiceField(
        label=gettext_lazy("报送项"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选一项。")},
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人姓名"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("电话(可不填)"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "tel", "autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=DEFAULT_DAYS,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, reports: Sequence[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reports = {str(report.pk): report for report in reports}
        field: Any = self.fields["rows"]
        field.choices = [(key, report.label) for key, report in self.reports.items()]

    def clean_rows(self) -> list[Report]:
        """The figures themselves."""
        return [self.reports[key] for key in self.cleaned_data["rows"]]

    def clean_phone(self) -> str:
        """Masked before anything keeps it."""
        try:
            return masked_phone(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(
                _("电话应为7至15位数字,可以带空格、连字符和开头的加号;不填也可以。")
            ) from None


@dataclass
class Entry:
    """One figure on the page of a link.

    Attributes:
        form: what was typed, or kept before, or stands on the unit's sheet.
        closed: why it can no longer be filled in; "" where it can.
        notice: that the unit has changed it since the contact person saw it.
        sentences: what is wrong with it.
    """

    row: InvitationRow
    report: Report
    last: FactValue | None
    last_told: str
    form: ReportForm
    closed: str
    notice: str = ""
    sentences: list[str] = field(default_factory=list)

    @property
    def same(self) -> Decimal | str | None:
        """What “as last time” stands for; None where there is no such thing."""
        return same_as_last(self.report, self.last, self.last_told)

    def given(self) -> Given:
        """What was typed; the figure is None where there is none or it is none."""
        data, form = self.form.cleaned_data, self.form
        written = str(form["value"].data or "").strip()
        return Given(
            self.report.pk,
            data["version"],
            written,
            data.get("value"),
            bool(data.get("unchanged")),
            data["narrative"],
            data["evidence"],
        )

    def errors(self) -> list[str]:
        """What cannot be read of what was typed."""
        return [str(one) for errors in self.form.errors.values() for one in errors]

    def unkeepable(self) -> list[str]:
        """What is so wrong that it cannot even be kept as typed: too long, or no text at all."""
        own = ("version", "narrative", "evidence")
        told = [str(one) for name in own for one in self.form.errors.get(name, ())]
        version = self.form.cleaned_data.get("version")
        if version is not None and not 1 <= version <= self.report.version:
            told.append(_("页面的内容不完整,请重新打开链接。"))
        value = self.form.fields["value"]
        try:
            value.clean(self.form["value"].data)
        except forms.ValidationError as problem:
            told += problem.messages
        return told


def entries_of(holder: Holder, data: Mapping[str, Any] | None = None) -> list[Entry]:
    """The figures of a link as the page shows them; with what was posted, where something was."""
    reports = [row.report for row in holder.rows]
    series, told = series_of(reports), told_before(reports)
    found = []
    for row in holder.rows:
        report, prefix = row.report, f"r{row.report_id}"
        last = before(report, series)
        form = ReportForm(
            _kept(row, prefix) if data is None and row.seen_version else data,
            prefix=prefix,
            report=report,
            last=same_as_last(report, last, told.get(report.pk, "")),
            initial=_on_the_sheet(report),
        )
        entry = Entry(row, report, last, told.get(report.pk, ""), form, holder.refusal(report))
        seen = str(form["version"].value())
        if not entry.closed and seen.isdigit() and seen != str(report.version):
            entry.notice = changed_meanwhile(report)
        found.append(entry)
    if data is None:
        tell_faults([entry for entry in found if entry.form.is_bound])
    return found


def tell_faults(entries: Sequence[Entry]) -> None:
    """Say of each figure, as it was typed, what keeps it from being handed in; what is still empty is not reproached."""
    trials = {}
    for entry in entries:
        if entry.closed:
            continue
        if not entry.form.is_valid():
            entry.sentences = entry.errors()
        elif entry.form.cleaned_data["value"] is not None:
            trial = copy(entry.report)
            trial.value = entry.form.cleaned_data["value"]
            trial.narrative = entry.form.cleaned_data["narrative"]
            trials[trial.pk] = trial
    faults = faults_of(list(trials.values()))
    for entry in entries:
        if entry.report.pk in trials:
            entry.sentences = faults.get(entry.report.pk, [])


def _on_the_sheet(report: Report) -> dict[str, Any]:
    return {
        "version": report.version,
        "value": "" if report.value is None else plain(report.value),
        "unchanged": report.unchanged,
        "narrative": report.narrative,
        "evidence": report.evidence,
    }


def _kept(row: InvitationRow, prefix: str) -> dict[str, Any]:
    """What was kept of a row, as the page would post it."""
    posted = {
        f"{prefix}-version": str(row.seen_version),
        f"{prefix}-value": row.written,
        f"{prefix}-narrative": row.narrative,
        f"{prefix}-evidence": row.evidence,
    }
    return posted | ({f"{prefix}-unchanged": "1"} if row.unchanged else {})
