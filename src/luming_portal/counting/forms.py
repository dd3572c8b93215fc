"""What an officer types: a new entry, a further paper, a withdrawal, which year is looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luming_portal.counting.values import rules
from luming_portal.documents.packs import districts
from luming_portal.indicators.models import Indicator


class Dressed(forms.Form):
    """A form whose fields look like those of the registers."""

    full: frozenset[str] = frozenset({"note", "reason"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = css
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"


def _date(label: Any, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **kwargs,
    )


class PaperForm(Dressed):
    """A paper that carries an entry."""

    evidence_kind = forms.CharField(
        label=_("依据种类"), max_length=60, help_text=_("如 任职文件、证书、入库公告、劳动合同")
    )
    evidence_number = forms.CharField(label=_("依据文号或标题"), max_length=200)
    evidence_issued_on = _date(_("依据日期"), required=False)
    evidence_valid_until = _date(
        _("有效期至"), required=False, help_text=_("没有期限的留空;按期末存量计数的指标看这一天。")
    )

    def clean(self) -> dict[str, Any]:
        """A term does not end before it begins."""
        given: dict[str, Any] = super().clean() or {}
        issued, until = given.get("evidence_issued_on"), given.get("evidence_valid_until")
        if issued and until and until < issued:
            self.add_error("evidence_valid_until", str(_("有效期至早于依据日期。")))
        return given


class EntryForm(Dressed):
    """A new entry with its first paper. It is checked by the very planner that takes in tables."""

    indicator = forms.ModelChoiceField(
        label=_("指标"), queryset=Indicator.objects.none(), to_field_name="key"
    )
    category = forms.CharField(
        label=_("类别"), max_length=60, required=False, help_text=_("口径列了类别的指标必填,见指标页。")
    )
    name = forms.CharField(label=_("姓名或名称"), max_length=200)
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        required=False,
        help_text=_("按人计数的指标必填。只存不可还原的密文和末四位,不存号码本身。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("按企业、机构计数的指标必填。"),
    )
    host = forms.CharField(
        label=_("所在或依托单位"), max_length=200, required=False, help_text=_("团队和工作站必填。")
    )
    counted_on = _date(_("计入日期"), help_text=_("引进、认定、设立或毕业的日期,决定计入哪一年。"))
    district = forms.ChoiceField(label=_("旗县区"), required=False)
    unit = forms.CharField(label=_("登记单位"), max_length=100)
    evidence_kind = forms.CharField(
        label=_("依据种类"),
        max_length=60,
        required=False,
        help_text=_("如 任职文件、证书、入库公告、劳动合同"),
    )
    evidence_number = forms.CharField(
        label=_("依据文号或标题"), max_length=200, required=False, help_text=_("没有依据的条目不计入。")
    )
    evidence_issued_on = _date(_("依据日期"), required=False)
    evidence_valid_until = _date(_("有效期至"), required=False)
    note = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["indicator"].queryset = Indicator.objects.filter(key__in=rules())
        names = [one.name for one in districts()]
        fields["district"].choices = [("", _("(未填)")), *((name, name) for name in names)]
        fields["unit"].initial = user.unit
        if user.role == "department":
            fields["unit"].disabled = True

    def cells(self) -> dict[str, str]:
        """What was typed, as a row of a table."""
        given = dict(self.cleaned_data)
        given["indicator"] = given["indicator"].key
        return {
            key: value.isoformat() if hasattr(value, "isoformat") else str(value or "").strip()
            for key, value in given.items()
        }


class WithdrawForm(Dressed):
    """Withdrawing a paper."""

    withdrawn_on = _date(_("撤回生效日"), initial=timezone.localdate)
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)
