"""What is typed about support: one answer of a person, an official document, an amount that waits for the office."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.standards import Input, InputKind
from luming_portal.counting.forms import Dressed
from luming_portal.language import chinese
from luming_portal.standards.forms import widget_of
from luming_portal.support.answers import LONGEST, read_answer
from luming_portal.support.models import ItemAmount, OfficialText
from luming_portal.support.money import fen_of

FEW = 8
"""Choices that are shown at once; more stand in a list."""


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class QuestionForm(forms.Form):
    """One fact: the field of the dictionary's type, with its unit, grid and bounds; whatever is typed is read by the library."""

    def __init__(self, data: Any = None, *, item: Input) -> None:
        super().__init__(data)
        self.item = item
        field = widget_of(item)
        if item.type is InputKind.FLAG:
            field = _buttons(field, [("是", gettext("是")), ("否", gettext("否"))])
        elif item.type is InputKind.CHOICE and len(item.options) <= FEW:
            field = _buttons(field, [(option, chinese(option)) for option in item.options])
        else:
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs |= {"class": css, "autofocus": True}
        field.required = True
        field.help_text = self._hint()
        field.error_messages["required"] = gettext("请填写,或点“不知道”。")
        field.error_messages["invalid_choice"] = gettext("请从列出的选项里选一个,或点“不知道”。")
        if field.help_text:
            field.widget.attrs["aria-describedby"] = "id_value_hint"
        self.fields["value"] = field

    def clean_value(self) -> str:
        """What was typed, when the library can read it."""
        text = str(self.cleaned_data["value"]).strip()
        try:
            if len(text) > LONGEST or read_answer(text, self.item) is None:
                raise ValueError(gettext("一个数或一个选项"))
        except ValueError as expected:
            sentence = gettext("“%(value)s”不能用,应为%(expected)s。不知道就点“不知道”。")
            raise forms.ValidationError(
                sentence % {"value": text[:LONGEST], "expected": expected}, code="unreadable"
            ) from None
        return text

    def _hint(self) -> str:
        item = self.item
        parts: list[str] = [chinese(item.about.note)] if item.about.note else []
        if item.type is InputKind.NUMBER:
            parts.append(
                gettext("填整数。") if item.decimals == 0 else gettext("最多 %d 位小数。") % item.decimals
            )
        return " ".join(parts)


def _buttons(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=field.label, choices=choices, widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )


class OfficialTextForm(Dressed):
    """The official document of a clause, and whose clauses stand in it."""

    full = frozenset({"file", "title", "quote", "items", "checked"})
    file = forms.FileField(
        label=_("正式文件(PDF,或盖章页照片)"),
        help_text=_("按内容判断,不看文件名;最大 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    title = forms.CharField(label=_("文件标题"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=80)
    issuer = forms.CharField(label=_("发文机关"), max_length=120)
    issued_on = forms.DateField(label=_("印发日"), widget=_day())
    effective_until = forms.DateField(
        label=_("有效期至"), required=False, widget=_day(), help_text=_("文件没有写的留空。")
    )
    clause = forms.CharField(label=_("条款"), max_length=60, help_text=_("如 第四条第(二)项"))
    quote = forms.CharField(
        label=_("条款原文"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("从文件里抄录,公众会看到。"),
    )
    items = forms.MultipleChoiceField(label=_("适用的事项"), widget=forms.CheckboxSelectMultiple)
    checked = forms.BooleanField(label=_("已逐字核对:文件是正式印发件,条款原文和金额与文件一致"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.choices = choices
        for name in ("items", "checked"):
            self.fields[name].widget.attrs["class"] = "form-check-input"

    def text(self) -> OfficialText:
        """The entry, not yet stored."""
        given = self.cleaned_data
        names = ("title", "number", "issuer", "issued_on", "effective_until", "clause", "quote")
        return OfficialText(items=list(given["items"]), **{name: given[name] for name in names})


class AmountForm(Dressed):
    """The amount of one award of an item, in 万元, as the office's own rules set it."""

    full = frozenset({"basis"})
    wan = forms.DecimalField(
        label=_("金额(万元)"),
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        max_digits=12,
        decimal_places=6,
    )
    at_most = forms.BooleanField(
        label=_("文件写的是“最高”"), required=False, help_text=_("勾选后显示为“预计 0–X 万元”。")
    )
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("如 包科字〔2025〕12号第六条"))
    first_day = forms.DateField(label=_("自"), widget=_day())
    last_day = forms.DateField(label=_("至"), required=False, widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_most"].widget.attrs["class"] = "form-check-input"

    def amount_of(self, item: str) -> ItemAmount:
        """The entry, not yet stored."""
        given = self.cleaned_data
        high = fen_of(given["wan"])
        return ItemAmount(
            item=item,
            low=0 if given["at_most"] else high,
            high=high,
            basis=given["basis"].strip(),
            first_day=given["first_day"],
            last_day=given["last_day"],
        )


class AutomaticForm(Dressed):
    """Which item of the lane without application is run over the register, for which day."""

    full = frozenset({"item"})
    item = forms.ChoiceField(label=_("事项"))
    as_of = forms.DateField(label=_("测算日"), widget=_day())
    invented = forms.BooleanField(label=_("测算演示企业(虚构)"), required=False)

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.choices = items
        self.fields["invented"].widget.attrs["class"] = "form-check-input"
