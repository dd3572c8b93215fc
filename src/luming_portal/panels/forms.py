"""What is typed on the pages of panels and in the register of experts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Bar, Choice
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import visible
from luming_portal.accounts.roles import Role
from luming_portal.counting.forms import Dressed
from luming_portal.language import chinese
from luming_portal.library_words import WORDS
from luming_portal.panels.models import Expert, Panel, ScoreSheet
from luming_portal.panels.schemes import items_of, schemes, thawed
from luming_portal.people.models import Person
from luming_portal.registers.forms import RecordForm

TIES = [(one.value, WORDS[one.label]) for one in Bar if one not in (Bar.COMPLETER, Bar.DECLARED)]
SELF_DECLARED = tuple(one for one in Bar if one is not Bar.COMPLETER)


class ExpertForm(RecordForm):
    """An entry of the register of experts."""

    full = frozenset({"note", "fields_of_work"})
    hints = {
        "person": _("从人才台账中选;姓名、单位、职称以人才台账为准。"),
        "fields_of_work": _("用顿号隔开,如 稀土永磁、氢能装备"),
        "key": _("台账里的编号;新增时可留空,由系统编号。"),
    }

    class Meta:
        model = Expert
        fields = [
            "person", "speciality", "fields_of_work", "active",
            "source", "mark", "published", "steward", "key", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            found = visible(self.user, Person.objects.all()).order_by("name", "key")
            field: Any = self.fields["person"]
            field.queryset = found
            field.label_from_instance = lambda one: f"{one.name} {one.employer}".strip()

    def clean(self) -> dict[str, Any]:
        """A new entry without a number gets that of the person."""
        cleaned = super().clean()
        person = cleaned.get("person")
        if self.adding and person is not None and not cleaned.get("key"):
            cleaned["key"] = f"Z-{person.key}"[:40]
        return cleaned


class AccountForm(Dressed):
    """With which account an expert signs in."""

    account = forms.ModelChoiceField(
        label=_("登录账号"), queryset=User.objects.none(), required=False, empty_label=_("(没有账号)")
    )

    def __init__(self, *args: Any, expert: Expert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        free = User.objects.filter(role=Role.EXPERT, is_active=True, demo=expert.demo)
        field.queryset = (free.filter(expert__isnull=True) | free.filter(expert=expert)).order_by("name")
        field.label_from_instance = lambda one: f"{one.name} {one.username}"
        field.initial = expert.account_id


class TieForm(Dressed):
    """A tie of an expert."""

    full = frozenset({"title", "told_by"})
    bar = forms.ChoiceField(label=_("关系"), choices=TIES)
    whom = forms.CharField(label=_("对方姓名或单位"), max_length=200)
    person = forms.ModelChoiceField(
        label=_("对方在人才台账中的编号"),
        queryset=Person.objects.none(),
        to_field_name="key",
        required=False,
        widget=forms.TextInput,
        help_text=_("知道就填;只凭姓名相同的按待核实处理。"),
    )
    of_unit = forms.BooleanField(label=_("对方是单位"), required=False)
    title = forms.CharField(label=_("合作的项目、论文或专利"), max_length=300, required=False)
    last_on = forms.DateField(
        label=_("最近一次日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("合作类的要填;不填的按待核实处理,也会挡住。"),
    )
    told_by = forms.CharField(
        label=_("来源"), max_length=200, help_text=_("谁说的或在哪里查到,如 本人申报、专利公告号")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = Person.objects.all()
        self.fields["of_unit"].widget.attrs["class"] = "form-check-input"


class OpenForm(Dressed):
    """A panel opened by hand."""

    scheme = forms.ChoiceField(label=_("打分方案"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: list[tuple[str, str]] = []
        for key, one in schemes().items():
            if one.categories:
                found += [
                    (f"{key}/{part}", f"{one.name} · {label}") for part, label in one.categories.items()
                ]
            else:
                found.append((f"{key}/", one.name))
        field: Any = self.fields["scheme"]
        field.choices = found


class DeclareForm(Dressed):
    """Before anything but public data is shown: is there a tie, and which."""

    full = frozenset({"whom", "detail", "answer"})
    answer = forms.ChoiceField(
        label=_("回避申报"),
        choices=[
            ("clear", _("我与申报单位和人员没有下列任何关系,并对评审内容保密")),
            ("tied", _("我有下列关系,申请回避")),
        ],
        widget=forms.RadioSelect,
    )
    bar = forms.ChoiceField(
        label=_("关系"),
        required=False,
        choices=[("", "—"), *((one.value, WORDS[one.label]) for one in SELF_DECLARED)],
    )
    whom = forms.CharField(label=_("与谁"), max_length=200, required=False)
    detail = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        """A tie says which and with whom."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "tied":
            if not given.get("bar"):
                self.add_error("bar", gettext("请选择是哪一种关系。"))
            if not given.get("whom", "").strip():
                self.add_error("whom", gettext("请写明与谁有关系。"))
        return given

    def ties(self) -> list[tuple[Bar, str, str]]:
        """What was declared."""
        given = self.cleaned_data
        if given["answer"] == "clear":
            return []
        return [(Bar(given["bar"]), given["whom"].strip(), given["detail"].strip())]


