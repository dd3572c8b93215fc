"""Issued comparisons of districts, which never change, and objections to them, which move one step."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from luming.comparison import Contested, Frozen, ObjectionState, ObjectionWindow, objection_window, thaw
from luming.period import parse_period
from luming.workdays import state_calendar
from luming_portal.audit.governed import Governed, door_open
from luming_portal.fields import ExactDecimalField
from luming_portal.library_words import WORDS


class Settled(Exception):
    """Something that no longer changes, or not in this way, was about to; nothing was written. Carries the sentence."""


class Comparison(Governed):
    """A ranking of the districts as it was issued. A correction is a comparison of its own that names this one.

    Attributes:
        target: id of the commitment in the document.
        as_of: the day whose knowledge it was reckoned from.
        last_day: the last day to object; None where the work calendar did not reach so far on the day of issue.
        content: rows, inputs, formula and weights (luming.comparison.freeze).
        facts: the figures behind the inputs as they were then: key, subject, period, value, source.
        corrects: the comparison that this one takes the place of; `reason` says why.
    """

    noun = "comparison"

    document = models.ForeignKey(
        "documents.Document", verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    target = models.CharField(_("目标"), max_length=80)
    label = models.CharField(_("名称"), max_length=200)
    indicator = models.CharField(_("指标"), max_length=80)
    unit = models.CharField(_("计量单位"), max_length=30)
    period = models.CharField(_("时期"), max_length=24)
    as_of = models.DateField(_("数据截至"))
    issued_on = models.DateField(_("公布日"))
    last_day = models.DateField(_("异议截止日"), null=True, blank=True)
    content = models.JSONField(_("内容"))
    facts = models.JSONField(_("依据的数据"), default=list)
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("更正的是"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="correction",
    )
    reason = models.TextField(_("更正理由"), blank=True)

    class Meta:
        verbose_name = _("旗县区比较")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "target", "period", "demo"],
                condition=Q(corrects=None),
                name="comparison_issued_once",
            )
        ]

    def __str__(self) -> str:
        return now("%(label)s旗县区比较(%(period)s)") % {"label": self.label, "period": self.period_words}

    @property
    def period_words(self) -> str:
        """The period as it is read."""
        return parse_period(self.period).label()

    @property
    def superseded_by(self) -> Comparison | None:
        """The comparison that took its place."""
        return getattr(self, "correction", None)

    def frozen(self) -> Frozen:
        """What was issued."""
        return thaw(self.content)

    def window(self) -> ObjectionWindow:
        """How long a district may object. A last day that was unknown is asked of today's work calendar again."""
        if self.last_day is not None:
            return ObjectionWindow(self.issued_on, self.last_day)
        return objection_window(self.issued_on, state_calendar())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was issued stays as it is.

        Raises:
            Settled: it was stored before.
        """
        if door_open.get() and not self._state.adding:
            raise Settled(now("已公布的比较不再修改;有误时公布更正,原来的保留。"))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Whatever is stored was issued; what is not issued yet is reckoned and not stored."""
        return Q() if scope == "published" else None


class Objection(Governed):
    """A district says that an input of its row is wrong. What was said stays; it is withdrawn or decided once.

    Attributes:
        stood: the input as it was issued; None where it was unknown.
        should_be: what the district says it is. `finding`: what the office found, where it accepts.
        evidence: where it can be looked up; read by officers only.
    """

    noun = "objection"
    fixed: ClassVar[frozenset[str]] = frozenset(
        {
            "comparison_id",
            "district",
            "input",
            "stood",
            "should_be",
            "reason",
            "evidence",
            "filed_on",
            "filed_by_id",
        }
    )

    comparison = models.ForeignKey(
        Comparison, verbose_name=_("旗县区比较"), on_delete=models.PROTECT, related_name="objections"
    )
    district = models.CharField(_("旗县区"), max_length=50)
    input = models.CharField(
        _("有异议的数"), max_length=12, choices=[(one.value, WORDS[one.label]) for one in Contested]
    )
    stood: models.Field[Any, Any] = ExactDecimalField(_("公布的数"), null=True, blank=True)
    should_be: models.Field[Any, Any] = ExactDecimalField(_("应为"))
    reason = models.TextField(_("理由"))
    evidence = models.TextField(_("依据"))
    filed_on = models.DateField(_("提出日"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        default=ObjectionState.FILED.value,
        choices=[(one.value, WORDS[one.label]) for one in ObjectionState],
    )
    settled_on = models.DateField(_("处理日"), null=True, blank=True)
    finding: models.Field[Any, Any] = ExactDecimalField(_("核定为"), null=True, blank=True)
    answer = models.TextField(_("处理理由"), blank=True)

    class Meta:
        verbose_name = _("异议")
        ordering = ["filed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "district", "input"],
                condition=Q(state="filed"),
                name="one_undecided_objection_an_input",
            )
        ]

    def __str__(self) -> str:
        return now("%(district)s对“%(input)s”的异议") % {
            "district": self.district,
            "input": self.get_input_display(),
        }

    @property
    def at(self) -> ObjectionState:
        """Where it stands."""
        return ObjectionState(self.state)

    @property
    def of(self) -> Contested:
        """The input that it is about."""
        return Contested(self.input)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was said stays, and what is settled stays settled.

        Raises:
            Settled: something else than its one step was about to change.
        """
        if door_open.get() and not self._state.adding:
            stored = type(self)._base_manager.get(pk=self.pk)
            touched = any(getattr(stored, name) != getattr(self, name) for name in self.fixed)
            if touched or stored.at is not ObjectionState.FILED:
                raise Settled(now("这条异议已经处理,不再修改。"))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A district's own; for the public, all that the district did not take back."""
        if scope == "district":
            return Q(district=user.district) if user.district else None
        return ~Q(state="withdrawn") if scope == "published" else None
