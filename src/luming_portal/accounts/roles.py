"""The roles of the portal. A person has exactly one, so that no one both acts and audits (三员分立).

The three officers of security (system administrator, security administrator, auditor) do not touch business data:
the first keeps the machine running, the second gives and takes rights, the third reads what everybody did.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who somebody is to the portal."""

    VISITOR = "visitor", _("访客")
    ENTERPRISE = "enterprise", _("企业用户")
    INSTITUTION = "institution", _("院所用户")
    EXPERT = "expert", _("专家")
    DISTRICT = "district", _("旗县区工作人员")
    DEPARTMENT = "department", _("部门工作人员")
    OFFICE = "office", _("领导小组办公室")
    AUDITOR = "auditor", _("审计员")
    SECURITY = "security", _("安全管理员")
    SYSTEM = "system", _("系统管理员")

    @property
    def is_staff_role(self) -> bool:
        """Whether the role works for the administration and signs in with two factors."""
        return self in STAFF


STAFF = frozenset({Role.DISTRICT, Role.DEPARTMENT, Role.OFFICE, Role.AUDITOR, Role.SECURITY, Role.SYSTEM})
OFFICERS = frozenset({Role.DISTRICT, Role.DEPARTMENT, Role.OFFICE})
"""Those who work with business data."""


class Level(models.IntegerChoices):
    """How widely a column may be read. After GB/T 43697-2024; the grading of our columns is our own."""

    PUBLIC = 1, _("公开")
    INTERNAL = 2, _("内部")
    FIRM = 3, _("企业商业信息")
    PERSONAL = 4, _("个人信息")
