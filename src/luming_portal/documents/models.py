"""Documents, their published versions, and the drafts that become versions.

A version holds the files of a pack as they were published, for ever. A draft is a document on the desk; each step of the
work on it is kept, so that it can be taken back.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class Document(Governed):
    """One document of a city, such as baotou.2025-1."""

    noun = "document"

    key = models.CharField(_("编号"), max_length=60, unique=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    title = models.CharField(_("标题"), max_length=300)
    place = models.CharField(_("地区"), max_length=60)
    year = models.PositiveIntegerField(_("年度"))
    date = models.DateField(_("日期"), null=True, blank=True)
    partial = models.BooleanField(_("只有部分数字"), default=False)

    class Meta:
        verbose_name = _("文件")
        ordering = ["-year", "key"]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        """The page of its version in force; a sentence is at `#m11.s1` below it."""
        return reverse("documents:detail", args=[self.pk])

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Documents with a published version."""
        return Q(pk__in=DocumentVersion.objects.values("document")) if scope == "published" else None


class DocumentVersion(Governed):
    """A published version: the files of the pack, by name, as text; never changed.

    Attributes:
        number: counts the versions of the document, from 1.
        files: the files of the document's own folder (document.yaml, measures/01.yaml …).
        sha256: hash over names and contents of the files.
    """

    noun = "document"

    document = models.ForeignKey(
        Document, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版次"))
    files = models.JSONField(_("内容"))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.CharField(_("发布人"), max_length=64)
    reason = models.TextField(_("说明"), blank=True)

    hidden_fields = frozenset({"files"})

    class Meta:
        verbose_name = _("文件版本")
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_number_a_version")]

    def __str__(self) -> str:
        return f"{self.document} 第{self.number}版"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Every version is public."""
        return Q() if scope == "published" else None


class CityFile(Governed):
    """A file of the city's folder that no register holds: districts.yaml, counting.yaml, and identities.yaml (the identities alone)."""

    noun = "document"

    name = models.CharField(_("文件名"), max_length=60, unique=True)
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("城市数据文件")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Public."""
        return Q() if scope == "published" else None


class Draft(Governed):
    """A document on the desk (luming.desk). At most one is open for a document at a time.

    Attributes:
        desk: the decomposition as JSON, without what the registers hold (the city's dictionary and sources); its changes
            are recorded step by step in `DeskStep`.
        percent: how much is done, in whole percent.
        open_points: how many open points block the publication.
        base: the version that is being revised; None for a document that was never published.
    """

    noun = "document"
    hidden_fields = frozenset({"desk"})

    class State(models.TextChoices):
        """Where the draft is."""

        OPEN = "open", _("分解中")
        PUBLISHED = "published", _("已发布")
        DISCARDED = "discarded", _("已放弃")

    document = models.ForeignKey(
        Document, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="drafts"
    )
    base = models.ForeignKey(
        DocumentVersion,
        verbose_name=_("原版本"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    desk = models.TextField(_("分解内容"))
    percent = models.PositiveIntegerField(_("完成比例"), default=0)
    open_points = models.PositiveIntegerField(_("待办"), default=0)
    made_by = models.CharField(_("建立人"), max_length=64)

    class Meta:
        verbose_name = _("文件草稿")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="open"), name="one_open_draft_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} 草稿"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """No draft is public."""
        return None


class DeskStep(Governed):
    """One step of the work on a draft, with what it changed, entry by entry (luming.desk.EntryChange).

    Attributes:
        place: where in the text the sentence begins that was worked on; -1 where no single sentence was.
        made: list of {key, before, after}.
        undone: whether it was taken back.
    """

    noun = "document"

    draft = models.ForeignKey(Draft, verbose_name=_("草稿"), on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(_("序号"))
    by = models.CharField(_("操作人"), max_length=64)
    by_name = models.CharField(_("姓名"), max_length=64, blank=True)
    label = models.CharField(_("操作"), max_length=200)
    place = models.IntegerField(_("字位"), default=-1)
    made = models.JSONField(_("改动"))
    undone = models.BooleanField(_("已撤销"), default=False)

    class Meta:
        verbose_name = _("分解操作")
        ordering = ["draft", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_number_a_step")]

    def __str__(self) -> str:
        return f"{self.draft} 第{self.number}步 {self.label}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """No draft is public."""
        return None
