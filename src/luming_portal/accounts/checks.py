"""What Django's own checks say about accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from luming_portal.accounts.models import User


def demonstration_accounts(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """An error that names the demonstration accounts of an installation that is not a demonstration.

    They cannot sign in there; still they do not belong there.
    """
    if settings.DEBUG or not databases:
        return []
    try:
        names = list(User.objects.filter(demo=True).order_by("username").values_list("username", flat=True))
    except DatabaseError:
        return []
    if not names:
        return []
    return [
        checks.Error(
            f"正式运行(LUMING_DEBUG=0)的数据库里有演示账号:{'、'.join(names)}。它们不能登录,但应删除。",
            hint="运行 luming-portal remove-demo 删除全部演示账号和演示数据。",
            id="luming.E001",
        )
    ]
