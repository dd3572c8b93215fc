"""The menu, as far as the user's rights reach, and what every page shows around its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luming_portal.accounts.rights import Action, role_of, scope_of
from luming_portal.cases.selectors import waiting_count
from luming_portal.registers.catalog import registers


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    href: str
    icon: str
    active: bool = False
    children: Sequence[Entry] = ()
    count: int = 0


# label, name of the address, icon, noun whose VIEW right opens it
_PLACES = (
    (gettext_lazy("驾驶舱"), "home", "layout-dashboard", "cockpit"),
    (pgettext_lazy("menu", "文件分解"), "documents:list", "file-text", "document"),
)
_REPORTS = (
    (pgettext_lazy("menu", "数据报送"), "reporting:list", "clipboard-list", "reporting_month"),
    (gettext_lazy("项目进度"), "projects:districts", "progress", "progress"),
)
_CASES = (
    (pgettext_lazy("menu", "待办"), "cases:tray", "inbox", "case"),
    (pgettext_lazy("menu", "事项"), "cases:list", "briefcase", "case"),
    (pgettext_lazy("menu", "专家评审"), "panels:list", "gavel", "panel"),
    (pgettext_lazy("menu", "公示"), "cases:publicity", "news", "case_publicity"),
    (pgettext_lazy("menu", "文书"), "papers:list", "files", "case_paper"),
    (pgettext_lazy("menu", "日程"), "deadlines:calendar", "calendar", "calendar"),
    (gettext_lazy("办事流程"), "cases:processes", "route", "process"),
    (pgettext_lazy("menu", "办件统计"), "caseload:list", "chart-bar", "caseload"),
)
_SUPPORT = (
    (pgettext_lazy("menu", "惠企政策"), "support:items", "coin", "support_item"),
    (pgettext_lazy("menu", "阶梯"), "standards:home", "trending-up", "firm_fact"),
    (pgettext_lazy("menu", "授权"), "grants:list", "building-bank", "sight_grant"),
    (gettext_lazy("预算"), "budgets:list", "report-money", "budget_line"),
    (gettext_lazy("推演"), "rehearsal:list", "test-pipe", "rehearsal"),
)
_OFFICES = (
    (pgettext_lazy("menu", "账号"), "accounts:list", "users", "account"),
    (pgettext_lazy("menu", "文书模板"), "papers:templates", "writing", "paper_template"),
    (gettext_lazy("审计日志"), "audit:list", "history", "audit"),
    (pgettext_lazy("menu", "后台任务"), "operations:jobs", "clock", "job"),
    (gettext_lazy("推送地址"), "api:webhooks", "webhook", "webhook"),
    (pgettext_lazy("menu", "系统检查"), "operations:check", "heart-rate-monitor", "operations"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: menu, role, whether this is the demonstration."""
    user = getattr(request, "user", None)
    menu = [found for place in _PLACES if (found := _entry(request, user, *place))]
    menu += _grouped(request, user, _("进展"), "clipboard-list", _REPORTS)
    menu += _counted(_grouped(request, user, _("办事"), "inbox", _CASES), user)
    menu += _grouped(request, user, _("惠企"), "coin", _SUPPORT)
    tables = [
        Entry(
            str(register.label),
            register.address(),
            register.icon,
            request.path.startswith(register.address()),
        )
        for register in registers().values()
        if scope_of(user, Action.VIEW, register.noun) != "none"
    ]
    if tables:
        menu.append(Entry(_("台账"), tables[0].href, "table", any(one.active for one in tables), tables))
    menu += _grouped(request, user, _("管理"), "settings", _OFFICES)
    return {
        "menu": menu,
        "role": role_of(user),
        "demonstration": settings.DEBUG,
        "languages": settings.LANGUAGES,
    }


def _counted(entries: list[Entry], user: Any) -> list[Entry]:
    """The same with how much waits for the user, beside the tray and its heading."""
    waiting = waiting_count(user)
    if not waiting:
        return entries
    tray = reverse("cases:tray")
    return [
        replace(
            entry,
            count=waiting,
            children=[replace(one, count=waiting if one.href == tray else 0) for one in entry.children],
        )
        for entry in entries
    ]


def _grouped(
    request: HttpRequest, user: Any, label: str, icon: str, places: Sequence[tuple[Any, str, str, str]]
) -> list[Entry]:
    """The entries that the user may open: one by itself, several under a heading."""
    found = [entry for place in places if (entry := _entry(request, user, *place))]
    if len(found) < 2:
        return found
    return [Entry(label, found[0].href, icon, any(one.active for one in found), found)]


def _entry(request: HttpRequest, user: Any, label: Any, name: str, icon: str, noun: str) -> Entry | None:
    if scope_of(user, Action.VIEW, noun) == "none":
        return None
    try:
        href = reverse(name)
    except NoReverseMatch:
        return None
    active = request.path == href or (href != "/" and request.path.startswith(href))
    return Entry(str(label), href, icon, active)
