"""What an office writes about its templates and papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luming.paperwork import PaperKind, Placeholder, placeholders_of
from luming.reporting import MarkFault, read_mark
from luming_portal.papers.services import SET_BY_THE_OFFICE

_TEXT = {"class": "form-control"}
_LONG = 60
"""Characters of an example beyond which its field gets several lines."""


class HeadForm(forms.Form):
    """机关代字, issuing office, whom to call."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    mark = forms.CharField(
        label=_("机关代字"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_TEXT),
        help_text=_("只写汉字,不带年份和序号;不填用平台默认。"),
    )
    issuer = forms.CharField(
        label=_("发文机关"), required=False, max_length=60, widget=forms.TextInput(attrs=_TEXT)
    )
    contact = forms.CharField(
        label=_("联系人"), required=False, max_length=60, widget=forms.TextInput(attrs=_TEXT)
    )
    phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=60, widget=forms.TextInput(attrs=_TEXT)
    )

    def clean_mark(self) -> str:
        """The 机关代字 without spaces.

        Raises:
            ValidationError: it cannot head a number.
        """
        written = self.cleaned_data["mark"].strip()
        try:
            return read_mark(written) if written else ""
        except MarkFault as fault:
            raise ValidationError(str(fault)) from fault


class PaperForm(forms.Form):
    """The words of a paper that is made by hand: a field for each placeholder that its template names."""

    def __init__(self, *args: Any, kind: PaperKind, used: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = placeholders_of(kind)
        self.asked = [known[name] for name in used if name not in SET_BY_THE_OFFICE]
        for number, one in enumerate(self.asked):
            self.fields[f"p{number}"] = _field(one)

    def values(self) -> dict[str, Any]:
        """What was written, under the placeholders' names; lists as rows."""
        found: dict[str, Any] = {}
        for number, one in enumerate(self.asked):
            text = self.cleaned_data.get(f"p{number}", "").strip()
            if text:
                found[one.name] = _rows(one, text) if one.is_list else text
        return found

    @staticmethod
    def initial_of(asked: list[Placeholder], values: dict[str, Any]) -> dict[str, str]:
        """What a case knows, as the fields show it."""
        found = {}
        for number, one in enumerate(asked):
            value = values.get(one.name, "")
            if one.is_list and value:
                value = "\n".join(" | ".join(row.get(key, "") for key in one.fields) for row in value)
            found[f"p{number}"] = value
        return found


def _field(one: Placeholder) -> forms.CharField:
    long = (
        one.is_list
        or len(str(one.example)) > _LONG
        or one.name in ("决定理由", "补正事项", "救济途径", "项目目标")
    )
    widget = forms.Textarea(attrs=_TEXT | {"rows": 3}) if long else forms.TextInput(attrs=_TEXT)
    hint = one.meaning
    if one.is_list:
        hint = f"{one.meaning};{_('每行一项,栏目用“|”隔开')}:{' | '.join(one.fields)}"
    return forms.CharField(
        label=one.name, required=not one.optional, max_length=4000, widget=widget, help_text=hint
    )


def _rows(one: Placeholder, text: str) -> tuple[dict[str, str], ...]:
    names = list(one.fields)
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|", len(names) - 1)]
        if any(cells):
            rows.append(dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True)))
    return tuple(rows)
