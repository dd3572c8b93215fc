"""What changes templates: uploading a version, putting one into use, setting the letterhead."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.paperwork import PaperKind, check_template
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.papers.models import TemplateSetting, TemplateVersion


class PaperRefused(Exception):
    """Something that cannot be done now; carries the sentence. Nothing was written."""


def upload_template(kind: PaperKind, content: bytes, *, by: Any, note: str = "") -> TemplateVersion:
    """Keep another version of a template. It is not used before somebody puts it into use.

    Raises:
        Refused: not the right of this person.
        luming.paperwork.TemplateFaults: with every fault of the file.
        PaperRefused: the same file is there already, or a colleague uploaded one just now.
    """
    require(by, Action.CREATE, "paper_template")
    checked = check_template(content, kind)
    digest = sha256(content).hexdigest()
    known = TemplateVersion.objects.filter(kind=kind.key, sha256=digest).first()
    if known is not None:
        raise PaperRefused(_("这份文件与第%d版完全相同,没有重复保存。") % known.number)
    last = TemplateVersion.objects.filter(kind=kind.key).order_by("-number").first()
    version = TemplateVersion(
        kind=kind.key,
        number=last.number + 1 if last is not None else 1,
        content=content,
        size=len(content),
        sha256=digest,
        used=list(checked.used),
        note=note.strip()[:200],
        uploaded_by=by,
        uploaded_at=timezone.now(),
        demo=by.demo,
    )
    try:
        with change(_("上传文书模板")) as changes:
            return changes.save(version)
    except IntegrityError as twice:
        raise PaperRefused(_("刚才有同事也上传了模板,没有保存。请刷新后再传。")) from twice


def use_template(
    kind: PaperKind, number: int, *, by: Any, reason: str, expected_version: int | None
) -> TemplateSetting:
    """Put a version into use for the papers to come; those that are issued stay as they are.

    Args:
        number: of the version; 0 for the template that comes with Luming.

    Raises:
        Refused: not the right of this person.
        StaleVersion: a colleague has set something in between.
        PaperRefused: no reason, no such version, or a colleague was faster.
    """
    require(by, Action.CHANGE, "paper_template")
    if not reason.strip():
        raise PaperRefused(_("更换使用的模板需要写明理由,没有更换。"))
    version = TemplateVersion.objects.filter(kind=kind.key, number=number).first()
    if number and version is None:
        raise PaperRefused(_("没有第%d版模板,没有更换。") % number)
    return _set(kind, reason, expected_version, in_use=version, demo=by.demo)


def set_letterhead(
    kind: PaperKind,
    *,
    by: Any,
    mark: str,
    issuer: str,
    contact: str,
    phone: str,
    expected_version: int | None,
) -> TemplateSetting:
    """Set how the papers to come are headed and whom their readers call; "" for the default.

    Raises:
        Refused: not the right of this person.
        StaleVersion, PaperRefused: a colleague was faster.
    """
    require(by, Action.CHANGE, "paper_template")
    words = {"mark": mark, "issuer": issuer, "contact": contact, "phone": phone}
    given = {name: text.strip() for name, text in words.items()}
    return _set(kind, _("设定文书抬头"), expected_version, **given, demo=by.demo)


def _set(kind: PaperKind, reason: str, expected_version: int | None, **values: Any) -> TemplateSetting:
    setting = TemplateSetting.objects.filter(kind=kind.key).first()
    if setting is None:
        setting, expected_version = TemplateSetting(kind=kind.key), None
    elif expected_version is None:
        raise PaperRefused(_("设置刚才已由同事改过,没有保存。请刷新后查看。"))
    for name, value in values.items():
        setattr(setting, name, value)
    try:
        with change(reason) as changes:
            return changes.save(setting, expected_version=expected_version)
    except IntegrityError as twice:
        raise PaperRefused(_("设置刚才已由同事改过,没有保存。请刷新后查看。")) from twice
