"""Accounts are opened by one officer and given rights by another; nobody decides over himself."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from luming_portal.accounts import services
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import RIGHTS, Action, Refused, Scope, matrix
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from portal.accounts.conftest import PASSWORD, next_address
from portal.conftest import recorded

pytestmark = pytest.mark.django_db


def _rights(account: User, **fields: Any) -> dict[str, Any]:
    return {"role": account.role, "version": account.version, "reason": "任命", **fields}


def test_the_system_administrator_opens_an_account_without_rights(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("system"))
    answer = client.post("/accounts/new/", {"username": "zhang.san", "name": "张三", "role": "security"})
    account = User.objects.get(username="zhang.san")
    assert answer["Location"] == f"/accounts/{account.pk}/"
    assert (account.role, account.has_usable_password(), account.is_active) == ("visitor", False, True)
    assert client.post(f"/accounts/{account.pk}/rights/", _rights(account, role="office")).status_code == 403
    for deed in ("deactivate", "reactivate", "unlock", "second-factor", "sessions", "password-link"):
        assert client.post(f"/accounts/{account.pk}/{deed}/", {"reason": "试"}).status_code == 403, deed


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_nobody_else_opens_accounts(role: Role, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(role))
    answer = client.post("/accounts/new/", {"username": "zhang.san", "name": "张三"})
    assert answer.status_code == 403
    assert not User.objects.filter(username="zhang.san").exists()


def test_the_security_administrator_gives_rights_with_a_reason(make_user: Any, client_of: Any) -> None:
    account, officer = make_user("visitor", "li.si"), make_user("security")
    client = client_of(officer)
    without = client.post(f"/accounts/{account.pk}/rights/", _rights(account, role="office", reason=" "))
    assert without.status_code == 400
    answer = client.post(
        f"/accounts/{account.pk}/rights/",
        _rights(account, role="district", district="青山区", reason="青山区来函"),
    )
    assert answer.status_code == 302
    account.refresh_from_db()
    assert (account.role, account.district) == ("district", "青山区")
    entry = Change.objects.filter(model="accounts.user", action="update").first()
    assert entry is not None
    assert (entry.actor, entry.reason) == (officer.username, "青山区来函")
    assert (entry.before["role"], entry.after["role"]) == ("visitor", "district")


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("department", "unit"),
        ("district", "district"),
        ("enterprise", "enterprise"),
        ("institution", "institution"),
    ],
)
def test_a_role_says_whom_it_belongs_to(role: str, field: str, make_user: Any, client_of: Any) -> None:
    account = make_user("visitor")
    answer = client_of(make_user("security")).post(
        f"/accounts/{account.pk}/rights/", _rights(account, role=role)
    )
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_an_enterprise_is_found_by_name_or_code(make_user: Any, client_of: Any) -> None:
    firm = Enterprise(key="E1", name="包头甲公司", credit_code="11150200011536003J")
    with recorded() as changes:
        changes.save(firm)
    client = client_of(make_user("security"))
    for written in ("包头甲公司", "11150200011536003j"):
        account = make_user("visitor", f"of-{written}")
        answer = client.post(
            f"/accounts/{account.pk}/rights/", _rights(account, role="enterprise", enterprise=written)
        )
        assert answer.status_code == 302
        account.refresh_from_db()
        assert account.enterprise == firm
    unknown = client.post(
        f"/accounts/{account.pk}/rights/",
        _rights(User.objects.get(pk=account.pk), role="enterprise", enterprise="没有这家公司"),
    )
    assert unknown.status_code == 400
    assert "台账中没有“没有这家公司”" in unknown.content.decode()


def test_what_the_new_role_does_not_need_is_cleared(make_user: Any) -> None:
    account = make_user("district", district="青山区")
    services.give_rights(
        account,
        by=make_user("security"),
        rights={"role": "expert", "district": "青山区"},
        reason="改任",
        version=1,
    )
    assert account.district == ""


def test_nobody_changes_his_own_account(make_user: Any, client_of: Any) -> None:
    officer = make_user("security")
    make_user("security")
    client = client_of(officer)
    answer = client.post(f"/accounts/{officer.pk}/rights/", _rights(officer, role="auditor"))
    assert answer.status_code == 403
    assert "自己的账号" in answer.content.decode()
    for deed in ("deactivate", "unlock", "second-factor", "sessions", "password-link"):
        assert client.post(f"/accounts/{officer.pk}/{deed}/", {"reason": "试"}).status_code == 403, deed


def test_the_last_security_administrator_stays(make_user: Any) -> None:
    first, second = make_user("security"), make_user("security")
    services.deactivate(second, by=first, reason="调离")
    second.refresh_from_db()
    with pytest.raises(Refused, match="最后一位"):
        services.deactivate(first, by=_still_acting(second), reason="调离")
    with pytest.raises(Refused, match="最后一位"):
        services.give_rights(
            first, by=_still_acting(second), rights={"role": "expert"}, reason="改任", version=first.version
        )
    first.refresh_from_db()
    assert (first.role, first.is_active) == ("security", True)


def _still_acting(user: User) -> User:
    """The officer as a request begun before his removal still holds him."""
    user.is_active = True
    return user


def test_a_stale_page_does_not_overwrite(make_user: Any) -> None:
    account, officer = make_user("visitor"), make_user("security")
    services.give_rights(account, by=officer, rights={"role": "expert"}, reason="一", version=1)
    with pytest.raises(StaleVersion):
        services.give_rights(account, by=officer, rights={"role": "office"}, reason="二", version=1)
    assert User.objects.get(pk=account.pk).role == "expert"


@pytest.mark.parametrize("deed", ["deactivate", "reactivate", "reset_second_factor", "password_link"])
def test_deeds_need_a_reason(deed: str, make_user: Any) -> None:
    account = make_user("expert", is_active=deed != "reactivate")
    with pytest.raises(ReasonMissing):
        getattr(services, deed)(account, by=make_user("security"), reason="  ")


def test_a_reset_takes_every_factor_and_ends_sessions(
    make_user: Any, sign_in: Any, with_authenticator: Any, client_of: Any
) -> None:
    account = make_user("office", "lost.phone")
    code = with_authenticator(account)
    client = sign_in("lost.phone").client
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    answer = client_of(make_user("security")).post(
        f"/accounts/{account.pk}/second-factor/", {"reason": "手机丢失,已核身份"}
    )
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=account).exists()
    assert not client.get("/accounts/login/").context["request"].user.is_authenticated
    entry = Change.objects.get(action="account.second_factor_reset")
    assert entry.reason == "手机丢失,已核身份"
    assert entry.after["types"] == ["recovery_codes", "totp"]


def _link(answer: Any) -> str:
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+?/)<", answer.content.decode())
    assert found
    return found.group(1)


def test_the_link_sets_a_password_once(make_user: Any, client_of: Any, sign_in: Any) -> None:
    account, officer = make_user("expert", "new.person"), make_user("security")
    old = sign_in("new.person").client
    shown = client_of(officer).post(f"/accounts/{account.pk}/password-link/", {"reason": "新开通"})
    assert shown["Cache-Control"].startswith("max-age=0")
    link = _link(shown)
    assert not old.get("/accounts/login/").context["request"].user.is_authenticated
    assert sign_in("new.person").status_code == 200, "the old password must be void"
    visitor = Client(REMOTE_ADDR=next_address())
    form = visitor.get(link, follow=True)
    new = "a-new-and-long-phrase"
    done = visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert done.status_code == 302, done.context["form"].errors
    assert sign_in("new.person", new).status_code == 302
    again = Client().get(link, follow=True)
    assert "链接不能使用" in again.content.decode()
    assert link not in " ".join(str(one.after) + one.reason for one in Change.objects.all())
    assert {"account.password_link", "account.password_set"} <= set(
        Change.objects.filter(object_id=str(account.pk)).values_list("action", flat=True)
    )


def test_a_second_link_voids_the_first(make_user: Any) -> None:
    account, officer = make_user("expert"), make_user("security")
    first = services.password_link(account, by=officer, reason="一")
    services.password_link(account, by=officer, reason="二")
    assert "链接不能使用" in Client().get(first, follow=True).content.decode()


def test_a_link_is_void_after_a_day(make_user: Any, settings: Any, monkeypatch: Any) -> None:
    from datetime import datetime, timedelta

    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    account, officer = make_user("expert"), make_user("security")
    link = services.password_link(account, by=officer, reason="一")
    later = datetime.now() + timedelta(hours=25)  # noqa: DTZ005 - Django counts in local time
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "链接不能使用" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    "address", ["abc-def", "0-0", "zzzzzzzzzzzz-set-password", "1-%00", "1-" + "x" * 5000]
)
def test_a_forged_link_is_refused_with_a_sentence(address: str) -> None:
    answer = Client().get(f"/accounts/password/reset/key/{address}/", follow=True)
    assert answer.status_code == 200
    assert "链接不能使用" in answer.content.decode()


def test_the_list_is_searched_and_filtered(make_user: Any, client_of: Any) -> None:
    make_user("district", "qingshan.1", district="青山区")
    make_user("department", "keji.1", unit="市科技局")
    make_user("expert", "gone", is_active=False)
    client = client_of(make_user("security", "officer"))

    def names(query: str) -> list[str]:
        return [one.username for one in client.get(f"/accounts/?{query}").context["page"]]

    assert names("q=科技局") == ["keji.1"]
    assert names("role=district") == ["qingshan.1"]
    assert names("state=inactive") == ["gone"]
    assert names("q=青山&role=department") == []
    assert names("q=%00") == ["gone", "keji.1", "officer", "qingshan.1"]
    assert client.get("/accounts/?page=abc").status_code == 200


def test_the_list_costs_the_same_for_many(
    make_user: Any, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(make_user("security"))
    for number in range(30):
        make_user("expert", f"e{number}")
    with django_assert_max_num_queries(8):
        client.get("/accounts/")


def test_mail_addresses_are_for_those_who_need_them(make_user: Any, client_of: Any) -> None:
    account = make_user("expert", email="private@example.org")
    for role, seen in (("security", True), ("auditor", False), ("system", False)):
        page = client_of(make_user(role)).get(f"/accounts/{account.pk}/").content.decode()
        assert ("private@example.org" in page) is seen, role


def test_no_role_both_acts_and_audits() -> None:
    """Whoever reads what everybody did changes nothing, and whoever changes does not read it. Every pair is tried."""
    acting = {
        (noun, action)
        for noun, actions in RIGHTS.items()
        for action in actions
        if action not in (Action.VIEW, Action.EXPORT, Action.HISTORY) and noun not in OWN_THINGS
    }
    assert len(acting) > 30
    auditing = [("audit", Action.VIEW), ("audit", Action.EXPORT), ("account", Action.HISTORY)]
    for (noun, action), (audited, reading), role in product(sorted(acting), auditing, Role):
        acts = RIGHTS[noun][action].get(role, Scope.NONE) is not Scope.NONE
        audits = RIGHTS[audited][reading].get(role, Scope.NONE) is not Scope.NONE
        assert not (acts and audits), f"{role}: {action} {noun} + {reading} {audited}"


OWN_THINGS = {
    "saved_view": "a person's own bookmarks; nothing of the business",
    "notice": "what a person was told, marked as read by himself",
    "calendar": "the address of a person's own feed of deadlines, made and taken back",
    "token": "a person's own key to the interface, with no more rights than the person",
}
"""Kinds of which everybody, the auditor too, keeps some of his own, with the reason why that is not acting."""


def test_those_who_give_rights_have_none_over_business() -> None:
    business = set(RIGHTS) - {
        "account",
        "token",
        "saved_view",
        "audit",
        "webhook",
        "operations",
        "job",
        "cockpit",
        "notice",
    }
    for noun, action, role, scope in matrix():
        if role in (Role.SECURITY, Role.SYSTEM) and noun in business:
            assert scope in (Scope.NONE, Scope.PUBLISHED), (noun, action, role)
        if role is Role.SYSTEM and noun == "account":
            assert scope is Scope.NONE or action in (Action.VIEW, Action.CREATE)
        if noun == "account" and action is Action.CHANGE:
            assert (scope is not Scope.NONE) == (role is Role.SECURITY)


def test_an_account_has_exactly_one_role(make_user: Any) -> None:
    fields = {field.name for field in User._meta.get_fields()}
    assert not fields & {"groups", "user_permissions", "is_staff", "is_superuser", "roles"}
    assert not User._meta.get_field("role").null
    assert User._meta.many_to_many == ()


def test_the_first_officers_are_appointed_by_command(db: None) -> None:
    from click.testing import CliRunner

    from luming_portal.accounts.appoint import command

    done = CliRunner().invoke(command, ["security", "anquan", "安全员"])
    assert done.exit_code == 0, done.output
    link = done.output.strip().splitlines()[-1]
    assert "设置密码" in Client().get(link, follow=True).content.decode()
    again = CliRunner().invoke(command, ["security", "another", "另一人"])
    assert again.exit_code == 1
    assert "已有在任的安全管理员" in again.output
    bad = CliRunner().invoke(command, ["system", "a b", "某人"])
    assert bad.exit_code == 1
    assert "不能作登录名" in bad.output
    assert User.objects.count() == 1


def test_rights_are_shown_to_everybody_and_written_down(client: Client) -> None:
    from pathlib import Path

    from luming_portal.accounts.rights_table import document

    page = client.get("/accounts/rights/").content.decode()
    for role in Role:
        assert str(role.label) in page
    written = Path(__file__).parents[3] / "docs/reference/rights.md"
    assert written.read_text(encoding="utf-8") == document(), (
        "docs/reference/rights.md is not what the table says; make it again: "
        "python -m luming_portal.accounts.rights_table > docs/reference/rights.md"
    )


def test_a_password_is_never_in_the_record(make_user: Any) -> None:
    user = make_user("expert")
    for entry in Change.objects.filter(object_id=str(user.pk)):
        assert PASSWORD not in str(entry.after)
        assert entry.after["password"] == "(不记录内容)"
