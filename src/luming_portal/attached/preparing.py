"""A photo or paper that somebody hands in: told by its content, measured before it is decoded, and made anew.

A photo is drawn again from its pixels, so that nothing else of the file is kept: no place, no camera, no name, no text
behind the picture. A paper is kept as it is and is never shown by the portal, only handed out.
"""

from __future__ import annotations

import io
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from luming_portal.attached.file import AttachedFile, FileKind
from luming_portal.uploads import UploadRefused

LARGEST = 10 * 1024 * 1024
"""Bytes of a file; a photo of a telephone has three to eight million."""
MOST_PIXELS = 60_000_000
"""Of a picture before it is decoded: twelve million is usual, fifty million the most that telephones make."""
LONGEST_SIDE = 16_384
KEPT_SIDE, SMALL_SIDE = 2048, 480
_FORMATS = ("JPEG", "PNG", "WEBP")
_PAPER = b"%PDF-"
_UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is kept of an upload; `small` is the little picture of a photo."""

    kind: FileKind
    content: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what is kept."""
        return sha256(self.content).hexdigest()


def prepare(file: UploadedFile | None) -> Prepared:
    """What is kept of an upload.

    Raises:
        UploadRefused: with the sentence.
    """
    if file is None or not file.size:
        raise UploadRefused(_("没有选择文件,或文件是空的。"))
    if file.size > LARGEST:
        raise UploadRefused(
            _("文件有%(size)dMB,最大%(most)dMB。没有保存任何内容;照片请用“原图”以外的尺寸发送。")
            % {"size": -(-file.size // 1024 // 1024), "most": LARGEST // 1024 // 1024},
            too_large=True,
        )
    content = file.read(LARGEST + 1)
    if content.startswith(_PAPER):
        return Prepared(FileKind.PAPER, content)
    return _photo(content)


def _photo(content: bytes) -> Prepared:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE or min(width, height) < 1:
                raise UploadRefused(_too_many_pixels(width, height))
            image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            upright = _on_white(ImageOps.exif_transpose(image))
    except _UNREADABLE:
        raise UploadRefused(
            _(
                "这个文件不是能读的照片或 PDF。只收 JPEG、PNG、WebP 照片和 PDF 文件,按内容判断,不看文件名。没有保存任何内容。"
            )
        ) from None
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    small = upright.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Prepared(FileKind.PHOTO, _jpeg(upright), _jpeg(small), *upright.size)


def _too_many_pixels(width: int, height: int) -> str:
    return _("照片有%(width)d×%(height)d像素,最多%(most)d万像素、每边不超过%(side)d。没有保存任何内容。") % {
        "width": width,
        "height": height,
        "most": MOST_PIXELS // 10_000,
        "side": LONGEST_SIDE,
    }


def _on_white(image: Image.Image) -> Image.Image:
    """The pixels alone, what is transparent on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return Image.frombytes("RGB", image.size, image.convert("RGB").tobytes())


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=84, optimize=True)
    return out.getvalue()


def random_name(kind: FileKind) -> str:
    """A name that nobody guesses and that says nothing."""
    return secrets.token_hex(16) + (".jpg" if kind is FileKind.PHOTO else ".pdf")


@contextmanager
def laid_down(item: AttachedFile, upload: Prepared) -> Iterator[None]:
    """Put an upload in its place and enter what it is; where the block fails, no file is left.

    Raises:
        OSError: the disk is full or not writable; no file is left.
    """
    item.kind, item.name = upload.kind, random_name(upload.kind)
    item.size, item.sha256 = len(upload.content), upload.digest
    item.width, item.height = upload.width, upload.height
    files = [(item.path(), upload.content)]
    if upload.small:
        files.append((item.small_path(), upload.small))
    try:
        for path, content in files:
            put(path, content)
        yield
    except BaseException:
        for path, _content in files:
            path.unlink(missing_ok=True)
        raise


def put(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, for the owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
