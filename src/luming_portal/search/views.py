"""The page that searches everything."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from luming_portal.error_views import wants_json
from luming_portal.search.selectors import all_sentences, search
from luming_portal.search.words import LONGEST_QUESTION, terms

_SENTENCES_A_PAGE = 30


@require_safe
@vary_on_headers("Accept", "Cookie")
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits grouped by kind; JSON at the same address."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    if request.GET.get("kind") == "sentences" and question:
        return _sentences(request, question)
    groups = search(request.user, question)
    if wants_json(request):
        found = [
            {
                "kind": group.slug,
                "label": group.label,
                "count": group.count,
                "href": group.href,
                "hits": [{"label": hit.label, "text": hit.text, "href": hit.href} for hit in group.hits],
            }
            for group in groups
        ]
        return JsonResponse({"q": question, "groups": found}, json_dumps_params={"ensure_ascii": False})
    context = {
        "question": question,
        "groups": groups,
        "total": sum(group.count for group in groups),
        "words": terms(question),
    }
    return render(request, "search/search.html", context)


def _sentences(request: HttpRequest, question: str) -> HttpResponse:
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    count, hits = all_sentences(request.user, question, (page - 1) * _SENTENCES_A_PAGE, _SENTENCES_A_PAGE)
    pages = Paginator(range(count), _SENTENCES_A_PAGE).get_page(page)
    context = {"question": question, "hits": hits, "count": count, "page": pages, "words": terms(question)}
    return render(request, "search/sentences.html", context)
