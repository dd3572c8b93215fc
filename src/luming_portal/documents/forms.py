"""The forms by which a document comes onto the desk. What happens on the desk itself is checked by luming.desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luming.document import outline
from luming.errors import FaultyInput
from luming_portal.documents.intake import pasted_text, uploaded_text


class TextForm(forms.Form):
    """The text of a document: pasted, or as a file."""

    text = forms.CharField(
        label=_("贴入全文"),
        required=False,
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control"}),
        help_text=_("从标题到最后一条，整篇复制贴入；文号、日期一并贴入更好。"),
    )
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".txt,.docx"}),
        help_text=_("纯文本（.txt）或 Word 文档（.docx），不超过10MB。PDF 请先复制文字再贴入。"),
    )

    def clean(self) -> dict[str, Any]:
        """Read the text; faults are told at the field they belong to."""
        cleaned: dict[str, Any] = super().clean() or {}
        upload, typed = cleaned.get("file"), cleaned.get("text") or ""
        if upload is None and not typed.strip():
            if not self.errors:
                raise forms.ValidationError(_("请贴入全文，或选一个文件上传。"))
            return cleaned
        name = "file" if upload is not None else "text"
        try:
            cleaned["read"] = uploaded_text(upload) if upload is not None else pasted_text(typed)
        except FaultyInput as problem:
            for fault in problem.faults:
                self.add_error(name, fault.sentence())
            return cleaned
        divided = outline(cleaned["read"])
        if not divided.sentences():
            self.add_error(name, _("没有读到一句正文。请确认内容是文件全文，而不只是标题。"))
        return cleaned


class ArchiveForm(forms.Form):
    """A .zip as this system exports it."""

    file = forms.FileField(
        label=_("压缩包"),
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".zip"}),
        help_text=_("从本系统导出的 .zip，或文件夹（document.yaml、measures 等）压成的 .zip，不超过10MB。"),
    )
