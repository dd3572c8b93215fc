"""Entries of counted registers, the evidence that carries them, and what was published from them.

The number of a person's document is never stored: `identity` is a digest under the secret of the installation
(luming.counting.person_key), and the last four characters tell two people of one name apart.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from luming.pack import Thing
from luming_portal.audit.governed import Governed
from luming_portal.audit.masking import mask_name
from luming_portal.fields import ExactDecimalField

EVIDENCE_STATES = {
    "none": _("没有依据"),
    "stands": _("有依据"),
    "withdrawn": _("依据已撤回"),
}


class CountedEntry(Governed):
    """A person or thing that a unit counts. It is never changed; a wrong one loses its evidence.

    Attributes:
        identity: by what it is known again; "" where nobody gave it, and then it does not count.
        label: the name as everybody who works with counts may read it: of a person the first character.
        unit: who counts it.
        counted_on: the day it is counted for.
        host: employer, or the institution that a team or station stands at.
        evidence_*: of its last paper, for the list; kept by the services.
    """

    noun = "counted_entry"
    hidden_fields = frozenset({"identity", "id_tail"})
    personal_fields = frozenset({"name"})

    key = models.CharField(_("编号"), max_length=20, unique=True)
    indicator = models.ForeignKey(
        "indicators.Indicator", verbose_name=_("指标"), on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(_("类别"), max_length=60, blank=True)
    name = models.CharField(_("姓名或名称"), max_length=200)
    label = models.CharField(_("条目"), max_length=200, editable=False)
    identity = models.CharField(max_length=420, blank=True, editable=False, verbose_name=_("身份密文"))
    id_tail = models.CharField(_("证件号码末四位"), max_length=4, blank=True, editable=False)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    host = models.CharField(_("所在或依托单位"), max_length=200, blank=True)
    unit = models.CharField(_("登记单位"), max_length=100, db_index=True)
    counted_on = models.DateField(_("计入日期"))
    district = models.CharField(_("旗县区"), max_length=60, blank=True)
    evidence_state = models.CharField(
        _("依据状态"),
        max_length=10,
        choices=list(EVIDENCE_STATES.items()),
        default="none",
        editable=False,
    )
    evidence_kind = models.CharField(_("依据种类"), max_length=60, blank=True, editable=False)
    evidence_number = models.CharField(_("依据文号或标题"), max_length=200, blank=True, editable=False)
    evidence_issued_on = models.DateField(_("依据日期"), null=True, blank=True, editable=False)
    evidence_valid_until = models.DateField(_("有效期至"), null=True, blank=True, editable=False)
    recorded_on = models.DateField(_("登记日"), editable=False)
    note = models.TextField(_("备注"), blank=True)

    class Meta:
        verbose_name = _("计数条目")
        ordering = ["indicator", "counted_on", "pk"]
        indexes = [
            models.Index(fields=["indicator", "identity"]),
            models.Index(fields=["indicator", "counted_on"]),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def label_of(cls, name: str, counts: Thing) -> str:
        """The name, of a person only its first character."""
        return mask_name(name) if counts is Thing.PERSON else name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """What the user's unit counts."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None


class EntryPaper(Governed):
    """A paper that carries an entry: an appointment, a certificate, a list. Withdrawn, it carries nothing any more.

    Attributes:
        withdrawn_on: from which day it does not hold; `withdrawal_recorded_on`: since when that is known here.
        count_before, count_after: the indicator's count when the paper was withdrawn.
    """

    noun = "counted_entry"

    entry = models.ForeignKey(
        CountedEntry, verbose_name=_("计数条目"), on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(_("依据种类"), max_length=60)
    number = models.CharField(_("依据文号或标题"), max_length=200)
    issued_on = models.DateField(_("依据日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    recorded_on = models.DateField(_("登记日"), editable=False)
    withdrawn_on = models.DateField(_("撤回生效日"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("撤回理由"), blank=True)
    withdrawn_by = models.CharField(_("撤回单位"), max_length=100, blank=True, editable=False)
    withdrawal_recorded_on = models.DateField(_("撤回登记日"), null=True, blank=True, editable=False)
    count_before = models.PositiveIntegerField(_("撤回前计数"), null=True, blank=True, editable=False)
    count_after = models.PositiveIntegerField(_("撤回后计数"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("计数依据")
        ordering = ["entry", "pk"]
        indexes = [models.Index(fields=["withdrawal_recorded_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The papers of what the user's unit counts."""
        return Q(entry__unit=user.unit) if scope == "unit" and user.unit else None


class PublishedCount(Governed):
    """What the entries said when a figure was published. It names no person.

    Attributes:
        value: the count of that day in the figure's unit; `number`, `whole` (of a ratio only): what it was made of.
    """

    noun = "counted_entry"

    fact = models.OneToOneField(
        "indicators.Fact", verbose_name=_("已发布数据"), on_delete=models.PROTECT, related_name="+"
    )
    value: models.Field[Any, Any] = ExactDecimalField(_("数值"))
    entries = models.PositiveIntegerField(_("台账条数"))
    number = models.PositiveIntegerField(_("计数"))
    whole = models.PositiveIntegerField(_("分母"), null=True, blank=True)
    known_on = models.DateField(_("计数日"))

    class Meta:
        verbose_name = _("发布时的台账计数")
        ordering = ["-known_on", "-pk"]

    def __str__(self) -> str:
        return now("%(fact)s,由台账%(entries)d条汇总") % {"fact": self.fact, "entries": self.entries}

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """All of them: a figure is no entry."""
        return Q()


class StandIn(Governed):
    """While it exists, a typed total stands in for an indicator although there are entries: they are not complete yet."""

    noun = "counted_entry"

    indicator = models.OneToOneField(
        "indicators.Indicator", verbose_name=_("指标"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("理由"), max_length=300)
    since = models.DateField(_("自"))

    class Meta:
        verbose_name = _("手填总数暂代")
        ordering = ["indicator"]

    def __str__(self) -> str:
        return str(self.indicator)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """All of them."""
        return Q()