class SheetForm(forms.Form):
    """One's own sheet. Every item says from where to where it goes."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, panel: Panel, row: ScoreSheet | None, **kwargs: Any) -> None:
        scheme = thawed(panel.scheme)
        self.items = items_of(panel)
        self.guides = {one.id: one.guide for one in scheme.items}
        kwargs["initial"] = _given(row)
        super().__init__(*args, **kwargs)
        for one in self.items:
            self._add(f"score-{one.id}", _points(one.label, one.full, _hint(one, self.guides[one.id])))
            self._add(
                f"remark-{one.id}",
                forms.CharField(label=_("评语"), required=False, max_length=500, widget=_area(2)),
            )
        self._add(
            "impression",
            _points(
                _("总体印象分"),
                Decimal(100),
                _("0至100分。先凭总体印象给,再与各项合计相对照;不计入得分。"),
                ask=False,
            ),
        )
        self._add(
            "choice",
            forms.ChoiceField(
                label=format_html("{}", chinese(scheme.conclusion)),
                required=False,
                choices=[(one.value, WORDS[one.label]) for one in Choice],
                widget=forms.RadioSelect,
            ),
        )
        self._add(
            "words",
            forms.CharField(
                label=_("评审意见"),
                required=False,
                max_length=4000,
                widget=_area(4),
                help_text=_("不同意或弃权的必须写明;意见原样保留在评审结果里。"),
            ),
        )

    def _add(self, name: str, field: forms.Field) -> None:
        if not isinstance(field.widget, forms.RadioSelect):
            field.widget.attrs["class"] = "form-control"
        if field.help_text:
            field.widget.attrs["aria-describedby"] = f"id_{name}_hint"
        self.fields[name] = field

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each item with its two fields."""
        return [(one, self[f"score-{one.id}"], self[f"remark-{one.id}"]) for one in self.items]

    def scores(self) -> dict[str, Decimal]:
        """The points that were given."""
        found = {one.id: self.cleaned_data.get(f"score-{one.id}") for one in self.items}
        return {key: value for key, value in found.items() if value is not None}

    def remarks(self) -> dict[str, str]:
        """The words by item."""
        return {one.id: self.cleaned_data.get(f"remark-{one.id}", "") for one in self.items}


def _given(row: ScoreSheet | None) -> dict[str, Any]:
    if row is None:
        return {"version": 0}
    return {
        "version": row.version,
        "impression": row.impression,
        "choice": row.choice,
        "words": row.words,
        **{f"score-{key}": value for key, value in row.scores.items()},
        **{f"remark-{key}": value for key, value in row.remarks.items()},
    }


def _points(label: Any, full: Decimal, hint: Any, *, ask: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=format_html("{}", chinese(label)) if ask else label,
        required=False,
        min_value=Decimal(0),
        max_value=full,
        decimal_places=1,
        max_digits=5,
        help_text=hint,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _hint(one: Any, guide: str) -> Any:
    said = gettext("0至%(full)s分,权重%(weight)s%%。") % {"full": one.full, "weight": one.weight}
    return format_html("{} {}", said, chinese(guide)) if guide else said
