"""What was found against an expert on a panel, kept with its evidence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Bar
from luming_portal.library_words import WORDS
from luming_portal.panels.models.panel import OfPanel, Panel
from luming_portal.panels.models.seat import Seat


class FoundBy(models.TextChoices):
    """Who found it."""

    REGISTER = "register", _("台账核对")
    EXPERT = "expert", _("专家申报")
    SUBJECT = "subject", _("申报方提出")
    OFFICE = "office", _("组织单位发现")


class Finding(OfPanel):
    """One reason to stay away. It bars until it is cleared, and only what is uncertain can be cleared."""

    panel = models.ForeignKey(
        Panel, verbose_name=_("专家组"), on_delete=models.PROTECT, related_name="findings"
    )
    seat = models.ForeignKey(Seat, verbose_name=_("席位"), on_delete=models.PROTECT, related_name="findings")
    bar = models.CharField(_("情形"), max_length=20, choices=[(one.value, WORDS[one.label]) for one in Bar])
    whom = models.CharField(_("对方"), max_length=520)
    certain = models.BooleanField(_("已确定"), default=True)
    detail = models.CharField(_("说明"), max_length=500, blank=True)
    found_by = models.CharField(_("发现方式"), max_length=10, choices=FoundBy.choices)
    found_at = models.DateTimeField(_("发现时间"))
    cleared_at = models.DateTimeField(_("核实时间"), null=True)
    cleared_by = models.ForeignKey(
        "accounts.User", verbose_name=_("核实人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_why = models.CharField(_("核实依据"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("回避情形")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_bar_display()}"

    @property
    def bars(self) -> bool:
        """Whether it keeps the expert away now."""
        return self.cleared_at is None
