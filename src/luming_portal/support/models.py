"""What officers add to the items of support, and the runs of the lane without application.

The items themselves are data of the packs (luming.support); nothing of them is copied here but their key.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.attached.file import AttachedFile
from luming_portal.audit.governed import Governed


class OfficialText(Governed, AttachedFile):
    """An official document, attached by an officer to the clauses of some items; it opens their amounts to the public.

    Attributes:
        items: keys of the items whose clauses stand in it.
        quote: the words of the clause, as the officer copied them out of the document.
        effective_until: last day in force as the document says; None where it names none.
    """

    noun = "support_text"
    folder = "support"
    governed_fields = frozenset({"items", "withdrawn_on", "effective_until"})

    items = models.JSONField(_("事项"), default=list)
    title = models.CharField(_("文件标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=80)
    issuer = models.CharField(_("发文机关"), max_length=120)
    issued_on = models.DateField(_("印发日"))
    effective_until = models.DateField(_("有效期至"), null=True, blank=True)
    clause = models.CharField(_("条款"), max_length=60)
    quote = models.TextField(_("条款原文"), max_length=2000)
    attached_on = models.DateField(_("附上日"))
    attached_by = models.ForeignKey(
        "accounts.User", verbose_name=_("附上人"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(_("撤下日"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("政策正式文件")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.clause}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether it opens amounts on a day."""
        return self.withdrawn_on is None and (self.effective_until is None or day <= self.effective_until)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Those that were not taken back are published."""
        return Q(withdrawn_on__isnull=True) if scope == "published" else None


class ItemAmount(Governed):
    """The amount of an item whose clause leaves it to the office's own rules. A later row takes the place of an earlier one.

    Attributes:
        low, high: of one award, in fen; low is 0 where the rules say “最高”.
        basis: the office's rules that set it.
    """

    noun = "item_amount"

    item = models.CharField(_("事项"), max_length=80, db_index=True)
    low = models.BigIntegerField(_("最低(分)"))
    high = models.BigIntegerField(_("最高(分)"))
    basis = models.CharField(_("依据"), max_length=200)
    first_day = models.DateField(_("自"))
    last_day = models.DateField(_("至"), null=True, blank=True)
    entered_by = models.ForeignKey(
        "accounts.User", verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(_("撤回日"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("事项金额")
        ordering = ["item", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__gte=0) & Q(high__gte=models.F("low")), name="an_amount_runs_upwards"
            )
        ]

    def __str__(self) -> str:
        return gettext("%(item)s的金额(%(basis)s)") % {"item": self.item, "basis": self.basis}

    def holds_on(self, day: dt.date) -> bool:
        """Whether it applies on a day."""
        return (
            self.withdrawn_on is None
            and self.first_day <= day
            and (self.last_day is None or day <= self.last_day)
        )


class AutomaticRun(Governed):
    """One item of the lane without application, run over the register: who qualifies by what is known.

    Attributes:
        item, item_name, item_sha256: the item and the hash of its rule.
        known_on: what was known on this day is what the list rests on.
        invented: over the invented firms of the demonstration.
        job: the background job at work: first the list, then the opening of cases.
        summary: how many firms qualify, do not, and cannot be judged; yuan at stake.
        confirmed_at: since when the cases are being opened; `finished_at`: when the list stood.
    """

    noun = "automatic_run"

    item = models.CharField(_("事项"), max_length=80)
    item_name = models.CharField(_("事项名称"), max_length=200)
    item_sha256 = models.CharField(_("规则校验值"), max_length=64)
    as_of = models.DateField(_("测算日"))
    known_on = models.DateField(_("数据截至"))
    invented = models.BooleanField(_("演示企业"), default=False)
    job = models.UUIDField(_("后台任务"), null=True, editable=False)
    asked_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+"
    )
    summary = models.JSONField(_("汇总"), default=dict)
    finished_at = models.DateTimeField(_("名单生成时间"), null=True)
    stopped_at = models.DateTimeField(_("停止时间"), null=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("确认人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("免申即享名单")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return gettext("%(item)s %(day)s") % {"item": self.item_name, "day": self.as_of}

    @property
    def state(self) -> str:
        """open, stopped, done (the list waits to be confirmed), confirmed."""
        if self.confirmed_at:
            return "confirmed"
        return "done" if self.finished_at else "stopped" if self.stopped_at else "open"


class AutomaticFirm(Governed):
    """A firm on such a list.

    Attributes:
        low, high: the award in fen; None where the amount waits for the office.
        facts: value, origin, source and day of each known fact that the item asks.
        checks: what the comparison found: [name, passed (None: cannot be told), words].
        matter: the matter that is paid once.
        duplicate: words saying by what the matter was met before; "" where by nothing.
        left_out: why an officer took it off the list; "" where it stands.
        case_number, case_pk: of the case opened for it.
    """

    noun = "automatic_run"

    run = models.ForeignKey(AutomaticRun, on_delete=models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("企业"), max_length=200)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    checks = models.JSONField(default=list)
    matter = models.CharField(_("事项标识"), max_length=160)
    duplicate = models.CharField(_("重复"), max_length=300, blank=True)
    left_out = models.CharField(_("移出理由"), max_length=300, blank=True)
    case_pk = models.BigIntegerField(null=True, editable=False)
    case_number = models.CharField(_("办件编号"), max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = _("免申即享企业")
        ordering = ["run", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "enterprise"], name="a_list_names_a_firm_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Whether a case is to be opened for it."""
        return not self.left_out and not self.duplicate
