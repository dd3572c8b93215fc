"""A table that somebody hands in: its size and kind are looked at before anything else."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from luming_portal.middleware.body_limit import too_large
from luming_portal.uploads import UploadRefused

_ENDINGS = (".xlsx", ".csv")


def checked(file: UploadedFile | None) -> UploadedFile:
    """The file, if it is of a size and kind that is taken.

    Raises:
        UploadRefused: with the sentence.
    """
    if file is None or not file.name:
        raise UploadRefused(_("没有选择文件。请选择 .xlsx 或 .csv 文件。"))
    if not file.name.lower().endswith(_ENDINGS):
        raise UploadRefused(
            _(
                "“%s”不是能导入的文件。只收 .xlsx 和 .csv;旧版 .xls 请在表格软件中另存为 .xlsx。没有导入任何内容。"
            )
            % file.name
        )
    if file.size is not None and file.size > settings.UPLOAD_LIMIT:
        raise UploadRefused(too_large(file.size), too_large=True)
    if not file.size:
        raise UploadRefused(_("“%s”是空文件,没有导入任何内容。") % file.name)
    return file
