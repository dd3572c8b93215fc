"""What changes a field review: prepare, open, score, close, correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luming.monitor import weighted_score
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.projects.models import (
    Correction,
    Project,
    Reviewed,
    Reviewer,
    ReviewRound,
    ReviewState,
    RoundSettled,
    Score,
)


def prepare_round(
    item: ReviewRound,
    projects: Iterable[Project],
    people: Iterable[User],
    *,
    by: Any,
    reason: str,
    expected_version: int | None = None,
) -> ReviewRound:
    """Make a round or change one that has not begun: its criteria, projects and reviewers.

    Raises:
        Refused, StaleVersion, ReasonMissing, RoundSettled: nothing was written.
    """
    require(by, Action.CREATE if item._state.adding else Action.CHANGE, "review")
    with change(reason) as changes:
        if not item._state.adding and _locked(item).state != ReviewState.DRAFT:
            raise RoundSettled(_("评分开始后,指标、项目和评委不再变动。没有保存任何内容。"))
        changes.save(item, expected_version=expected_version)
        _match(changes, item.entries.all(), "project", item, projects)
        _match(changes, item.reviewers.all(), "person", item, people)
    return item


def _match(changes: ChangeSet, there: Any, name: str, item: ReviewRound, wanted: Iterable[Any]) -> None:
    """Bring what belongs to a round to what is wanted."""
    kept = {getattr(one, f"{name}_id"): one for one in there}
    new = {one.pk: one for one in wanted}
    for key in kept.keys() - new.keys():
        changes.delete(kept[key])
    for key, one in new.items():
        if key in kept:
            continue
        if isinstance(one, Project):
            changes.save(
                Reviewed(round=item, project=one, name=one.name, district=one.district, demo=item.demo)
            )
        else:
            changes.save(Reviewer(round=item, person=one, name=str(one), demo=item.demo))


def open_round(item: ReviewRound, *, by: Any, expected_version: int | None = None) -> ReviewRound:
    """Let the reviewers score. From now on criteria, projects and reviewers are fixed.

    Raises:
        Refused, StaleVersion, RoundSettled: nothing was written.
    """
    require(by, Action.CHANGE, "review", item)
    with change("开始评分") as changes:
        stored = _locked(item)
        if stored.state != ReviewState.DRAFT:
            raise RoundSettled(_("这一轮已经开始评分。"))
        if not stored.entries.exists() or not stored.reviewers.exists():
            raise RoundSettled(_("还没有选项目或评委,不能开始评分。"))
        stored.state, stored.opened_at = ReviewState.OPEN, changes.now
        changes.save(stored, expected_version=expected_version)
    return stored


def close_round(
    item: ReviewRound, *, by: Any, reason: str, expected_version: int | None = None
) -> ReviewRound:
    """End a round for good: results can be seen, and nothing of it changes any more.

    Raises:
        Refused, StaleVersion, ReasonMissing, RoundSettled: nothing was written.
    """
    require(by, Action.CHANGE, "review", item)
    with change(reason) as changes:
        stored = _locked(item)
        if stored.state != ReviewState.OPEN:
            raise RoundSettled(_("这一轮不在评分中,不能结束。"))
        if not Score.objects.filter(entry__round=stored).exists():
            raise RoundSettled(_("还没有收到评分,不能结束。"))
        stored.state, stored.closed_at = ReviewState.CLOSED, changes.now
        changes.save(stored, expected_version=expected_version)
    return stored


def give_score(
    entry: Reviewed,
    points: Mapping[str, Decimal],
    remark: str,
    *,
    by: Any,
    expected_version: int | None = None,
) -> Score:
    """Enter or change one's own score while the round is open.

    Raises:
        Refused: the person is no reviewer of the round, or the project is of his own district or unit.
        RoundSettled: the round is not open. StaleVersion: the score was changed meanwhile. Nothing was written.
        ValueError: points are missing or out of range.
    """
    require(by, Action.CREATE, "score")
    with change() as changes:
        stored = _locked(entry.round)
        reviewer = stored.reviewers.filter(person=by).first()
        if reviewer is None:
            raise Refused(_("您不是这一轮的评委。"))
        why_not = stands_aside(by, entry)
        if why_not:
            raise Refused(why_not)
        if not stored.is_open:
            raise RoundSettled(_("这一轮不在评分中,没有保存任何内容。"))
        criteria = stored.measures()
        weighted_score(points, criteria)
        score = Score.objects.filter(entry=entry, reviewer=reviewer).first()
        if score is None:
            score = Score(entry=entry, reviewer=reviewer, demo=stored.demo)
        score.points = {one.key: format(points[one.key].normalize(), "f") for one in criteria}
        score.remark = remark.strip()
        changes.save(score, expected_version=None if score._state.adding else expected_version)
    return score


def stands_aside(person: Any, entry: Reviewed) -> str:
    """Why a reviewer does not score a project: it is of his own district or unit; "" where he does (平台默认口径)."""
    if person.district and person.district == entry.district:
        return _("按回避规则,评委不评本旗县区的项目。")
    if person.unit and person.unit in (entry.project.steward, entry.project.lead):
        return _("按回避规则,评委不评本单位负责的项目。")
    return ""


def correct_result(entry: Reviewed, result: Any, *, by: Any, reason: str) -> Correction:
    """Put a result of a closed round right by a new entry; the scores stay as they were given.

    Raises:
        Refused, ReasonMissing: nothing was written. RoundSettled: the round is not over yet.
    """
    require(by, Action.CHANGE, "review", entry.round)
    if not reason.strip():
        raise ValueError(_("更正要写明理由。"))
    with change(reason) as changes:
        if not _locked(entry.round).is_closed:
            raise RoundSettled(_("这一轮还没有结束,评委可以自己改分,不用更正。"))
        item = Correction(entry=entry, result=result, reason=reason.strip(), demo=entry.demo)
        changes.save(item)
    return item


def _locked(item: ReviewRound) -> ReviewRound:
    """The round as it stands, held until the transaction ends: closing and scoring do not overtake each other."""
    return ReviewRound.objects.select_for_update().get(pk=item.pk)
