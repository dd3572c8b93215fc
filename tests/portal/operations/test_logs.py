"""Logs: one JSON object a line, tied to the request, and nothing about persons in any of them."""

from __future__ import annotations

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from luming_portal.accounts.roles import Role
from luming_portal.operations import logs

SECRETS = ("王小明", "91150200MA0N8J7X5K", "wang@example.com", "hunter2-passwort", "lm_token_abcdef123456", "13847212345",
           "q=%E7%8E%8B", "搜索词")  # fmt: skip


@pytest.fixture
def logged(capsys):
    """Configures the logs as a running portal does; gives back a function that reads what was written."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    touched = {name: (logger.handlers[:], logger.propagate, logger.level) for name in logs.QUIETED
               for logger in [logging.getLogger(name)]}  # fmt: skip
    logs.configure({"level": "DEBUG"})
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    root.handlers, root.level = before, level
    root.setLevel(level)
    for name, (handlers, propagate, own) in touched.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(own)


def texts(lines):
    return json.dumps(lines, ensure_ascii=False)


@pytest.mark.django_db
def test_request_is_one_line_with_pattern_status_and_number(logged, make_user, client_of):
    client = client_of(make_user(Role.OFFICE, unit="王小明", email="wang@example.com"))
    logged()
    answer = client.get("/operations/jobs/?q=搜索词&token=lm_token_abcdef123456")
    lines = [line for line in logged() if line["event"] == "request"]
    assert len(lines) == 1
    (line,) = lines
    assert line["route"] == "operations/jobs/"
    assert (line["method"], line["status"], line["role"]) == ("GET", 200, "office")
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["milliseconds"] > 0
    assert line["timestamp"].endswith("Z")


@pytest.mark.django_db
def test_nothing_about_persons_is_logged_whatever_they_send(logged, make_user, client_of):
    user = make_user(Role.OFFICE, "wangxiaoming", unit="王小明", email="wang@example.com")
    client = client_of(user)
    for path in (
        "/registers/enterprises/91150200MA0N8J7X5K/",
        "/nowhere/王小明/?q=搜索词",
        "/search/?q=搜索词",
        "/",
    ):
        client.get(path, headers={"authorization": "Bearer lm_token_abcdef123456"})
    Client().post("/accounts/login/", {"login": "王小明", "password": "hunter2-passwort"})
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "wang@example.com"})
    Client().get("/", headers={"host": "wang@example.com"})
    lines = logged()
    assert len(lines) > 6
    assert not [secret for secret in (*SECRETS, user.username) if secret in texts(lines)]


@pytest.mark.parametrize("secret", SECRETS)
def test_other_packages_log_their_template_and_place_but_no_values(logged, secret):
    logger = logging.getLogger("some.package")
    logger.warning("refused %s", secret)
    logger.warning("refused " + secret)
    logger.warning("refused " + secret.replace("%", "%%") + " in %s", "place")
    try:
        raise ValueError(f"Key (username)=({secret}) already exists")
    except ValueError:
        logger.exception("failed for %s", secret)
    lines = logged()
    assert len(lines) == 4
    assert secret not in texts(lines)
    assert lines[0]["template"] == "refused %s"
    assert "test_logs.py" in lines[1]["where"][0]
    assert lines[3]["exception"] == "builtins.ValueError"


def test_record_that_cannot_be_written_is_dropped_without_its_values(logged):
    record = logging.LogRecord("some.package", logging.WARNING, "x.py", 1, "%d rows of %s", ("王小明",), None)
    next(
        handler for handler in logging.getLogger().handlers if type(handler).__module__ == logs.__name__
    ).handle(record)
    assert logged() == [{"event": "unreadable_record", "level": "error"}]


def test_own_events_carry_only_fields_of_the_list(logged):
    logs.event("import_done", count=3, name="王小明", credit_code="91150200MA0N8J7X5K")
    (line,) = logged()
    assert line["event"] == "import_done"
    assert line["count"] == 3
    assert line["left_out"] == 2
    assert "王小明" not in texts(line)


def test_own_errors_say_kind_and_place_but_not_the_message(logged):
    try:
        raise KeyError("王小明")
    except KeyError as error:
        logs.problem("job_failed", error)
    (line,) = logged()
    assert line["exception"] == "builtins.KeyError"
    assert line["where"][-1].startswith("portal/operations/test_logs.py:")
    assert line["level"] == "error"
    assert "王小明" not in texts(line)


def test_failing_page_is_logged_with_its_place(logged, settings):
    def fail(request):
        raise RuntimeError("王小明 91150200MA0N8J7X5K")

    request = RequestFactory().get("/x/91150200MA0N8J7X5K/?q=搜索词")
    from django.core.handlers.exception import response_for_exception

    try:
        fail(request)
    except RuntimeError as error:
        settings.DEBUG_PROPAGATE_EXCEPTIONS = False
        response_for_exception(request, error)
    lines = logged()
    assert any(line.get("exception") == "builtins.RuntimeError" for line in lines)
    assert not [secret for secret in SECRETS if secret in texts(lines)]


def test_access_log_of_an_unknown_address_has_no_address(logged):
    logs.AccessLog(lambda request: HttpResponse(status=404))(
        RequestFactory().get("/personal/王小明/?q=搜索词")
    )
    (line,) = logged()
    assert line["route"] == ""
    assert line["status"] == 404
    assert "王小明" not in texts(line)


def test_health_questions_are_not_logged(logged):
    Client().get("/healthz")
    assert logged() == []
