"""Forms for milestones, investment and evidence of a project."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.monitor import number
from luming.period import parse_period
from luming.unit import convert
from luming_portal.projects.forms.looks import fit
from luming_portal.projects.models import Evidence, InvestmentRow, Milestone
from luming_portal.projects.models.investment import a_month_or_quarter
from luming_portal.projects.outlook import SUM_UNIT


class LineForm(forms.ModelForm):  # type: ignore[type-arg]
    """Base: the version that was seen, and the reason, which a change needs."""

    hints: dict[str, Any] = {}
    full: frozenset[str] = frozenset({"evidence", "caption"})

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("修改理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adding = self.instance._state.adding
        fit(self, self.hints)
        self.fields["version"].initial = self.instance.version
        self.fields["reason"].required = not self.adding
        if self.adding:
            self.fields["reason"].label = _("登记说明")

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields if name not in ("version", "reason")]

    def _get_validation_exclusions(self) -> set[str]:
        """The project is given by the page, and what must be unique within it is looked at here."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"project"}


class MilestoneForm(LineForm):
    """A milestone."""

    hints = {
        "label": _("如:主体厂房封顶、设备进场、竣工验收。"),
        "weight": _("各节点权重之和为整个项目,只看比例。"),
        "done_on": _("没有完成就留空。"),
        "evidence": _("已完成的必填:验收文号、纪要、照片。"),
    }

    class Meta:
        model = Milestone
        fields = ["label", "due", "weight", "done_on", "unit", "evidence"]


class InvestmentForm(LineForm):
    """A row of investment."""

    hints = {
        "period": _("月或季,如 2026-03、2026-Q1。"),
        "planned": _("从开工到这一期末的累计数。不知道留空,不填0。"),
        "actual": _("从开工到这一期末的累计数。不知道留空,不填0。"),
        "evidence": _("有累计完成数的必填:统计报表、建设单位报送。"),
    }

    class Meta:
        model = InvestmentRow
        fields = ["period", "unit", "planned", "actual", "evidence"]

    def clean(self) -> dict[str, Any]:
        """One row for the end of a period, and sums that do not fall from one period to the next."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or not _can_be(cleaned):
            return cleaned
        end = parse_period(cleaned["period"]).end
        others = list(
            InvestmentRow.objects.filter(project=self.instance.project).exclude(pk=self.instance.pk)
        )
        same = next((row for row in others if row.period_end == end), None)
        if same is not None:
            self.add_error("period", gettext("同一截止日已有一行(%s),请修改那一行。") % same.period)
        for name in ("planned", "actual"):
            if cleaned.get(name) is not None:
                self._hold_order(name, convert(cleaned[name], cleaned["unit"], SUM_UNIT), end, others)
        return cleaned

    def _hold_order(self, name: str, value: Decimal, end: Any, others: list[InvestmentRow]) -> None:
        for row in others:
            other = getattr(row, name)
            if other is None or row.period_end == end:
                continue
            other = convert(other, row.unit, SUM_UNIT)
            if (row.period_end < end and other > value) or (row.period_end > end and other < value):
                self.add_error(
                    name,
                    gettext("累计数不会减少:%(period)s是%(sum)s亿元,与这里填的矛盾。请先核对哪一个有误。")
                    % {"period": row.period, "sum": number(other, 6)},
                )
                return


def _can_be(cleaned: dict[str, Any]) -> bool:
    """Whether the fields can be compared; what is wrong with each of them the model says."""
    try:
        a_month_or_quarter(cleaned["period"])
    except ValidationError:
        return False
    return all(cleaned.get(name) is None or cleaned[name] >= 0 for name in ("planned", "actual"))


class EvidenceForm(LineForm):
    """What is said of a photo or paper; a new one brings its file."""

    hints = {
        "caption": _("拍的是什么、在哪里,如:主厂房北侧,屋面施工。"),
        "file": _(
            "JPEG、PNG、WebP 照片或 PDF,最大10MB。照片会缩到2048像素以内,并去掉拍摄地点、设备等信息;PDF 原样保存。"
        ),
    }

    file = forms.FileField(
        label=_("照片或文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    class Meta:
        model = Evidence
        fields = ["caption", "taken_on", "milestone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps: Any = self.fields["milestone"]
        steps.queryset = Milestone.objects.filter(project=self.instance.project)
        steps.label_from_instance = lambda step: step.label
        steps.empty_label = _("(不对应某个节点)")
        if self.adding:
            self.order_fields(["file", *(self._meta.fields or ()), "reason"])
        else:
            del self.fields["file"]

    def clean_file(self) -> Any:
        """A new entry needs its file."""
        found = self.cleaned_data.get("file")
        if self.adding and found is None:
            raise ValidationError(gettext("没有选择文件,或文件是空的。"))
        return found
