"""The peer of the portal's lists: Django's own admin over the same tables, as plain as it comes.

Settings, addresses and admin classes in one module: DJANGO_SETTINGS_MODULE=portal_admin. Whoever is signed in may see all.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("LUMING_HTTPS", "0")

from luming_portal.settings import *  # noqa: F403
from luming_portal.settings import INSTALLED_APPS as _APPS
from luming_portal.settings import TEMPLATES as _TEMPLATES

INSTALLED_APPS = [*_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # does nothing here; allauth will not start without it
]
TEMPLATES = [
    {
        **_TEMPLATES[0],
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT_URLCONF = "portal_admin_urls"


def admin_class(columns: tuple[str, ...], related: tuple[str, ...]) -> Any:
    """A read-only admin with the same columns and page size as the portal's list."""
    from django.contrib import admin

    class Plain(admin.ModelAdmin):  # type: ignore[misc]
        list_display = columns
        list_select_related = related
        list_per_page = 50
        show_full_result_count = True

        def has_view_permission(self, request: Any, obj: Any = None) -> bool:
            return True

        def has_module_permission(self, request: Any) -> bool:
            return True

        def has_add_permission(self, request: Any) -> bool:
            return False

        def has_change_permission(self, request: Any, obj: Any = None) -> bool:
            return False

        def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
            return False

    return Plain
