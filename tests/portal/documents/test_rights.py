"""Who may do what at the desk, and what everybody may read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from luming_portal.accounts.roles import Role
from portal.documents.working import place_of

pytestmark = pytest.mark.django_db

VISITORS = [Role.VISITOR, Role.ENTERPRISE, Role.INSTITUTION, Role.EXPERT, Role.SECURITY, Role.SYSTEM]
READERS = [Role.DISTRICT, Role.DEPARTMENT, Role.AUDITOR]


def visit(make_user, client_of, role):
    return client_of(None if role is Role.VISITOR else make_user(role))


def pages(draft):
    pk, start = draft.document_id, place_of(draft, "120家")
    return {
        "desk": reverse("documents:desk", args=[pk]),
        "steps": reverse("documents:steps", args=[pk]),
        "export": reverse("documents:export", args=[pk]),
        "sentence": reverse("documents:sentence", args=[pk, start]),
        "comparison": reverse("documents:comparison", args=[pk]),
    }


def posts(draft):
    pk, start = draft.document_id, place_of(draft, "120家")
    return {
        reverse("documents:sentence", args=[pk, start]): {"do": "accept:m01_1"},
        reverse("documents:measure", args=[pk, "m01"]): {"do": "accept_all"},
        reverse("documents:head", args=[pk]): {"title": "甲"},
        reverse("documents:undo", args=[pk]): {},
        reverse("documents:publish", args=[pk]): {"reason": "发布"},
        reverse("documents:discard", args=[pk]): {"reason": "放弃"},
    }


@pytest.mark.parametrize("role", VISITORS)
def test_a_draft_is_not_there_for_the_public(make_user, client_of, draft, role):
    client = visit(make_user, client_of, role)
    for address in pages(draft).values():
        assert client.get(address).status_code == 404
    for address, form in posts(draft).items():
        assert client.post(address, form).status_code == 404
    assert client.get(reverse("documents:detail", args=[draft.document_id])).status_code == 404
    assert "云溪市" not in client.get(reverse("documents:list")).content.decode()


@pytest.mark.parametrize("role", READERS)
def test_officers_elsewhere_read_a_draft_and_change_nothing(make_user, client_of, draft, role):
    client = visit(make_user, client_of, role)
    for address in pages(draft).values():
        assert client.get(address).status_code == 200
    page = client.get(pages(draft)["desk"]).content.decode()
    assert "采纳</button>" not in page
    before = draft.desk
    for address, form in posts(draft).items():
        answer = client.post(address, form)
        assert answer.status_code == 403, address
        assert "有此权限的是" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.desk, draft.state) == (before, "open")


@pytest.mark.parametrize("role", [*VISITORS, *READERS])
@pytest.mark.parametrize("name", ["documents:new", "documents:import"])
def test_only_the_office_takes_documents_in(make_user, client_of, role, name):
    client = visit(make_user, client_of, role)
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {}).status_code == 403


def test_the_office_may_do_all_of_it(at_desk, draft):
    for name in ("documents:list", "documents:new", "documents:import"):
        assert at_desk.get(reverse(name)).status_code == 200
    for address in pages(draft).values():
        assert at_desk.get(address).status_code == 200


@pytest.mark.parametrize("role", [*VISITORS, *READERS, Role.OFFICE])
def test_published_documents_are_everybodys(make_user, client_of, baotou, role):
    from luming_portal.documents.models import Document

    document = Document.objects.get(key="baotou.2025-1")
    client = visit(make_user, client_of, role)
    for address in (
        reverse("documents:list"),
        reverse("documents:detail", args=[document.pk]),
        reverse("documents:versions", args=[document.pk]),
        reverse("documents:version", args=[document.pk, 1]),
        reverse("documents:download", args=[document.pk, 1]),
        reverse("documents:comparison", args=[document.pk]),
    ):
        assert client.get(address).status_code == 200, address
    revise = client.post(reverse("documents:revise", args=[document.pk]))
    assert revise.status_code == (302 if role is Role.OFFICE else 403)
