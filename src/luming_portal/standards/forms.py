"""What is typed about firms: the facts of a year, a table of facts, declarations of completeness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luming.standards import Input, InputKind, Standard, Subject
from luming_portal.counting.forms import Dressed
from luming_portal.language import chinese
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.known import Known
from luming_portal.standards.services import titles_at_hand

EARLIEST_YEAR = 2000
GROUPS = {
    "day": _("成立与类别"),
    "money": _("财务(金额)"),
    "people": _("人员"),
    "count": _("知识产权与其他件数"),
    "other": _("比例、分值与其他数"),
    "flag": _("是非项"),
}


def group_of(item: Input) -> str:
    """Under which heading a fact is asked."""
    if item.type is InputKind.FLAG:
        return "flag"
    if item.type is not InputKind.NUMBER:
        return "day"
    if "元" in item.unit:
        return "money"
    return (
        "people" if item.unit == "人" else "count" if item.unit in ("件", "项", "个", "家", "次") else "other"
    )


def label_of(item: Input) -> str:
    """What a fact is called in the language of the page."""
    return item.about.name("en" if (get_language() or "zh").startswith("en") else "zh")


def widget_of(item: Input) -> forms.Field:
    """The field in which a fact is typed; whatever is typed stays text and is read by the library."""
    label = chinese(label_of(item))
    if item.type is InputKind.FLAG:
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", gettext("未知")), ("是", gettext("是")), ("否", gettext("否"))],
        )
    if item.type is InputKind.CHOICE:
        options = [("", gettext("未知")), *((option, option) for option in item.options)]
        select = forms.Select(attrs={"lang": "zh-CN"})
        return forms.ChoiceField(label=label, required=False, choices=options, widget=select)
    if item.type is InputKind.DATE:
        return forms.CharField(
            label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
    unit = chinese(f"({item.unit})") if item.unit else ""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(
        label=format_html("{}{}", label, unit), required=False, max_length=40, widget=widget
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; `filled` of them hold something; `open` where something is to be seen at once."""

    key: str
    label: str
    fields: Sequence[tuple[Any, Known | None, Sequence[str]]]
    filled: int
    open: bool


class FactsForm(Dressed):
    """The facts of a firm for one year; empty is unknown. Fields are named as in the dictionary."""

    full = frozenset({"source"})
    source = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("如 2025年审计报告、年度纳税申报表")
    )

    def __init__(
        self,
        *args: Any,
        keys: Sequence[str],
        known: Mapping[str, Known],
        stated: Mapping[str, str],
        **more: Any,
    ) -> None:
        self.keys, self.known, self.stated = keys, known, stated
        super().__init__(*args, initial={**stated, **more.pop("initial", {})}, **more)
        inputs = shelf().inputs
        for key in keys:
            field = widget_of(inputs[key])
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = css
            if inputs[key].about.note:
                field.help_text = chinese(inputs[key].about.note)
                field.widget.attrs["aria-describedby"] = f"id_{key}_hint"
            self.fields[key] = field

    def values(self) -> dict[str, str]:
        """The values that were typed and differ from what was stated."""
        given = self.cleaned_data
        return {
            key: str(given.get(key, "")).strip()
            for key in self.keys
            if str(given.get(key, "")).strip() != self.stated.get(key, "")
        }

    def groups(self) -> Iterator[Group]:
        """The fields under their headings."""
        rules = shelf()
        for name, label in GROUPS.items():
            keys = [key for key in self.keys if group_of(rules.inputs[key]) == name]
            rows = [(self[key], self.known.get(key), rules.asked_by.get(key, ())) for key in keys]
            if rows:
                filled = sum(key in self.known for key in keys)
                faulty = any(self[key].errors for key in keys)
                yield Group(name, str(label), rows, filled, faulty or name == "day")


class FactsFileForm(Dressed):
    """A table of facts of many firms."""

    full = frozenset({"file", "source"})
    file = forms.FileField(
        label=_("表格(.xlsx 或 .csv)"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )
    year = forms.IntegerField(label=_("所属年度"), min_value=EARLIEST_YEAR, max_value=2100)
    source = forms.CharField(label=_("依据"), max_length=200)
    accept = forms.BooleanField(label=_("已核对提示,仍然导入"), required=False)


class CompleteForm(Dressed):
    """A declaration that the register holds every firm with a title."""

    full = frozenset({"basis"})
    title = forms.ChoiceField(label=_("资质"))
    first_day = forms.DateField(
        label=_("自"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("按哪份名单核全,如 自治区认定机构公布的截至某日有效名单")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["title"]
        field.choices = [(name, name) for name in titles_at_hand()]


class RunForm(Dressed):
    """Which standards are run over which firms, for which day."""

    full = frozenset({"name", "standards"})
    name = forms.CharField(
        label=_("名称"), max_length=120, required=False, help_text=_("不填用测算日作名称。")
    )
    as_of = forms.DateField(
        label=_("测算日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    district = forms.ChoiceField(label=_("旗县区"), required=False)
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    standards = forms.MultipleChoiceField(label=_("标准"), widget=forms.CheckboxSelectMultiple)
    invented = forms.BooleanField(label=_("测算演示企业(虚构)"), required=False)

    def __init__(self, *args: Any, districts: Sequence[str], chains: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["district"].choices = [("", gettext("全市")), *((name, name) for name in districts)]
        fields["chain"].choices = [("", gettext("全部")), *((name, name) for name in chains)]
        rules = shelf()
        fields["standards"].choices = [
            (key, versions[-1].about.name("en" if (get_language() or "zh").startswith("en") else "zh"))
            for key, versions in rules.catalogue.versions.items()
            if versions[-1].subject is Subject.ENTERPRISE
        ]
        fields["standards"].widget.attrs.pop("class", None)
        fields["invented"].widget.attrs.pop("class", None)

    def chosen(self) -> tuple[list[Standard], list[str]]:
        """The versions in force on the day, and the names of those that have none."""
        found, none = [], []
        for key in self.cleaned_data["standards"]:
            rule = shelf().catalogue.in_force(key, self.cleaned_data["as_of"])
            if rule is None:
                none.append(shelf().catalogue.versions[key][-1].about.label)
            else:
                found.append(rule)
        return found, none
