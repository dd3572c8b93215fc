"""Webhooks: what is told, in which order, signed how, to whom, and what is never sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from luming_portal.accounts.roles import Role
from luming_portal.api.models import Delivery, DeliveryStatus, Webhook
from luming_portal.api.webhooks.command import command
from luming_portal.api.webhooks.delivery import BACKOFF, MOST_ATTEMPTS, Outcome, run, send_due
from luming_portal.api.webhooks.events import all_events, wanted
from luming_portal.api.webhooks.hosts import HostRefused, check_url, destination
from luming_portal.api.webhooks.sender import SendFailed, send
from luming_portal.api.webhooks.services import (
    WebhookFaulty,
    create_webhook,
    renew_secret,
    replay,
    set_active,
)
from luming_portal.api.webhooks.signature import is_genuine, signature
from luming_portal.audit.actor import acting_as
from luming_portal.audit.models import Change, Outbox
from portal.api.conftest import Api, fact, firm
from portal.conftest import recorded

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOST = "data.example.gov.cn"


class Receiver:
    """Stands for the network: remembers what it is sent, answers what it is told."""

    def __init__(self, *answers: int | SendFailed) -> None:
        self.answers = list(answers)
        self.got: list[tuple[str, bytes, Mapping[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.got.append((url, body, headers))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, SendFailed):
            raise answer
        return answer

    def events(self) -> list[str]:
        return [json.loads(body)["event"] for _url, body, _headers in self.got]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hook(make_user: Any, settings: Any) -> tuple[Webhook, str]:
    """A webhook of the system administrator for everything, after all that was entered for it."""
    settings.LUMING_WEBHOOK_HOSTS = [HOST]
    user = make_user(Role.SYSTEM)
    with acting_as(user):
        made = create_webhook(user, "数据平台", f"https://{HOST}/hook?x=1", ["*"])
    run(Receiver(), Clock())
    return made


@pytest.mark.django_db
def test_changes_are_told_in_order_and_signed(hook: Any) -> None:
    webhook, secret = hook
    record = firm()
    record.district = "九原区"
    with recorded() as changes:
        changes.save(record)
    receiver, clock = Receiver(), Clock()
    outcome = run(receiver, clock)
    assert (outcome.taken, outcome.made, outcome.sent) == (2, 2, 2)
    assert receiver.events() == ["enterprise.create", "enterprise.update"]
    url, body, headers = receiver.got[1]
    assert url == webhook.url
    told = json.loads(body)
    assert (headers["Luming-Event"], headers["Luming-Delivery"]) == ("enterprise.update", told["delivery"])
    assert is_genuine(secret, body, headers["Luming-Signature"], NOON.timestamp())
    assert not is_genuine(secret, body + b" ", headers["Luming-Signature"], NOON.timestamp())
    assert not is_genuine("whsec_other", body, headers["Luming-Signature"], NOON.timestamp())
    assert not is_genuine(secret, body, headers["Luming-Signature"], NOON.timestamp() + 301)
    assert told["data"]["changed"] == ["district"]
    assert told["data"]["record"]["district"] == "九原区"
    assert told["change"] == Change.objects.filter(model="enterprises.enterprise").first().pk
    assert run(Receiver(), clock).taken == 0
    assert not Outbox.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_only_what_the_owner_may_read_is_told(hook: Any) -> None:
    firm(1, contact="张三", note="内部意见")
    hidden = firm(2, published=False)
    receiver = Receiver()
    run(receiver, Clock())
    text = "".join(body.decode() for _u, body, _h in receiver.got)
    assert receiver.events() == ["enterprise.create"]
    assert "张三" not in text
    assert "内部意见" not in text
    assert hidden.name not in text


@pytest.mark.django_db
def test_who_knew_a_record_learns_that_it_is_gone_and_nothing_more(hook: Any) -> None:
    record = firm(1)
    run(Receiver(), Clock())
    record.published = False
    record.segment = "不公开的新内容"
    with recorded() as changes:
        changes.save(record)
    other = firm(2)
    run(Receiver(), Clock())
    with recorded() as changes:
        changes.delete(other)
    receiver = Receiver()
    run(receiver, Clock())
    assert receiver.events() == ["enterprise.delete"]
    told = [json.loads(one.body) for one in Delivery.objects.order_by("id")]
    assert [one["event"] for one in told[1:]] == [
        "enterprise.withdraw",
        "enterprise.create",
        "enterprise.delete",
    ]
    assert told[1]["data"]["record"] is None
    assert "不公开的新内容" not in Delivery.objects.order_by("id")[1].body


@pytest.mark.django_db
def test_people_tokens_and_webhooks_are_never_told(hook: Any, make_user: Any, token_of: Any) -> None:
    token_of(make_user(Role.OFFICE))
    receiver = Receiver()
    run(receiver, Clock())
    assert receiver.got == []


@pytest.mark.django_db
def test_facts_and_publications_are_told(hook: Any, gdp: Any, baotou: None) -> None:
    fact(*gdp, key="新的一条")
    receiver = Receiver()
    run(receiver, Clock())
    assert "document.publish" in receiver.events()
    told = next(json.loads(body) for _u, body, _h in receiver.got if "新的一条" in body.decode())
    assert told["event"] == "fact.create"
    assert told["data"]["record"]["value"] == "4583.1"


@pytest.mark.django_db
def test_a_new_webhook_is_not_told_what_was_before_it(make_user: Any, settings: Any) -> None:
    settings.LUMING_WEBHOOK_HOSTS = [HOST]
    firm(1)
    user = make_user(Role.SYSTEM)
    with acting_as(user):
        create_webhook(user, "数据平台", f"https://{HOST}/", ["*"])
    firm(2)
    receiver = Receiver()
    run(receiver, Clock())
    assert [json.loads(body)["data"]["record"]["key"] for _u, body, _h in receiver.got] == ["E2"]


@pytest.mark.django_db
def test_events_are_chosen_by_pattern(hook: Any) -> None:
    assert wanted(["enterprise.*"], "enterprise.update")
    assert wanted(["*"], "fact.create")
    assert not wanted(["enterprise.create"], "enterprise.update")
    webhook, _secret = hook
    webhook.events = ["enterprise.update"]
    with recorded() as changes:
        changes.save(webhook)
    firm()
    receiver = Receiver()
    run(receiver, Clock())
    assert receiver.got == []


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_keeps_the_order(hook: Any) -> None:
    firm(1), firm(2)
    clock, receiver = Clock(), Receiver(500, SendFailed("没有连上"), 200, 200)
    run(receiver, clock)
    assert len(receiver.got) == 1
    run(receiver, clock)
    assert len(receiver.got) == 1
    clock.now += BACKOFF[0]
    run(receiver, clock)
    assert len(receiver.got) == 2
    clock.now += BACKOFF[1]
    run(receiver, clock)
    bodies = [json.loads(body)["data"]["record"]["key"] for _u, body, _h in receiver.got]
    assert bodies == ["E1", "E1", "E1", "E2"]
    assert len({headers["Luming-Delivery"] for _u, _b, headers in receiver.got[:3]}) == 1
    assert len({headers["Luming-Signature"] for _u, _b, headers in receiver.got[:3]}) == 3
    first = Delivery.objects.order_by("id").first()
    assert first is not None
    assert (first.status, first.attempts) == (DeliveryStatus.SENT, 3)


@pytest.mark.django_db
def test_a_message_is_given_up_after_its_last_attempt_and_the_next_one_goes(hook: Any) -> None:
    firm(1), firm(2)
    clock, receiver = Clock(), Receiver(*[503] * MOST_ATTEMPTS, 200)
    for _ in range(MOST_ATTEMPTS):
        run(receiver, clock)
        clock.now += timedelta(days=1)
    first, second = Delivery.objects.order_by("id")
    assert (first.status, first.attempts) == (DeliveryStatus.GIVEN_UP, MOST_ATTEMPTS)
    assert "503" in first.note
    assert second.status == DeliveryStatus.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_only_2xx_is_success(status: int, hook: Any) -> None:
    firm()
    run(Receiver(status), Clock())
    assert Delivery.objects.get().status == DeliveryStatus.WAITING


@pytest.mark.django_db
def test_a_webhook_at_rest_keeps_its_messages(hook: Any) -> None:
    webhook, _secret = hook
    with acting_as(webhook.owner):
        set_active(webhook.owner, webhook, False)
    firm()
    receiver = Receiver()
    run(receiver, Clock())
    assert receiver.got == []
    with acting_as(webhook.owner):
        set_active(webhook.owner, webhook, True)
    run(receiver, Clock())
    assert len(receiver.got) == 1


@pytest.mark.django_db
def test_a_webhook_of_a_deactivated_owner_is_silent(hook: Any) -> None:
    webhook, _secret = hook
    firm()
    with recorded() as changes:
        webhook.owner.is_active = False
        changes.save(webhook.owner)
    receiver = Receiver()
    run(receiver, Clock())
    assert receiver.got == []


@pytest.mark.django_db
def test_everything_is_told_again_from_any_change_on(hook: Any) -> None:
    webhook, _secret = hook
    firm(1), firm(2), firm(3)
    run(Receiver(), Clock())
    since = Change.objects.filter(object_label="第2公司").get().pk
    with acting_as(webhook.owner):
        assert replay(webhook.owner, webhook, since, NOON) == 2
    receiver = Receiver()
    run(receiver, Clock())
    assert [json.loads(body)["data"]["record"]["key"] for _u, body, _h in receiver.got] == ["E2", "E3"]


@pytest.mark.django_db
def test_two_workers_send_a_message_once(hook: Any) -> None:
    firm()
    run(Receiver(SendFailed("x")), Clock())
    Delivery.objects.update(next_attempt_at=NOON)
    delivery = Delivery.objects.get()
    from luming_portal.api.webhooks.delivery import _claim

    stale = Delivery.objects.get()
    assert _claim(delivery, NOON)
    assert not _claim(stale, NOON)
    receiver = Receiver()
    send_due(Outcome(), receiver, Clock())
    assert receiver.got == []


@pytest.mark.django_db
def test_what_is_done_is_forgotten_after_a_month(hook: Any) -> None:
    firm(1), firm(2)
    clock = Clock()
    run(Receiver(200, 500), clock)
    clock.now += timedelta(days=31)
    run(Receiver(500), clock)
    assert [one.status for one in Delivery.objects.all()] == [DeliveryStatus.WAITING]


@pytest.mark.django_db
def test_secrets_stand_nowhere_in_the_tables_and_can_be_renewed(hook: Any) -> None:
    webhook, secret = hook
    assert secret.startswith("whsec_")
    assert secret not in str(Webhook.objects.values().get()) + "".join(
        str(one.after) for one in Change.objects.all()
    )
    assert webhook.salt not in "".join(str(one.after) for one in Change.objects.all())
    with acting_as(webhook.owner):
        assert renew_secret(webhook.owner, webhook) != secret


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://data.example.gov.cn/", "https"),
        ("javascript:alert(1)", "https"),
        ("https://other.example.cn/", "允许"),
        ("https://user:pass@data.example.gov.cn/", "口令"),
        ("https://data.example.gov.cn@evil.cn/", "口令"),
        ("https://data.example.gov.cn\\@evil.cn/", "字符"),
        ("https://data.example.gov.cn/#x", "#"),
        ("https://data.example.gov.cn.evil.cn/", "允许"),
        ("http://127.0.0.1/", "允许"),
        ("http://[::1]/", "允许"),
        ("http://2130706433/", "允许"),
        ("http://0x7f.1/", "允许"),
        ("https://data.example.gov.cn:99999/", "写法"),
        ("https://data.example.gov.cn/a\r\nX: y", "字符"),
        ("https:///x", "主机"),
        ("https://[::1", "写法"),
        ("https://" + "a" * 600, "最长"),
    ],
)
def test_addresses_that_are_refused(url: str, why: str) -> None:
    with pytest.raises(HostRefused, match=why):
        check_url(url, [HOST])


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "fe80::1", "0.0.0.0",
     "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "::"],
)  # fmt: skip
def test_a_listed_name_that_leads_inside_is_refused_unless_the_address_is_listed(address: str) -> None:
    with pytest.raises(HostRefused, match="内部地址"):
        destination(f"https://{HOST}/", lambda host, port: ["93.184.216.34", address], [HOST])


def test_listed_networks_are_open_and_the_checked_address_is_used() -> None:
    to = destination(f"http://{HOST}:8080/a?b=1", lambda host, port: ["10.20.3.4"], [HOST, "10.20.0.0/16"])
    assert (to.address, to.port, to.target, to.scheme) == ("10.20.3.4", 8080, "/a?b=1", "http")
    assert destination("http://10.20.3.4/", lambda host, port: [host], ["10.20.3.4"]).port == 80
    with pytest.raises(HostRefused):
        destination("http://10.21.0.1/", lambda host, port: [host], ["10.20.0.0/16"])


def test_nothing_is_sent_while_no_host_is_listed() -> None:
    with pytest.raises(HostRefused):
        check_url("https://example.com/", [])


def test_the_sender_posts_the_bytes_and_follows_no_redirect(settings: Any) -> None:
    got: list[tuple[str, bytes, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, body, self.headers["Luming-Event"]))
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        settings.LUMING_WEBHOOK_HOSTS = ["127.0.0.1"]
        status = send(f"http://127.0.0.1:{server.server_port}/hook", "正文".encode(), {"Luming-Event": "x"})
        assert (status, got) == (302, [("/hook", "正文".encode(), "x")])
        settings.LUMING_WEBHOOK_HOSTS = []
        with pytest.raises(SendFailed, match="允许"):
            send(f"http://127.0.0.1:{server.server_port}/hook", b"", {})
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_no_connection_is_told_in_a_sentence(settings: Any) -> None:
    settings.LUMING_WEBHOOK_HOSTS = ["127.0.0.1"]
    with pytest.raises(SendFailed, match="没有连上"):
        send("http://127.0.0.1:9/", b"", {})


def test_a_signature_that_can_be_reckoned_by_hand() -> None:
    assert signature("whsec_x", b"{}", 1767225600) == (
        "t=1767225600,v1=" + __import__("hmac").new(b"whsec_x", b"1767225600.{}", "sha256").hexdigest()
    )
    for header in ("", "t=,v1=", "v1=abc", "t=x,v1=y", "t=١,v1=y", "nonsense", "t=1767225600"):
        assert not is_genuine("whsec_x", b"{}", header, 1767225600)


@pytest.mark.django_db
def test_faulty_webhooks_are_refused(make_user: Any, settings: Any) -> None:
    settings.LUMING_WEBHOOK_HOSTS = [HOST]
    user = make_user(Role.SYSTEM)
    good = f"https://{HOST}/"
    with acting_as(user):
        for name, url, events in (
            ("", good, ["*"]),
            ("x", "https://evil.cn/", ["*"]),
            ("x", good, []),
            ("x", good, ["account.create"]),
        ):
            with pytest.raises(WebhookFaulty):
                create_webhook(user, name, url, events)
    assert not Webhook.objects.exists()
    assert not any(event.startswith(("account", "token")) for event in all_events())


@pytest.mark.django_db
def test_the_interface_for_webhooks(api_of: Any, settings: Any) -> None:
    settings.LUMING_WEBHOOK_HOSTS = [HOST]
    firm()
    body = {"name": "平台", "url": f"https://{HOST}/h", "events": ["enterprise.*"]}
    api = api_of(Role.SYSTEM)
    made = api.post("webhooks", body, Idempotency_Key="w")
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    again = api.post("webhooks", body, Idempotency_Key="w").json()
    assert (again["id"], again["secret"]) == (made.json()["id"], None)
    id = made.json()["id"]
    assert "secret" not in api.get("webhooks").json()["items"][0]
    assert api.post(f"webhooks/{id}/replays", {"since": 1}).json() == {"queued": 1}
    (one,) = api.get(f"webhooks/{id}/deliveries").json()["items"]
    assert (one["event"], one["status"]) == ("enterprise.create", "waiting")
    assert api.post("webhooks", {**body, "url": "http://169.254.169.254/"}).status_code == 422
    for role in (Role.OFFICE, Role.AUDITOR):
        other = api_of(role)
        assert other.get("webhooks").status_code == 200
        assert other.post("webhooks", body).status_code == 403
        assert other.delete(f"webhooks/{id}", If_Match='"1"').status_code == 403
    assert Api().get("webhooks").status_code == 401
    assert api_of(Role.DEPARTMENT, "read:fact").get("webhooks").status_code == 403
    assert api.delete(f"webhooks/{id}").status_code == 428
    assert api.delete(f"webhooks/{id}", If_Match='"9"').status_code == 412
    assert api.delete(f"webhooks/{id}", If_Match='"1"').status_code == 204


@pytest.mark.django_db
def test_the_pages_of_webhooks(make_user: Any, client_of: Any, settings: Any) -> None:
    settings.LUMING_WEBHOOK_HOSTS = [HOST]
    client = client_of(make_user(Role.SYSTEM))
    assert "还没有推送地址" in client.get("/webhooks/").content.decode()
    made = client.post("/webhooks/", {"name": "平台", "url": f"https://{HOST}/h", "events": ["*"]})
    assert (made.status_code, "whsec_" in made.content.decode()) == (201, True)
    webhook = Webhook.objects.get()
    base = f"/webhooks/{webhook.pk}/"
    assert "whsec_" not in client.get(base).content.decode()
    firm()
    for act in ("stop", "start", "test"):
        assert client.post(f"{base}{act}/").status_code == 302
    assert Delivery.objects.get().event == "webhook.test"
    assert client.post(f"{base}replay/", {"since": "1"}).status_code == 302
    assert client.post(f"{base}replay/", {"since": "x"}).status_code == 422
    assert "whsec_" in client.post(f"{base}secret/").content.decode()
    assert client.post(f"{base}nonsense/").status_code == 404
    assert client.get(f"{base}stop/").status_code == 405
    refused = client.post("/webhooks/", {"name": "x", "url": "http://127.0.0.1/", "events": ["*"]})
    assert (refused.status_code, "允许" in refused.content.decode()) == (422, True)
    office = client_of(make_user(Role.OFFICE))
    assert office.get("/webhooks/").status_code == 200
    assert office.post(f"{base}stop/").status_code == 403
    assert client_of(make_user(Role.DEPARTMENT)).get("/webhooks/").status_code == 403
    assert client.post(f"{base}delete/").status_code == 302
    assert not Webhook.objects.exists()


@pytest.mark.django_db
def test_the_command_sends_and_replays(hook: Any, monkeypatch: Any) -> None:
    webhook, _secret = hook
    receiver = Receiver()
    monkeypatch.setattr("luming_portal.api.webhooks.command.send", receiver)
    firm()
    result = CliRunner().invoke(command, [])
    assert (result.exit_code, "送达1条" in result.output) == (0, True)
    since = Change.objects.filter(object_label="第1公司").get().pk
    again = CliRunner().invoke(
        command, ["--replay-from", str(since), "--to", str(webhook.pk), "--by", webhook.owner.username]
    )
    assert (again.exit_code, len(receiver.got)) == (0, 2)
    wrong = CliRunner().invoke(command, ["--replay-from", "1", "--to", "999", "--by", "nobody"])
    assert (wrong.exit_code, "系统管理员" in wrong.output) == (1, True)


@pytest.mark.django_db
def test_the_task_runs(hook: Any, monkeypatch: Any) -> None:
    from luming_portal.api.webhooks.tasks import deliver_webhooks

    monkeypatch.setattr("luming_portal.api.webhooks.tasks.send", Receiver())
    firm()
    assert deliver_webhooks.func()["sent"] == 1
