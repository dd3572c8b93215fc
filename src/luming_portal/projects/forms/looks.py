"""How the fields of these forms look: the site's classes, native pickers, a hint that is read out."""

from __future__ import annotations

from typing import Any

from django import forms


def fit(form: Any, hints: dict[str, Any]) -> None:
    """Give the fields of a form their looks and their hints."""
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif isinstance(field, forms.DecimalField):
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
        field.help_text = hints.get(name, field.help_text)
        if isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
            continue
        field.widget.attrs["class"] = (
            "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        )
        if field.help_text:
            field.widget.attrs["aria-describedby"] = f"id_{name}_hint"
