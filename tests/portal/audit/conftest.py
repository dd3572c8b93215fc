"""What the tests of the record of changes share."""

from __future__ import annotations

import pytest

from portal.audit.installation import Installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One portal in a folder for all tests of the process; each uses records of its own."""
    return Installation(tmp_path_factory.mktemp("installation"))
