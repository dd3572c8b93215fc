"""How support is paid out, for everybody; what would show single firms is withheld."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming_portal.accounts.rights import Action, require
from luming_portal.error_views import wants_json
from luming_portal.support.counted import figures_now
from luming_portal.support.figures import FEWEST, Figures, Ratio
from luming_portal.support.money import in_wan
from luming_portal.support.selectors import name_of


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """The figures of a year; ?year= looks at another one."""
    require(request.user, Action.VIEW, "support_item")
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and 2020 <= int(asked[:5]) <= today.year
        else today.year
    )
    demo = request.GET.get("demo") == "1"
    found = figures_now(year, today, demo=demo)
    if wants_json(request):
        return JsonResponse(_json(found, year, demo), json_dumps_params={"ensure_ascii": False})
    context = {
        "year": year,
        "years": range(today.year - 3, today.year + 1),
        "demo": demo,
        "found": found,
        "fewest": FEWEST,
        "told": [
            (_("兑现率"), _told(found.fulfilled), _("已付的钱占已审定的钱")),
            (_("及时率"), _told(found.timely), _("按期付的件数占该付的件数")),
            (_("免申即享占比"), _told(found.automatic), _("不用申请就付的件数占已付的件数")),
            (_("惠及户数"), _count(found.firms), _("收到钱的企业")),
            (_("已付"), _money(found.paid), ""),
            (_("户均"), _money(found.per_firm), ""),
            (_("预算执行率"), _told(found.executed), _("已付的钱占当年预算")),
            (_("查重拦截额"), _money(found.blocked), _("同一件事再报一次,被系统拦下的钱")),
        ],
        "asleep": [(item, name_of(item)) for item in found.asleep],
    }
    return render(request, "support/figures.html", context)


def _told(ratio: Ratio) -> str:
    if ratio.withheld:
        return _("户数太少,不显示")
    return ratio.percent or _("还没有")


def _count(number: int | None) -> str:
    return _("户数太少,不显示") if number is None else _("%d 户") % number


def _money(fen: int | None) -> str:
    return _("不显示") if fen is None else _("%s 万元") % in_wan(fen)


def _json(found: Figures, year: int, demo: bool) -> dict[str, Any]:
    return {
        "year": year,
        "demo": demo,
        "fulfilled": found.fulfilled.percent or None,
        "timely": found.timely.percent or None,
        "automatic": found.automatic.percent or None,
        "firms": found.firms,
        "paid_fen": found.paid,
        "per_firm_fen": found.per_firm,
        "executed": found.executed.percent or None,
        "blocked_fen": found.blocked,
        "asleep": [item.key for item in found.asleep],
    }
