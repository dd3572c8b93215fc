"""What the tests of projects share: a project with progress, pictures as telephones make them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from luming_portal.projects.models import InvestmentRow, Milestone, Project
from portal_records import kept


def project(key: str = "J1", **fields: Any) -> Project:
    """A project of 青山区 that 市科技局 keeps."""
    given = {"name": f"项目{key}", "district": "青山区", "steward": "市科技局", **fields}
    item: Project = kept(Project(key=key, **given))
    return item


def in_days(days: int) -> dt.date:
    """So many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def milestone(of: Project, label: str, due: int, done: int | None = None, **fields: Any) -> Milestone:
    """A milestone due, and done, so many days from today."""
    item: Milestone = kept(
        Milestone(
            project=of,
            label=label,
            due=in_days(due),
            done_on=None if done is None else in_days(done),
            evidence="" if done is None else "验收单",
            **fields,
        )
    )
    return item


def investment(of: Project, period: str, planned: str | None, actual: str | None, **fields: Any) -> Any:
    """A row of investment."""
    return kept(InvestmentRow(project=of, period=period, planned=planned, actual=actual, **fields))


def picture(
    size: tuple[int, int] = (60, 40), form: str = "JPEG", name: str = "a.jpg", **options: Any
) -> SimpleUploadedFile:
    """A picture as an upload, whatever its name says."""
    out = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, options.pop("colour", "teal")).save(out, form, **options)
    return SimpleUploadedFile(name, out.getvalue())


def with_place() -> SimpleUploadedFile:
    """A photo that tells where it was taken, by what, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of somebody", 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (40.0, 39.0, 25.0)
    return picture((80, 40), exif=exif, comment=b"secret comment")
