"""What a district writes into an objection, what the office answers, and why it corrects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.comparison import CONTESTED, Contested, InputRefused, ObjectionMove, with_value
from luming.facts import typed_number
from luming.monitor import RankInput, number
from luming_portal.comparison.models import Objection
from luming_portal.comparison.table import input_words
from luming_portal.fields import ExactDecimalField
from luming_portal.library_words import word


class _Looks(forms.Form):
    """The site's classes, and hints that are read out."""

    full = frozenset({"reason", "evidence", "answer"})

    def fit(self, hints: dict[str, Any]) -> None:
        """Give the fields their looks."""
        for name, field in self.fields.items():
            field.help_text = hints.get(name, "")
            if isinstance(field.widget, forms.HiddenInput | forms.CheckboxInput | forms.RadioSelect):
                continue
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"


def _number(form: forms.Form, name: str, written: str) -> Decimal | None:
    """A number as typed, with its fault beside the field."""
    value, problem = typed_number(written)
    if problem or value is None:
        form.add_error(name, problem or _("请填写数字。"))
        return None
    try:
        ExactDecimalField().to_python(value)
    except forms.ValidationError as too_long:
        form.add_error(name, too_long)
        return None
    return value


class ObjectionForm(_Looks):
    """Which input, what it should be, why, and on what evidence."""

    input = forms.ChoiceField(label=gettext_lazy("哪个数有异议"))
    should_be = forms.CharField(label=gettext_lazy("应为"), max_length=60)
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(
        label=gettext_lazy("依据"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, item: RankInput, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        choices: Any = self.fields["input"]
        choices.choices = [
            (one.value, f"{word(one.label)}({input_words(item, one, unit) or _('未知')})")
            for one in CONTESTED
        ]
        self.fields["should_be"].widget.attrs["inputmode"] = "decimal"
        self.fit(
            {
                "input": _("括号里是公布的数。一条异议只说一个数。"),
                "should_be": _("只填数字。金额等以%s为单位,次数填整数。") % unit,
                "reason": _("会和这一行一起公开,不写个人信息和商业秘密。"),
                "evidence": _("文号、报表名称或系统里的位置,供办公室核对,不对外公开。"),
            }
        )

    def clean(self) -> dict[str, Any]:
        """The figure exact, and one that can stand in the row."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "input" not in cleaned or "should_be" not in cleaned:
            return cleaned
        value = _number(self, "should_be", cleaned["should_be"])
        if value is None:
            return cleaned
        cleaned["input"], cleaned["should_be"] = Contested(cleaned["input"]), value
        try:
            with_value(self.item, cleaned["input"], value)
        except InputRefused as refused:
            self.add_error("should_be", str(refused))
        return cleaned

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields]


class DecisionForm(_Looks):
    """Accept or reject, with what the input is found to be and the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    move = forms.ChoiceField(label=gettext_lazy("处理"))
    finding = forms.CharField(label=gettext_lazy("核定为"), max_length=60, required=False)
    answer = forms.CharField(
        label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, objection: Objection, item: RankInput, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"version": objection.version, "finding": number(objection.should_be, 28)}
        )
        super().__init__(*args, **kwargs)
        self.item, self.objection = item, objection
        choices: Any = self.fields["move"]
        choices.choices = [("", "—")] + [
            (one.value, word(one.label)) for one in (ObjectionMove.ACCEPT, ObjectionMove.REJECT)
        ]
        self.fields["finding"].widget.attrs["inputmode"] = "decimal"
        self.fit(
            {
                "finding": _("采纳时填写;预填的是旗县区提出的数,核定的数不同时改正。"),
                "answer": _("会和这一行一起公开。"),
            }
        )

    def clean(self) -> dict[str, Any]:
        """Where it is accepted, a figure that can stand in the row."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "move" not in cleaned:
            return cleaned
        cleaned["move"] = ObjectionMove(cleaned["move"])
        written, cleaned["finding"] = cleaned.get("finding") or "", None
        if cleaned["move"] is ObjectionMove.REJECT:
            return cleaned
        value = _number(self, "finding", written)
        if value is not None:
            try:
                with_value(self.item, self.objection.of, value)
            except InputRefused as refused:
                self.add_error("finding", str(refused))
            cleaned["finding"] = value
        return cleaned

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields if name != "version"]


class CorrectionForm(_Looks):
    """Why a comparison is corrected, and from which figures."""

    fresh = forms.BooleanField(label=gettext_lazy("按数据台账现在的数重算"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("更正理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, may_refresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_refresh:
            del self.fields["fresh"]
        self.fit({"reason": _("写明改了什么、为什么。会写在更正后的比较上。")})
