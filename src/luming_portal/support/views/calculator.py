"""The public calculator: a question at a time, three lists, nothing kept. The answers travel in the form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luming.standards import Fact, Input, InputKind
from luming_portal.accounts.rights import Action, require
from luming_portal.standards.doubts import doubts_about
from luming_portal.standards.forms import label_of
from luming_portal.support.answers import Answers, read_answers
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.forms import FEW, QuestionForm
from luming_portal.support.reckoning import Reckoned, reckon
from luming_portal.support.selectors import sees_behind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """One step: take the answer in, reckon, ask what decides most money next."""
    require(request.user, Action.VIEW, "support_item")
    inputs, today = support_shelf().inputs, timezone.localdate()
    answers, ask, faulty = _step(request, inputs)
    facts = answers.facts(inputs)
    found = reckon(facts, today, behind=sees_behind(request.user), skipped=answers.skipped)
    key = ask or found.question
    form = faulty or (QuestionForm(item=inputs[key]) if key else None)
    context = {
        "as_of": today,
        "answers": answers,
        "told": [
            {"key": name, "label": label_of(inputs[name]), "text": _written(text, inputs[name])}
            for name, text in reversed(list(answers.written.items()))
        ],
        "found": found,
        "form": form,
        "buttons": form is not None and _has_buttons(form.item),
        "step": len(answers.written) + 1,
        "asked_for": _asked_for(found) if key == found.question else "",
        "doubts": _doubts(answers, facts),
        "own_firm": getattr(request.user, "enterprise_id", None),
    }
    htmx = getattr(request, "htmx", False)
    name = "_calculator.html" if htmx else "calculator.html"
    return render(request, f"support/{name}", context, status=400 if faulty and not htmx else 200)


def _step(request: HttpRequest, inputs: Any) -> tuple[Answers, str, QuestionForm | None]:
    """The answers after this step, the fact to be asked whatever the order, and the form where the answer cannot be read."""
    if request.method != "POST":
        return Answers(), "", None
    posted = request.POST
    answers = read_answers(posted, inputs)
    key = posted.get("ask", "")
    change = posted.get("change", "")
    if change in answers.written:
        return answers.without(change), change, None
    do = posted.get("do", "next")
    if do == "back" and answers.last:
        return answers.without(answers.last), answers.last, None
    if key not in inputs:
        return answers, "", None
    if do == "skip":
        return answers.given(key, ""), "", None
    form = QuestionForm(posted, item=inputs[key])
    if form.is_valid():
        return answers.given(key, form.cleaned_data["value"]), "", None
    return answers, key, form


def _has_buttons(item: Input) -> bool:
    return item.type is InputKind.FLAG or (item.type is InputKind.CHOICE and len(item.options) <= FEW)


def _written(text: str, item: Input) -> str:
    return f"{text} {item.unit}".strip() if text else ""


def _asked_for(found: Reckoned) -> str:
    """How many items the question is about."""
    if not found.at_stake:
        return ""
    return ngettext("这一项关系 %d 项政策。", "这一项关系 %d 项政策。", found.at_stake) % found.at_stake


def _doubts(answers: Answers, facts: dict[str, Fact]) -> list[str]:
    """What is doubtful about the answers; it is only told, never refused."""
    given = {key: text for key, text in answers.written.items() if text}
    return [one.sentence for one in doubts_about(given, facts)]
