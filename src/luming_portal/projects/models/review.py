"""观摩测评: rounds, what is reviewed in them and by whom, scores, and corrections of closed rounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.monitor import CRITERIA, Criterion
from luming.period import parse_period
from luming_portal.audit.governed import Governed, door_open
from luming_portal.fields import ExactDecimalField
from luming_portal.projects.models.project import Project


class ReviewState(models.TextChoices):
    """Where a round stands. It goes one way only."""

    DRAFT = "draft", _("准备")
    OPEN = "open", _("评分中")
    CLOSED = "closed", _("已结束")


class RoundSettled(Exception):
    """Something of a round was about to change that no longer changes; nothing was written."""


def default_criteria() -> list[dict[str, str]]:
    """The criteria that a round starts with: ours (平台默认口径)."""
    return [
        {"key": one.key, "label": one.label, "weight": str(one.weight), "hint": one.hint} for one in CRITERIA
    ]


def a_quarter(text: str) -> None:
    """A round is of one quarter.

    Raises:
        ValidationError: the text is none.
    """
    if "-Q" not in text or "/" in text:
        raise ValidationError(_("季度应写成 2026-Q1 这样的形式。"))
    try:
        parse_period(text)
    except ValueError:
        raise ValidationError(_("季度应写成 2026-Q1 这样的形式。")) from None


class ReviewRound(Governed):
    """The review of one quarter. `criteria` are fixed once scoring begins; after closing nothing changes."""

    noun = "review"

    quarter = models.CharField(_("季度"), max_length=7, unique=True, validators=[a_quarter])
    title = models.CharField(_("名称"), max_length=100)
    criteria = models.JSONField(_("测评指标"), default=default_criteria)
    state = models.CharField(
        _("状态"), max_length=8, choices=ReviewState.choices, default=ReviewState.DRAFT, editable=False
    )
    opened_at = models.DateTimeField(_("开始评分"), null=True, editable=False)
    closed_at = models.DateTimeField(_("结束时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("观摩测评")
        ordering = ["-quarter"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.state == ReviewState.CLOSED

    @property
    def is_open(self) -> bool:
        """Whether scores are taken."""
        return self.state == ReviewState.OPEN

    def measures(self) -> tuple[Criterion, ...]:
        """The criteria as the library reckons with them."""
        return tuple(
            Criterion(one["key"], one["label"], Decimal(one["weight"]), one.get("hint", ""))
            for one in self.criteria
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A closed round stays as it is.

        Raises:
            RoundSettled: it was closed before.
        """
        if door_open.get() and self.pk is not None and not self._state.adding:
            stored = type(self)._base_manager.get(pk=self.pk)
            if stored.is_closed:
                raise RoundSettled(_settled(stored))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The rounds in which a person scores."""
        return Q(reviewers__person=user) if scope == "own" and user.is_authenticated else None


class _OfRound(Governed):
    """What belongs to a round and stands still with it."""

    noun = "review"

    class Meta:
        abstract = True

    def the_round(self) -> ReviewRound:
        """The round."""
        found: ReviewRound = self.round  # type: ignore[attr-defined]
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing of a closed round changes.

        Raises:
            RoundSettled: it is closed.
        """
        if door_open.get():
            stored = ReviewRound._base_manager.get(pk=self.the_round().pk)
            if stored.is_closed:
                raise RoundSettled(_settled(stored))
        super().save(*args, **kwargs)


class Reviewed(_OfRound):
    """A project under review, with its name and the district that it counts for, as they were then."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("观摩测评"), on_delete=models.PROTECT, related_name="entries"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("项目"), on_delete=models.PROTECT, related_name="reviews"
    )
    name = models.CharField(_("名称"), max_length=200)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("测评项目")
        ordering = ["district", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "project"], name="a_project_once_a_round")]

    def __str__(self) -> str:
        return self.name


class Reviewer(_OfRound):
    """Somebody who scores in a round."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("观摩测评"), on_delete=models.PROTECT, related_name="reviewers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("评委"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("姓名"), max_length=64)

    class Meta:
        verbose_name = _("评委")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="a_reviewer_once_a_round")]

    def __str__(self) -> str:
        return self.name


class Score(_OfRound):
    """One reviewer's points for one project, by criterion. Only the reviewer reads them before the round is over."""

    noun = "score"
    # Whoever reads the record of changes must not learn what a reviewer gave: anonymity is what makes scores honest.
    personal_fields = frozenset({"points", "remark"})
    governed_fields: ClassVar[frozenset[str]] = frozenset()

    entry = models.ForeignKey(
        Reviewed, verbose_name=_("测评项目"), on_delete=models.PROTECT, related_name="scores"
    )
    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("评委"), on_delete=models.PROTECT, related_name="scores"
    )
    points = models.JSONField(_("各项得分"))
    remark = models.CharField(_("评语"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("测评评分")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "reviewer"], name="one_score_a_reviewer")]

    def __str__(self) -> str:
        return gettext("%s 的一份评分") % self.entry

    def the_round(self) -> ReviewRound:
        """The round."""
        return self.entry.round

    def given(self) -> dict[str, Decimal]:
        """The points by criterion."""
        return {key: Decimal(value) for key, value in self.points.items()}

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A reviewer's own, and those of rounds that are over."""
        if scope != "own" or not user.is_authenticated:
            return None
        return Q(reviewer__person=user) | Q(entry__round__state=ReviewState.CLOSED)


class Correction(Governed):
    """A result of a closed round put right by a new entry with its reason; the round itself stays as it was."""

    noun = "review"

    entry = models.ForeignKey(
        Reviewed, verbose_name=_("测评项目"), on_delete=models.PROTECT, related_name="corrections"
    )
    result: Any = ExactDecimalField(_("更正后的得分"))
    reason = models.CharField(_("更正理由"), max_length=500)

    class Meta:
        verbose_name = _("测评更正")
        ordering = ["pk"]

    def __str__(self) -> str:
        return gettext("%s 的更正") % self.entry


def _settled(stored: ReviewRound) -> str:
    return gettext("“%s”已经结束,不再修改。要更正结果,请在该项目后面登记更正并写明理由。") % stored.title
