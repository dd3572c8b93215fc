"""Logs as one JSON object a line, with the number of the request and without personal data.

Names, credit codes, e-mail addresses, passwords, tokens, addresses with their query, and the messages of exceptions
(a database quotes the row that it refuses) do not enter a log at all. What enters: our own events with fields from a
fixed list; the pattern of an address instead of the address; the place in the code where an exception arose or another
package wrote a message, and the template of that message, when the values stand apart from it. Only the demonstration
(DEBUG) writes whole tracebacks.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import empty

from luming_portal.audit import actor

# The only fields that an event may carry; anything else is left out, and counted.
FIELDS = frozenset(
    {"bytes", "count", "engine", "exception", "function", "host", "job", "logger", "method", "milliseconds",
     "port", "role", "route", "seconds", "status", "where", "worker"}
)  # fmt: skip
QUIETED = ("django", "django.server", "django.request", "gunicorn.access", "gunicorn.error", "waitress")
"""Loggers that others set up in their own way, brought under ours."""
_HIDDEN = "…"
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    re.compile(r"\?[^\s\"']*"),
    re.compile(r"(?<![\w])(?=[\w-]*\d)[\w-]{8,}"),
    re.compile(r"(['\"“]).*?(['\"”])"),
    re.compile(r"(?i)\b(token|password|secret|key|authorization|cookie|code)\b\s*[=:]\s*\S+"),
    re.compile(r"/\S*"),
    re.compile(r"[\u4e00-\u9fff]{2,}"),
)
_log = structlog.get_logger("luming")


class _Errors(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what is standard error at the moment of writing."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:  # type: ignore[override]
        """Standard error now."""
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A record that cannot be written is dropped; the standard way would print its values."""
        self.stream.write('{"event": "unreadable_record", "level": "error"}\n')


def configure(wanted: Mapping[str, Any]) -> None:
    """Send everything that is logged to standard error as JSON; Django calls this with settings.LOGGING."""
    shared: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_log_level,
    ]
    structlog.configure(
        processors=[*shared, _only_known_fields, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _Errors()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _with_request_id,
                structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
            ],
            foreign_pre_chain=[*shared, _only_place],
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(wanted.get("level", "INFO"))
    for name in QUIETED:
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = name not in ("gunicorn.access", "django.server")
    # One line a request is written by AccessLog; these would say it again, with the address.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.server").setLevel(logging.CRITICAL)
    # They speak of every look for work and of every request that waits a millisecond.
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def event(name: str, /, **fields: Any) -> None:
    """Log something that happened, with fields from the list above."""
    _log.info(name, **fields)


def problem(name: str, error: BaseException, /, **fields: Any) -> None:
    """Log an error: its kind and where in the code it arose, without its message."""
    _log.error(name, exception=kind_of(error), where=places_of(error), **fields)


def kind_of(error: BaseException) -> str:
    """The class of an exception."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def places_of(error: BaseException) -> list[str]:
    """File, line and function of the frames of an exception, the innermost last; no values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])


class AccessLog:
    """Middleware: one line for each request, with the pattern of the address, not the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        event(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            role=_role(request),
        )
        return response


def _role(request: HttpRequest) -> str:
    """The role of the user, if the page asked who it is; the log asks no database."""
    user = request.__dict__.get("user")
    known = getattr(user, "_wrapped", user)
    return "" if known is None or known is empty else getattr(known, "role", "visitor")


def _only_known_fields(logger: Any, name: str, told: Any) -> Any:
    kept = {
        key: value
        for key, value in told.items()
        if key in FIELDS or key in ("event", "level", "timestamp", "exc_info")
    }
    left_out = len(told) - len(kept)
    kept.pop("exc_info", None)
    if left_out:
        kept["left_out"] = left_out
    return kept


def _only_place(logger: Any, name: str, told: Any) -> Any:
    """Of a message of another package: the place that wrote it, and the template when the values stand apart from it."""
    record: logging.LogRecord = told["_record"]
    kept = {key: told[key] for key in ("_record", "_from_structlog", "timestamp", "level") if key in told}
    kept["event"] = "log"
    kept["logger"] = record.name
    kept["where"] = [f"{_short(record.pathname)}:{record.lineno} {record.funcName}"]
    if told.get("positional_args"):
        kept["template"] = scrub(str(record.msg))
    if record.exc_info and record.exc_info[1] is not None:
        kept["exception"] = kind_of(record.exc_info[1])
        kept["where"] = places_of(record.exc_info[1])
        if settings.DEBUG:
            kept["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
    return kept


def scrub(text: str) -> str:
    """The text without what could be about a person."""
    for pattern in _PERSONAL:
        text = pattern.sub(_HIDDEN, text)
    return text[:300]


def _with_request_id(logger: Any, name: str, told: Any) -> Any:
    number = actor.request_id()
    if number:
        told["request_id"] = number
    return told
