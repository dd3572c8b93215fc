"""Settings of the portal's tests: a home of their own, cheap passwords, files as they lie, any database by DATABASE_URL."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LUMING_HOME", tempfile.mkdtemp(prefix="luming-test-"))
os.environ.setdefault("LUMING_SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("LUMING_HTTPS", "0")
os.environ.setdefault("LUMING_PACKS", str(Path(__file__).resolve().parent.parent / "packs"))

from luming_portal.settings import *  # noqa: F403
from luming_portal.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"NAME": None}
