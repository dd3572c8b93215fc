"""Forms for enterprises and their qualifications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import visible
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.indicators.models import Source
from luming_portal.registers.common_columns import MARKS
from luming_portal.registers.forms import RecordForm, SourceField


class EnterpriseForm(RecordForm):
    """A firm."""

    hints = {
        "credit_code": _("18位,按国家标准核对校验位;不知道就留空,不要编。"),
        "former_names": _("一行一个;搜索时曾用名也能找到它。"),
        "revenue": _("亿元,只填数字。不知道留空,不填0。"),
        "revenue_period": _("如 2024、2025H1"),
        "district": _("企业所在地,不从信用代码推断。"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = Enterprise
        fields = [
            "name", "name_type", "credit_code", "former_names", "district", "chain", "segment", "affiliation",
            "revenue", "revenue_period", "rd_expense", "rd_period", "staff", "rd_staff", "stock_code",
            "contact", "phone", "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip


class QualificationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A title with its validity."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("依据或理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Qualification
        fields = ["title", "number", "year", "issued_on", "valid_until", "source", "mark"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = SourceField(
            queryset=visible(user, Source.objects.all()).order_by("publisher", "key"),
            required=False,
            label=_("来源"),
            empty_label=_("(未登记来源)"),
        )
        self.fields["mark"] = forms.ChoiceField(label=_("可信度"), choices=list(MARKS.items()))
        for name in ("issued_on", "valid_until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["valid_until"].help_text = _("空着表示有效期未知,不表示长期有效。")
        self.fields["version"].initial = self.instance.version
        for field in self.fields.values():
            field.widget.attrs["class"] = (
                "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            )

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields if name not in ("version", "reason")]
