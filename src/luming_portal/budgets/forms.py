"""What an officer types: a line, a decision, a call, a request. Sums are typed in 万元 and kept in fen."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luming.budget import BudgetRefused, CapScope, Method, Move, Tail, Weight, fen_of
from luming_portal.counting.forms import Dressed


class WanField(forms.DecimalField):
    """A sum in 万元; its value is fen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", Decimal("0.000001"))
        super().__init__(max_digits=15, decimal_places=6, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """Fen, exact."""
        number = super().clean(str(value).replace(",", "") if value else value)
        if number is None:
            return None
        try:
            return fen_of(number, "万元")
        except BudgetRefused as refused:
            raise ValidationError(refused.faults[0].sentence()) from None


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class LineForm(Dressed):
    """A new line."""

    title = forms.CharField(label=_("名称"), max_length=200)
    fund = forms.CharField(
        label=_("资金"), max_length=80, help_text=_("同一资金各年各笔预算写同一个名称,上限按它合计。")
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    unit = forms.CharField(label=_("主管部门"), max_length=100)
    planned = WanField(label=_("文件安排(万元)"), required=False)
    published = forms.BooleanField(
        label=_("对外公开"), required=False, help_text=_("公众只看到合计,看不到收款人和事项。")
    )
    note = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(Dressed):
    """One entry of a line: sum, matter and payee, reason. The token makes sure that it is booked once."""

    amount = WanField(label=_("金额(万元)"))
    matter = forms.CharField(
        label=_("事项"), max_length=160, help_text=_("如证书编号、项目编号。同一事项只支持一次。")
    )
    payee = forms.CharField(
        label=_("收款人编号"), max_length=80, help_text=_("统一社会信用代码,或台账里的编号。")
    )
    payee_name = forms.CharField(label=_("收款人"), max_length=200, required=False)
    due_on = forms.DateField(
        label=_("应付日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("知道的话填上,用来预测各月支出。"),
    )
    reason = forms.CharField(label=_("依据或理由"), max_length=500)
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: Move | None = None, known: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("token", uuid.uuid4().hex)
        super().__init__(*args, **kwargs)
        dropped = set()
        if move is not None and not move.of_matter:
            dropped |= {"matter", "payee", "payee_name", "due_on"}
        if known:
            dropped |= {"matter", "payee", "payee_name"}
        if move is not Move.COMMIT:
            dropped.add("due_on")
        for name in dropped:
            self.fields.pop(name, None)


class ReasonForm(Dressed):
    """Only a reason, or an answer."""

    reason = forms.CharField(label=_("依据或理由"), max_length=500)


class CarryForm(ReasonForm):
    """Carrying a line over."""

    free = forms.BooleanField(
        label=_("可用金额也结转"),
        required=False,
        help_text=_("不选则可用金额留在原年度,不再使用(平台默认口径)。"),
    )


class CapForm(Dressed):
    """A cap of the line's fund."""

    scope = forms.ChoiceField(label=_("范围"), choices=[(one.value, one.label) for one in CapScope])
    limit = WanField(label=_("上限(万元)"))
    clause = forms.CharField(
        label=_("依据"),
        max_length=200,
        required=False,
        help_text=_("文号和条款;没有依据的标为平台默认口径。"),
    )


class CallForm(Dressed):
    """A call with its method, which is made known when the form is sent."""

    title = forms.CharField(label=_("名称"), max_length=200)
    method = forms.ChoiceField(label=_("方法"), choices=[(one.value, one.label) for one in Method])
    tail = forms.ChoiceField(
        label=_("放不下时"),
        choices=[(one.value, one.label) for one in Tail],
        help_text=_("先到先得和择优排序用。"),
    )
    weight = forms.ChoiceField(
        label=_("比例依据"), choices=[(one.value, one.label) for one in Weight], help_text=_("按比例分配用。")
    )
    seed = forms.CharField(
        label=_("抽签种子"),
        max_length=100,
        required=False,
        help_text=_("评分和时间都相同时据此抽签,任何人都能重算;不写则相同的申请不分先后。"),
    )
    opens_at = _moment(_("开放申报"), _("必须晚于现在:方法先公布,后开放。"))
    closes_at = _moment(_("截止申报"))


class RequestForm(Dressed):
    """A request under a call; sent again with the same matter it brings score, cap and precedence up to date."""

    matter = forms.CharField(label=_("事项"), max_length=160)
    name = forms.CharField(label=_("名称"), max_length=200)
    payee = forms.CharField(label=_("收款人编号"), max_length=80)
    payee_name = forms.CharField(label=_("收款人"), max_length=200, required=False)
    asked = WanField(label=_("申请额(万元)"))
    at = _moment(_("提交时间"))
    score = forms.DecimalField(label=_("评分"), required=False, min_value=0, max_digits=12, decimal_places=6)
    cap = WanField(label=_("上限(万元)"), required=False, min_value=0)
    precedence = forms.TypedChoiceField(
        label=_("次序"),
        coerce=int,
        initial=2,
        choices=[(2, _("本年新申报")), (1, _("上年结转")), (0, _("法定义务"))],
    )
