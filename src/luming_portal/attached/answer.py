"""An attached file as an answer. A photo is a picture and nothing else; a paper is handed out, never shown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from luming_portal.attached.file import AttachedFile


def file_answer(request: HttpRequest, found: AttachedFile) -> HttpResponse:
    """The file, or the small picture of a photo for `?size=small`. Nothing in it may run.

    Raises:
        Http404: the file is not in its place.
    """
    small = request.GET.get("size") == "small" and found.is_photo
    try:
        content = (found.small_path() if small else found.path()).read_bytes()
    except FileNotFoundError:
        raise Http404(found.name) from None
    answer = HttpResponse(content, content_type="image/jpeg" if found.is_photo else "application/pdf")
    answer["Content-Disposition"] = content_disposition_header(not found.is_photo, found.name) or "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    return answer
