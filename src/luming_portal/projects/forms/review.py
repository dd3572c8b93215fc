"""Forms of the field review: a round, a score, a correction."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.monitor import CRITERIA, HIGHEST
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import visible
from luming_portal.accounts.roles import Role
from luming_portal.language import chinese
from luming_portal.projects.forms.looks import fit
from luming_portal.projects.forms.progress import LineForm
from luming_portal.projects.models import Project, Reviewed, Reviewer, ReviewRound, Score

REVIEWERS = (Role.EXPERT, Role.DISTRICT, Role.DEPARTMENT, Role.OFFICE)
_LINE = re.compile(r"(?P<label>\S.*?)[\s:\uff1a,\uff0c]+(?P<weight>\d+(?:\.\d+)?)\s*%?")
_MOST = 12


class CriteriaField(forms.CharField):
    """Criteria and weights, one a line: 形象进度 30."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        if isinstance(value, list):
            return "\n".join(f"{one['label']} {one['weight']}" for one in value)
        return value

    def to_python(self, value: Any) -> Any:
        """As they are stored.

        Raises:
            ValidationError: a line is no criterion with a weight above 0, or they are none or too many.
        """
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        found = [_LINE.fullmatch(line) for line in lines]
        for line, match in zip(lines, found, strict=True):
            if match is None or Decimal(match["weight"]) <= 0:
                raise ValidationError(
                    _("“%(line)s”不是“指标 权重”的形式,权重应大于0。"), params={"line": line}
                )
        labels = [match["label"] for match in found if match]
        if not labels or len(labels) > _MOST or len(set(labels)) < len(labels):
            raise ValidationError(_("指标应有1到12个,名称不重复。"))
        usual = {one.label: one for one in CRITERIA}
        return [
            {
                "key": usual[match["label"]].key if match["label"] in usual else f"own{at}",
                "label": match["label"],
                "weight": match["weight"],
                "hint": usual[match["label"]].hint if match["label"] in usual else "",
            }
            for at, match in enumerate(found)
            if match
        ]


class _People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, item: Any) -> str:
        """Name, and whom the person works for."""
        where = item.unit or item.district
        return f"{item}({where})" if where else str(item)


class RoundForm(LineForm):
    """A round of the review: quarter, criteria, projects, reviewers."""

    full = frozenset({"title", "criteria", "projects", "people"})
    hints = {
        "quarter": _("如 2026-Q1。一个季度一轮。"),
        "criteria": _("一行一个:指标 权重。权重只看比例。预填的是平台默认口径,可以改;开始评分后固定。"),
        "people": _("评委不评本旗县区、本单位负责的项目。评委7人以上时,每个项目去掉一个最高分和一个最低分。"),
    }

    criteria = CriteriaField(label=_("测评指标和权重"))
    projects = forms.ModelMultipleChoiceField(
        label=_("测评项目"), queryset=Project.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    people = _People(label=_("评委"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ReviewRound
        fields = ["quarter", "title", "criteria"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["projects"].queryset = visible(user, Project.objects.all()).order_by("district", "key")
        choices["projects"].label_from_instance = lambda item: (
            f"{item.name}({item.district})" if item.district else item.name
        )
        # Whoever convenes a panel knows its members by name; nothing else of the accounts is shown.
        choices["people"].queryset = User.objects.filter(is_active=True, role__in=REVIEWERS).order_by("name")
        if not self.adding:
            choices["projects"].initial = list(
                Reviewed.objects.filter(round=self.instance).values_list("project_id", flat=True)
            )
            choices["people"].initial = list(
                Reviewer.objects.filter(round=self.instance).values_list("person_id", flat=True)
            )
        self.order_fields(["quarter", "title", "criteria", "projects", "people", "reason"])


class ScoreForm(forms.Form):
    """Points by criterion."""

    full = frozenset({"remark"})
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("评语"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, item: ReviewRound, score: Score | None, **kwargs: Any) -> None:
        given = score.points if score is not None else {}
        kwargs["initial"] = {
            "version": score.version if score is not None else 0,
            "remark": score.remark if score is not None else "",
            **{f"points-{key}": value for key, value in given.items()},
        }
        super().__init__(*args, **kwargs)
        self.criteria = item.measures()
        for one in self.criteria:
            self.fields[f"points-{one.key}"] = forms.DecimalField(
                label=chinese(one.label),
                min_value=Decimal(0),
                max_value=HIGHEST,
                decimal_places=1,
                max_digits=4,
            )
        fit(self, {f"points-{one.key}": _hint(one) for one in self.criteria})
        self.order_fields([*(f"points-{one.key}" for one in self.criteria), "remark"])

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self[name] for name in self.fields if name != "version"]

    def points(self) -> dict[str, Decimal]:
        """The points by criterion."""
        return {one.key: self.cleaned_data[f"points-{one.key}"] for one in self.criteria}


def _hint(one: Any) -> str:
    weight = gettext("0到100分,权重%s。") % one.weight
    return format_html("{} {}", weight, chinese(one.hint)) if one.hint else weight


class CorrectionForm(forms.Form):
    """A result put right."""

    result = forms.CharField(label=_("更正后的得分"), max_length=10)
    reason = forms.CharField(label=_("更正理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit(self, {"result": _("0到100分。"), "reason": _("写明错在哪里、谁核实的、依据是什么。")})
        self.fields["result"].widget.attrs["inputmode"] = "decimal"

    def clean_result(self) -> Decimal:
        """0 to 100, exactly."""
        try:
            found = Decimal(self.cleaned_data["result"].strip())
        except InvalidOperation:
            raise ValidationError(gettext("应为0到100分。")) from None
        if not found.is_finite() or not 0 <= found <= HIGHEST:
            raise ValidationError(gettext("应为0到100分。"))
        return found

    def shown_fields(self) -> list[Any]:
        """The fields to be filled in."""
        return [self["result"]]
