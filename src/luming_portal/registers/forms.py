"""Forms for entries of registers: what a person may read they may fill in; a change says why.

A form carries the version that was seen and, field by field, what stood there when it was opened. So when somebody else
was faster, what this person really changed can be told from what merely stood on the page.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import visible
from luming_portal.indicators.models import Source
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import MARKS
from luming_portal.registers.register import Register
from luming_portal.registers.targets import targets


class LinesField(forms.Field):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})
    hidden_widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Lines without blanks around."""
        if isinstance(value, list):
            return value
        return [one.strip() for one in re.split("[\r\n]+", value or "") if one.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the words differ."""
        return self.to_python(initial) != self.to_python(data)


class SourceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the registered sources, by publisher, title and date."""

    def label_from_instance(self, item: Any) -> str:
        """As a reader knows it."""
        return " ".join(
            part for part in (item.publisher, item.title[:40], item.date, f"[{item.key}]") if part
        )


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """Base of the forms for entries.

    Attributes:
        hints: a sentence below a field, by its name.
        full: fields that take a whole line.
    """

    hints: dict[str, Any] = {}
    full: frozenset[str] = frozenset({"note", "former_names", "segment", "definition", "url"})

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("修改理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, register: Register, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.user = register, user
        allowed = {target.field.name: target.column for target in targets(register, user).values()}
        for name in list(self.fields):
            if name not in allowed and name not in ("version", "reason"):
                del self.fields[name]
        self.adding = self.instance._state.adding
        for name, field in self.fields.items():
            self._fit(name, field, allowed.get(name))
        self.fields["version"].initial = self.instance.version
        self.fields["reason"].required = not self.adding
        if self.adding:
            self.fields["reason"].label = _("登记说明")
            if "key" in self.fields:
                self.fields["key"].required = False
        self.order_fields(
            [*(name for name in self.fields if name not in ("note", "reason")), "note", "reason"]
        )

    def _fit(self, name: str, field: forms.Field, column: Column | None) -> None:
        if isinstance(field, SourceField | forms.ModelChoiceField) and name == "source":
            field = SourceField(
                queryset=visible(self.user, Source.objects.all()).order_by("publisher", "key"),
                required=field.required,
                label=field.label,
                empty_label=_("(未登记来源)"),
            )
            self.fields[name] = field
        if name in ("mark", "owner_mark", "rhythm_mark") and not isinstance(field, forms.ChoiceField):
            field = forms.ChoiceField(label=field.label, choices=list(MARKS.items()), initial="secondary")
            self.fields[name] = field
        if column is not None and column.kind is Kind.LIST:
            field = LinesField(label=field.label, required=False)
            self.fields[name] = field
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if isinstance(field, forms.DecimalField):
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
        if column is not None and column.kind is Kind.CHOICE and isinstance(field.widget, forms.TextInput):
            field.widget.attrs["list"] = f"known-{name}"
            field.known = column  # type: ignore[attr-defined]
        if name not in ("version", "reason") and not self.adding:
            field.show_hidden_initial = True
        field.help_text = self.hints.get(name, "")
        css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        if not isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs["class"] = css
        if field.help_text:
            field.widget.attrs["aria-describedby"] = f"id_{name}_hint"

    def clean(self) -> dict[str, Any]:
        """A new entry without a number gets one made of its name."""
        from luming_portal.registers.planning import key_for

        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            self.adding
            and "key" in self.fields
            and not cleaned.get("key")
            and cleaned.get(self.register.title)
        ):
            cleaned["key"] = key_for(self.register.slug, cleaned[self.register.title])
        return cleaned

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in, without version and reason."""
        return [self[name] for name in self.fields if name not in ("version", "reason")]

    def changed_here(self) -> list[str]:
        """The names of fields that this person changed since opening the form."""
        return [name for name in self.changed_data if name not in ("version", "reason")]
