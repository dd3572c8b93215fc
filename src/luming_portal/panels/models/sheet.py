"""Score sheets. Nobody but the expert reads one before the panel is closed: no page, no record of changes, nobody."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Choice, Sheet
from luming_portal.accounts.roles import Role
from luming_portal.audit.governed import Governed, door_open
from luming_portal.library_words import WORDS
from luming_portal.panels.models.panel import Panel, PanelSettled, PanelState, settled
from luming_portal.panels.models.seat import Seat


class ScoreSheet(Governed):
    """What one expert gives in one round.

    Attributes:
        scores: points by item, as decimal text; `remarks`: words by item.
        impression: the whole, 0 to 100, given apart from the items; None where none is given.
        choice, words: the vote on the conclusion, and why.
        seal: over the content at the moment of locking, under the secret of the installation; kept in the record of
            changes, so that it can be shown later that nothing changed between locking and closing.
    """

    noun = "score_sheet"
    hidden_fields = frozenset({"scores", "remarks", "impression", "choice", "words"})
    governed_fields = frozenset()

    seat = models.ForeignKey(Seat, verbose_name=_("席位"), on_delete=models.PROTECT, related_name="sheets")
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    scores = models.JSONField(_("各项得分"), default=dict)
    remarks = models.JSONField(_("各项评语"), default=dict, blank=True)
    impression = models.CharField(_("总体印象分"), max_length=8, blank=True)
    choice = models.CharField(
        _("表决"), max_length=10, blank=True, choices=[(one.value, WORDS[one.label]) for one in Choice]
    )
    words = models.TextField(_("评审意见"), blank=True)
    locked_at = models.DateTimeField(_("锁定时间"), null=True)
    seal = models.CharField(_("封存值"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("打分表")
        ordering = ["seat", "round"]
        constraints = [models.UniqueConstraint(fields=["seat", "round"], name="one_sheet_a_round")]

    def __str__(self) -> str:
        return gettext("%(panel)s 第%(round)d轮打分表") % {"panel": self.seat.panel, "round": self.round}

    def sheet(self) -> Sheet:
        """The sheet as the library knows one."""
        given = {key: Decimal(value) for key, value in self.scores.items()}
        return Sheet(self.seat.expert.key, given, self.locked_at is not None, self.round)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing of a closed panel changes, and nothing of a locked sheet.

        Raises:
            PanelSettled: it is closed or locked.
        """
        if door_open.get():
            stored = Panel._base_manager.get(seats=self.seat_id)
            if not stored.is_open:
                raise PanelSettled(settled(stored))
            if self.pk is not None and not self._state.adding:
                before = type(self)._base_manager.get(pk=self.pk)
                if before.locked_at is not None:
                    raise PanelSettled(gettext("打分表已经锁定,不再改动。没有保存任何内容。"))
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own; for the office, a convening unit and auditors those of closed panels."""
        if scope != "own" or not user.is_authenticated:
            return None
        closed = Q(seat__panel__state=PanelState.CLOSED)
        if user.role == Role.EXPERT:
            return Q(seat__expert__account_id=user.pk)
        if user.role == Role.DEPARTMENT:
            return closed & Q(seat__panel__unit=user.unit) if user.unit else None
        if user.role in (Role.OFFICE, Role.AUDITOR):
            return closed
        return None
