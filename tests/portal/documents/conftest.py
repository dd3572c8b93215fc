"""An officer at the desk with the invented document."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.documents.models import Draft
from luming_portal.documents.services import start_draft
from portal.documents.sample import TEXT
from portal.documents.working import finish


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    """An officer of the leading group's office."""
    return make_user(Role.OFFICE, "office")


@pytest.fixture
def colleague(make_user: Callable[..., User]) -> User:
    """Another officer of the same office."""
    return make_user(Role.OFFICE, "colleague")


@pytest.fixture
def at_desk(officer: User, client_of: Callable[..., Client]) -> Client:
    """The officer's browser."""
    return client_of(officer)


@pytest.fixture
def draft(officer: User) -> Draft:
    """The invented document, fresh on the desk."""
    with acting_as(officer):
        return start_draft(by=officer, text=TEXT, key="yunxi.2026-8", place="云溪市", year=2026, head={})


@pytest.fixture
def finished(draft: Draft, officer: User) -> Draft:
    """The same with everything decided."""
    with acting_as(officer):
        finish(draft, officer)
    draft.refresh_from_db()
    return draft
