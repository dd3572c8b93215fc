"""Papers issued and withdrawn. Numbers run without gaps within kind and year."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from luming.paperwork import SEAL_MARK, MissingValues, PaperKind, Value, fill, paper_number
from luming.proof import codes_of, written
from luming.report import chinese_date
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.cases.models import Case
from luming_portal.notices.models import NoticeKind
from luming_portal.notices.of_cases import subjects
from luming_portal.notices.services import tell
from luming_portal.papers.kind_words import KIND_WORDS
from luming_portal.papers.models import CasePaper, PaperWithdrawal
from luming_portal.papers.template_in_use import TemplateInUse, template_in_use
from luming_portal.papers.template_services import PaperRefused

_TRIES = 50
"""How often a number is asked for again while others take numbers at the same time."""
SET_BY_THE_OFFICE = frozenset(
    {"文号", "发文机关", "联系人", "联系电话", "成文日期", "电子印章位置", "核验网址", "核验码"}
)
"""Placeholders that no case fills: `issue_paper` does."""


def issue_by_hand(
    case: Case, kind: PaperKind, values: Mapping[str, Value], *, by: Any, today: dt.date | None = None
) -> CasePaper:
    """Issue a paper of a case that no step brought forth.

    Raises:
        Refused: not the right of this person.
        PaperRefused: as `issue_paper`.
    """
    require(by, Action.CREATE, "case_paper")
    require(by, Action.CHANGE, "case", case)
    return issue_paper(case, kind, values, by=by, today=today)


def issue_paper(
    case: Case,
    kind: PaperKind,
    values: Mapping[str, Value],
    *,
    by: Any,
    event: int | None = None,
    today: dt.date | None = None,
) -> CasePaper:
    """Produce a paper with the next number of its kind and year. Whose right it is has been asked: by the process, or `issue_by_hand`.

    Two who issue at once never share a number and leave none out: the database holds each number once, whoever comes
    second starts over with the next, and what is not committed has taken no number.

    Args:
        values: all but the number, the date, the seal's place, the code and what the office has set.
        event: number of the event that brings the paper forth; each brings forth a kind once.

    Raises:
        PaperRefused: something that the template needs is not known, or no number was to be had.
    """
    today = today or timezone.localdate()
    template = template_in_use(kind)
    for _try in range(_TRIES):
        try:
            with change(_("制发%s") % kind.label) as changes:
                return _issued(changes, case, template, values, by, event, today)
        except IntegrityError:
            known = CasePaper.objects.filter(case=case, kind=kind.key, event=event).first()
            if event is not None and known is not None:
                return known
        except MissingValues as missing:
            raise PaperRefused(
                _("制作%(kind)s缺少这些内容:%(names)s。没有制作。")
                % {"kind": kind.label, "names": _("、").join(missing.names)}
            ) from missing
    raise PaperRefused(_("同时制发的人太多,没有取到文号,没有制发。请稍后再试。"))


def _issued(
    changes: ChangeSet,
    case: Case,
    template: TemplateInUse,
    given: Mapping[str, Value],
    by: Any,
    event: int | None,
    today: dt.date,
) -> CasePaper:
    kind = template.kind
    last = (
        CasePaper.objects.filter(kind=kind.key, year=today.year, demo=case.demo).order_by("-serial").first()
    )
    serial = last.serial + 1 if last is not None else 1
    number = paper_number(f"演示{template.mark}" if case.demo else template.mark, today.year, serial)
    values: dict[str, Value] = {
        **given,
        "文号": number,
        "发文机关": template.issuer,
        "联系人": template.contact,
        "联系电话": template.phone,
        "成文日期": chinese_date(today),
        "电子印章位置": SEAL_MARK,
        "核验网址": f"{settings.SITE_ADDRESS}/proofs/" if settings.SITE_ADDRESS else "本平台数字核验页",
    }
    rests_on = {
        "number": number,
        "case": case.pk,
        "template": template.sha256,
        "values": values,
        "event": event,
    }
    code = codes_of([_digest(rests_on)])[0]
    values["核验码"] = written(code)
    content = fill(template.content, kind, values, used=template.used, demo=case.demo)
    paper: CasePaper = changes.save(
        CasePaper(
            case=case,
            kind=kind.key,
            year=today.year,
            serial=serial,
            number=number,
            title=str(values.get("标题", kind.label))[:200],
            recipient=str(values.get("主送", ""))[:200],
            issuer=template.issuer[:60],
            issued_on=today,
            template=template.version,
            template_sha256=template.sha256,
            values=values,
            content=content,
            sha256=sha256(content).hexdigest(),
            code=code,
            event=event,
            public=kind.public,
            inside=kind.inside,
            issued_by=by,
            demo=case.demo,
        )
    )
    if not paper.inside:
        _tell(paper, by)
    return paper


def _tell(paper: CasePaper, by: Any) -> None:
    """Tell those whom the case is about that a paper is there for them."""
    case = paper.case
    with override("zh-hans"):
        tell(
            [one for one in subjects(case) if by is None or one.pk != by.pk],
            NoticeKind.PAPER,
            f"{KIND_WORDS[paper.kind]}:{paper.number}",
            key=f"paper:{paper.pk}",
            body=paper.title,
            href=f"/office-papers/{paper.pk}/",
            demo=paper.demo,
        )


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def withdraw_paper(
    paper: CasePaper, *, by: Any, reason: str, today: dt.date | None = None
) -> PaperWithdrawal:
    """Take a paper back; its number stays used.

    Raises:
        Refused: not the right of this person.
        PaperRefused: no reason, or it is withdrawn already.
    """
    require(by, Action.CHANGE, "case_paper", paper)
    require(by, Action.CHANGE, "case", paper.case)  # what is open to all is not everybody's to take back
    if not reason.strip():
        raise PaperRefused(_("撤回文书需要写明理由,没有撤回。"))
    try:
        with change(reason) as changes:
            return changes.save(
                PaperWithdrawal(
                    paper=paper,
                    reason=reason.strip()[:500],
                    withdrawn_on=today or timezone.localdate(),
                    withdrawn_by=by,
                    demo=paper.demo,
                )
            )
    except IntegrityError as twice:
        raise PaperRefused(_("“%s”已经撤回,没有重复撤回。") % paper.number) from twice
