"""The background job that carries out a run: firm by firm, in batches, into results that are frozen at the end."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.standards import Outcome, Standard, assess
from luming.standards.deciding import deciding
from luming.standards.evaluator import Evaluator, Facts
from luming.standards.nearness import is_near
from luming.standards.places import places
from luming.standards.points import Percentile, parts_of
from luming.standards.words import Words
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.operations.jobs import JobCancelled, JobFailed, Progress, background_job
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.held import TitleBook, title_book
from luming_portal.standards.known import Knowledge, knowledge
from luming_portal.standards.models import AssessmentResult, AssessmentRun

BATCH = 100
Placed = dict[str, dict[int, dict[str, Fraction]]]


@background_job(_("批量测算"), repeatable=True)
def carry_out(progress: Progress, *, run: int) -> dict[str, Any]:
    """Assess every firm of a run; may be begun anew, what a dead worker left is written again."""
    item = AssessmentRun.objects.get(pk=run)
    if item.state != "open":
        raise JobFailed(gettext("这次测算已经结束。"))
    rules = rules_of(item)
    firms = list(firms_of(item).select_related("source"))
    AssessmentResult.objects.filter(run=item).delete()
    counts: dict[str, Counter[str]] = {rule.key: Counter() for rule in rules}
    digest = hashlib.sha256()
    try:
        placed = _placed(progress, item, rules, firms)
        for start in range(0, len(firms), BATCH):
            progress.report(start, total=len(firms), message=gettext("逐家测算"))
            for result in _assessed(item, rules, firms[start : start + BATCH], placed):
                digest.update(canonical(result))
                for key, told in result.verdicts.items():
                    counts[key][told["outcome"]] += 1
        progress.report(len(firms), total=len(firms), at_once=True)
    except JobCancelled:
        AssessmentResult.objects.filter(run=item).delete()
        item.stopped_at = timezone.now()
        with change(gettext("停止批量测算")) as changes:
            changes.save(item)
        raise
    item.firms, item.results_digest = len(firms), digest.hexdigest()
    item.summary = {key: dict(count) for key, count in counts.items()}
    item.finished_at = timezone.now()
    with change(gettext("完成批量测算")) as changes:
        changes.save(item)
    return {"sentence": gettext("共测算%d家企业。") % len(firms), "run": item.pk}


def firms_of(run: AssessmentRun) -> Any:
    """The firms of a run: real ones or invented ones, in a fixed order."""
    found = Enterprise.objects.filter(demo=run.invented)
    if run.district:
        found = found.filter(district=run.district)
    if run.chain:
        found = found.filter(chain=run.chain)
    return found.order_by("pk")


def rules_of(run: AssessmentRun) -> list[Standard]:
    """The rules of a run, which must still be those that it names.

    Raises:
        JobFailed: a rule is gone or has changed since the run was asked for.
    """
    found = []
    for told in run.standards:
        rule = shelf().named(told["name"])
        if rule is None or rule.sha256 != told["sha256"]:
            raise JobFailed(gettext("标准“%s”已不在或已改动,请重新发起。") % told["label"])
        found.append(rule)
    return found


def canonical(result: AssessmentResult) -> bytes:
    """A result as the digest reads it."""
    held = [result.enterprise_id, result.name, result.facts, result.verdicts]
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _placed(progress: Progress, run: AssessmentRun, rules: list[Standard], firms: list[Enterprise]) -> Placed:
    """The place of each firm among its peers of this run, by rule and firm; only for rules that ask for places."""
    asking = [rule for rule in rules if _asks_places(rule)]
    if not asking:
        return {}
    facts: dict[int, Facts] = {}
    for start in range(0, len(firms), BATCH):
        progress.report(0, total=len(firms), message=gettext("排出同组位次"))
        known = knowledge(firms[start : start + BATCH], run.as_of, run.known_on)
        facts |= {firm: one.facts for firm, one in known.items()}
    order = list(facts)
    return {
        rule.key: dict(zip(order, places(rule, list(facts.values()), run.as_of), strict=True))
        for rule in asking
    }


def _asks_places(rule: Standard) -> bool:
    return any(isinstance(part.body, Percentile) for score in rule.scores for part in parts_of(score))


def _assessed(
    run: AssessmentRun, rules: list[Standard], firms: list[Enterprise], placed: Placed
) -> Iterator[AssessmentResult]:
    known = knowledge(firms, run.as_of, run.known_on)
    book = title_book(firms, run.as_of)
    made = [
        AssessmentResult(
            run=run,
            enterprise=firm,
            name=firm.name,
            district=firm.district,
            facts={key: one.frozen() for key, one in known[firm.pk].known.items()},
            verdicts={
                rule.key: _verdict(rule, known[firm.pk], book, placed.get(rule.key, {}).get(firm.pk, {}))
                for rule in rules
            },
        )
        for firm in firms
    ]
    AssessmentResult.objects.bulk_create(made)
    yield from made


def _verdict(rule: Standard, known: Knowledge, book: TitleBook, at: dict[str, Fraction]) -> dict[str, Any]:
    facts: Facts = known.facts
    found = assess(rule, facts, known.as_of, at)
    words = Words(rule)
    titles, lasting = shelf().ladder.titles_of(rule.key)
    figures = {words.name(key): words.span(span, "分") for key, span in found.scores.items()}
    figures |= {item.about.label: words.span(found.amounts[item.key], item.unit) for item in rule.amounts}
    missing: tuple[str, ...] = ()
    if found.outcome is Outcome.UNKNOWN:
        missing = deciding(rule, Evaluator(rule, facts, known.as_of, None, at))
    near = found.outcome is Outcome.FAIL and is_near(rule, facts, known.as_of, places=at)
    return {
        "outcome": found.outcome.value,
        "class": found.class_,
        "figures": figures,
        "missing": list(missing),
        "near": near,
        "places": {key: str(place) for key, place in at.items()},
        "held": book.holding(known.firm.pk, titles, lasting=lasting).held if titles else None,
    }
