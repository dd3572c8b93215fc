"""What a test cannot do in a browser: name an officer for each unit of a month, and let days go by. Run beside a portal.

python thirty_units.py <month>    with the portal's own environment; writes one JSON object, unit → session
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from luming_portal.cli import start_django


def main() -> None:
    """Make an officer for each unit that is asked, and put the due day of the month five days back."""
    start_django()
    from django.test import Client

    from luming_portal.accounts.models import User
    from luming_portal.accounts.roles import Role
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change
    from luming_portal.reporting.models import Report, ReportingMonth

    month = ReportingMonth.objects.get(pk=int(sys.argv[1]))
    units = Report.objects.filter(reporting_month=month).order_by("unit").values_list("unit", flat=True)
    sessions = {}
    with acting_as(None), change("测试:各单位的账号,截止日前移") as changes:
        month.due_on = dt.date.today() - dt.timedelta(days=5)  # noqa: DTZ011 - the portal's own day
        changes.save(month)
        for at, unit in enumerate(dict.fromkeys(units)):
            user = User.objects.filter(role=Role.DEPARTMENT, unit=unit, is_active=True).first()
            if user is None:
                user = changes.save(
                    User(username=f"unit-{at:02d}", name=f"{unit}经办人", role=Role.DEPARTMENT, unit=unit)
                )
            client = Client()
            client.force_login(user, backend="luming_portal.accounts.sign_in.PortalBackend")
            session = client.session
            session["second_factor_known"] = user.pk
            session.save()
            sessions[unit] = session.session_key
    sys.stdout.write(json.dumps(sessions, ensure_ascii=False))


if __name__ == "__main__":
    main()
