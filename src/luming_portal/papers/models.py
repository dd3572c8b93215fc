"""Templates of papers with their versions, and papers as they were produced. What is produced never changes.

A paper, and its withdrawal, are records of their own, so that nothing of an issued paper ever changes.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.paperwork import KINDS, PaperKind
from luming_portal.audit.governed import Governed, door_open
from luming_portal.cases.models import Case
from luming_portal.papers.kind_words import KIND_WORDS

_KINDS = [(key, KIND_WORDS[key]) for key in KINDS]


class TemplateVersion(Governed):
    """One upload of a Word template of a kind. Never changed; another upload is another version.

    Attributes:
        used: the placeholders that it names.
    """

    noun = "paper_template"
    hidden_fields = frozenset({"content"})

    kind = models.CharField(_("文书种类"), max_length=24, choices=_KINDS)
    number = models.PositiveIntegerField(_("第几版"))
    content = models.BinaryField(_("内容"))
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    used = models.JSONField(_("用到的占位"), default=list)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        "accounts.User", verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("文书模板")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="template_version_once"),
            models.UniqueConstraint(fields=["kind", "sha256"], name="template_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.number}"


class TemplateSetting(Governed):
    """What an office has set for a kind of paper: the version in use, the letterhead, whom to call.

    Attributes:
        in_use: None while the template that comes with Luming is used.
        mark: 机关代字 with the kind's sign, as it heads the number.
    """

    noun = "paper_template"

    kind = models.CharField(_("文书种类"), max_length=24, choices=_KINDS, unique=True)
    in_use = models.ForeignKey(
        TemplateVersion,
        verbose_name=_("使用的版本"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    mark = models.CharField(_("机关代字"), max_length=12, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=60, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("文书设置")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CasePaper(Governed):
    """A paper as it was produced.

    Attributes:
        serial: runs without gaps within kind and year, apart for invented papers, so that those take no real number.
        template: the version it was made from; None for the template that comes with Luming.
        template_sha256: of the template's bytes, whichever it was.
        values: what was put into the template.
        content: the Word file; sha256 over it.
        code: 核验码, drawn from all that the paper rests on.
        event: number of the event of the case that brought it forth; None where an officer made it by hand.
    """

    noun = "case_paper"
    hidden_fields = frozenset({"content"})

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("文书种类"), max_length=24, choices=_KINDS)
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("文号"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    recipient = models.CharField(_("主送"), max_length=200, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=60)
    issued_on = models.DateField(_("成文日期"))
    template = models.ForeignKey(
        TemplateVersion,
        verbose_name=_("模板版本"),
        null=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    template_sha256 = models.CharField(_("模板校验值"), max_length=64)
    values = models.JSONField(_("填入内容"))
    content = models.BinaryField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    code = models.CharField(_("核验码"), max_length=32, unique=True)
    event = models.PositiveIntegerField(_("办理记录序号"), null=True)
    public = models.BooleanField(_("对外公开"), default=False)
    inside = models.BooleanField(_("仅内部"), default=False)
    issued_by = models.ForeignKey(
        "accounts.User", verbose_name=_("制发人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("文书")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["demo", "kind", "year", "serial"], name="paper_number_once"),
            models.UniqueConstraint(
                fields=["case", "kind", "event"],
                condition=Q(event__isnull=False),
                name="paper_of_an_event_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-issued_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once.

        Raises:
            RuntimeError: the paper is issued already.
        """
        if door_open.get() and not self._state.adding:
            raise RuntimeError("an issued paper never changes; withdraw it and issue another")
        super().save(*args, **kwargs)

    @property
    def of_kind(self) -> PaperKind:
        """Its kind."""
        return KINDS[self.kind]

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self, "withdrawal")

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the case, without what goes from office to office; and what is meant for everybody."""
        open_to_all = Q(public=True, withdrawal__isnull=True)
        if scope == "published":
            return open_to_all
        seen = Case.scope_filter(scope, user)
        if seen is None:
            return open_to_all
        ours = Q(case__in=Case.objects.filter(seen).order_by().values("pk"))
        return open_to_all | (ours & Q(inside=False) if scope == "own" else ours)


class PaperWithdrawal(Governed):
    """A paper taken back. Its number stays used."""

    noun = "case_paper"

    paper = models.OneToOneField(
        CasePaper, verbose_name=_("文书"), on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("撤回理由"), max_length=500)
    withdrawn_on = models.DateField(_("撤回日期"))
    withdrawn_by = models.ForeignKey(
        "accounts.User", verbose_name=_("撤回人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("文书撤回")

    def __str__(self) -> str:
        return str(self.paper)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the paper."""
        seen = CasePaper.scope_filter(scope, user)
        return None if seen is None else Q(paper__in=CasePaper.objects.filter(seen).order_by().values("pk"))
