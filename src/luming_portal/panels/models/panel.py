"""A panel of a case: what is judged, by which scheme, where it stands, and in the end what came out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Appraised, Completer
from luming_portal.audit.governed import Governed, door_open
from luming_portal.cases.models import Case
from luming_portal.fields import ExactDecimalField


class PanelState(models.TextChoices):
    """Where a panel stands. It goes one way only."""

    DRAFT = "draft", _("组建中")
    DECLARING = "declaring", _("回避申报中")
    SCORING = "scoring", _("评分中")
    CLOSED = "closed", _("已汇总")
    DISSOLVED = "dissolved", _("已解散")


class PanelSettled(Exception):
    """Something of a panel was about to change that no longer changes, or not yet; nothing was written."""


class Panel(Governed):
    """A panel.

    Attributes:
        scheme: the score scheme, frozen when the panel was made: key, version, hash, items, grades, conclusion.
        category: key of the scheme's category; "" where it has none.
        units, people: who did or applies for what is judged; people as {"name", "id"} (id: key in the register of people).
        avoid: whom the subject asks not to be judged by, as {"name", "reason"}.
        round: of scoring; 2 after a discussion.
        measured: what the office measured (0 to 100), with its basis; only where the scheme has such a part.
        result: all sheets and what they come to, frozen at the close.
        step: the case's number of events when the panel was opened: it belongs to that stay in the state.
    """

    noun = "panel"

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="panels")
    title = models.CharField(_("评审对象"), max_length=200)
    scheme = models.JSONField(_("打分方案"))
    category = models.CharField(_("类别"), max_length=40, blank=True)
    units = models.JSONField(_("承担或申报单位"), default=list, blank=True)
    people = models.JSONField(_("承担或申报人员"), default=list, blank=True)
    avoid = models.JSONField(_("申请回避的专家"), default=list, blank=True)
    unit = models.CharField(_("组织单位"), max_length=100, blank=True, db_index=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=PanelState.choices, default=PanelState.DRAFT, db_index=True
    )
    round = models.PositiveSmallIntegerField(_("评分轮次"), default=1)
    due_on = models.DateField(_("评分截止"), null=True, blank=True)
    minutes = models.TextField(_("讨论记录"), blank=True)
    measured: models.Field[Any, Any] = ExactDecimalField(_("量化得分"), null=True, blank=True)
    measured_basis = models.TextField(_("量化得分的依据"), blank=True)
    opened_at = models.DateTimeField(_("建立时间"))
    invited_at = models.DateTimeField(_("发出邀请"), null=True)
    scoring_at = models.DateTimeField(_("开始评分"), null=True)
    closed_at = models.DateTimeField(_("汇总时间"), null=True)
    closed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("汇总人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    result: Any = models.JSONField(_("评审结果"), null=True)
    score: models.Field[Any, Any] = ExactDecimalField(_("得分"), null=True)
    grade = models.CharField(_("等次"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("专家组")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it still works."""
        return self.state not in (PanelState.CLOSED, PanelState.DISSOLVED)

    @property
    def is_closed(self) -> bool:
        """Whether its result stands."""
        return self.state == PanelState.CLOSED

    def appraised(self) -> Appraised:
        """What is judged, as the library knows it."""
        people = tuple(Completer(one["name"], one.get("id", "")) for one in self.people)
        return Appraised(self.title, tuple(self.units), people)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is closed or dissolved stays as it is.

        Raises:
            PanelSettled: it is.
        """
        if door_open.get() and self.pk is not None and not self._state.adding:
            stored = type(self)._base_manager.get(pk=self.pk)
            if not stored.is_open:
                raise PanelSettled(settled(stored))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """An expert's: those in which he has a seat and was invited. A unit's: those it convenes."""
        if scope == "unit":
            return Q(unit=user.unit) if user.unit else None
        if scope != "own" or not user.is_authenticated:
            return None
        from luming_portal.panels.models.seat import INVITED, Seat

        seats = Seat._base_manager.filter(expert__account_id=user.pk, state__in=INVITED)
        return Q(pk__in=seats.values("panel"))


class OfPanel(Governed):
    """What belongs to a panel is seen as far as the panel, and stands still with it."""

    noun = "panel"

    class Meta:
        abstract = True

    def the_panel(self) -> int:
        """Key of the panel."""
        return int(self.panel_id)  # type: ignore[attr-defined]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing of a closed panel changes.

        Raises:
            PanelSettled: it is closed.
        """
        if door_open.get():
            stored = Panel._base_manager.get(pk=self.the_panel())
            if not stored.is_open:
                raise PanelSettled(settled(stored))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the panel; of an expert his own seat only."""
        if scope == "unit":
            return Q(panel__unit=user.unit) if user.unit else None
        return None


def settled(stored: Panel) -> str:
    """The sentence on a panel that does not change any more."""
    return gettext("“%(title)s”的专家组%(state)s,不再变动。没有保存任何内容。") % {
        "title": stored.title,
        "state": stored.get_state_display(),
    }
