"""Stored books of proofs: one for each board of which an officer took a paper, and where each code stands."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.proof import Book, from_bytes
from luming_portal.audit.governed import Governed


class ProofBook(Governed):
    """The proofs of a board on a day, as `luming run` writes them into proofs.json. Never changed.

    Attributes:
        sha256: of the file; the same board gives the same file.
        packed: the file, compressed.
    """

    noun = "proof"
    hidden_fields = frozenset({"packed"})

    sha256 = models.CharField(_("校验值"), max_length=64, unique=True)
    document = models.ForeignKey(
        "documents.Document", verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    as_of = models.DateField(_("日期"))
    packed = models.BinaryField(_("内容"))

    class Meta:
        verbose_name = _("数字核验")
        ordering = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return f"{self.document} {self.as_of}"

    @property
    def content(self) -> bytes:
        """The file."""
        return zlib.decompress(bytes(self.packed))

    @cached_property
    def book(self) -> Book:
        """The book, checked against its digest.

        Raises:
            luming.proof.ProofFaults: what is stored was altered.
        """
        return from_bytes(self.content, str(self), self.sha256)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Every book: all are made of published figures alone."""
        return Q() if scope == "published" else None


class ProofCode(models.Model):
    """Where a code stands: in the first book that had it."""

    code = models.CharField(_("核验码"), max_length=32, primary_key=True)
    book = models.ForeignKey(
        ProofBook, verbose_name=_("数字核验"), on_delete=models.CASCADE, related_name="codes"
    )

    class Meta:
        verbose_name = _("核验码")
