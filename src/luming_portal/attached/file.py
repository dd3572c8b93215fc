"""What is stored of an attached photo or paper. The files lie in the uploads folder under random names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import refuse_unrecorded


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    PHOTO = "photo", _("照片")
    PAPER = "paper", _("文件(PDF)")


class AttachedFile(models.Model):
    """A photo, or a paper as PDF. `name` is random and says nothing; the name that the sender gave it is not kept.

    Attributes:
        folder: of the uploads in which files of this kind lie.
    """

    folder: ClassVar[str] = ""

    name = models.CharField(_("文件名"), max_length=40, unique=True, editable=False)
    kind = models.CharField(_("类别"), max_length=8, choices=FileKind.choices, editable=False)
    caption = models.CharField(_("说明"), max_length=200)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    width = models.PositiveIntegerField(_("宽"), null=True, editable=False)
    height = models.PositiveIntegerField(_("高"), null=True, editable=False)
    sha256 = models.CharField(_("校验值"), max_length=64, editable=False)

    class Meta:
        abstract = True

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo."""
        return self.kind == FileKind.PHOTO

    def path(self) -> Path:
        """Where the file lies."""
        return Path(settings.MEDIA_ROOT) / self.folder / self.name

    def small_path(self) -> Path:
        """Where the small picture of a photo lies."""
        return self.path().with_name(f"small-{self.name}")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """With the row go its files, once the transaction is through."""
        refuse_unrecorded(f"{type(self).__name__}.delete")
        files = (self.path(), self.small_path())
        gone = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: _remove(files))
        return gone


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
