"""Every address × every caller × own or other: the expected status, from one table, permission_matrix.txt.

A line of the table:

    METHOD route[?query] [name=value …] | statuses of the eleven callers

The route is written as in the urlconf, without the expressions' signs; each of its parameters is given a value by name.
`@enterprises.own` is the key of a thing of the test's world (meta/permission_world.py). The callers are, in this order,
somebody who has not signed in, and a signed-in person of each role: visitor, enterprise, institution, expert, district,
department, office, auditor, security, system. `403*3` stands for three times 403.

A page that a person may not see at all answers 403 with the reason; a thing that he does not see answers 404 as if it
were not there. A form that is posted empty answers 400 (or shows itself again with 200) to whoever may fill it in.

To add an address: add its lines, GET and POST (405 where the page takes no posts). With LUMING_MATRIX=measure in the
environment the test prints what today's answers are; read them against the rights before you paste them.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portal.loaded_packs import put_packs
from portal.meta.permission_table import LINES, Line
from portal.meta.permission_world import CALLERS, World

MEASURE = os.environ.get("LUMING_MATRIX") == "measure"

BODIES: dict[str, dict[str, str]] = {
    "accounts/<int:pk>/deactivate/": {"reason": "试"},
    "accounts/<int:pk>/reactivate/": {"reason": "试"},
    "accounts/<int:pk>/second-factor/": {"reason": "试"},
    "accounts/<int:pk>/password-link/": {"reason": "试"},
    "accounts/new/": {"username": "new.person", "name": "新人"},
    "i18n/setlang/": {"language": "en"},
}
"""What is posted where an empty form would not get far enough to be refused or taken."""


GROUPS: dict[str, list[Line]] = defaultdict(list)
for _line in LINES:
    GROUPS[_line.group].append(_line)
WITH_DOCUMENT = (
    "home",
    "targets",
    "papers",
    "demo-year",
    "comparison",
    "disputes",
    "documents",
    "api/v1/documents",
    "api/v1/board",
)


def _routes() -> Iterator[str]:
    def walk(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                yield route

    return walk(get_resolver().url_patterns, "")


def _is_operation(route: str) -> bool:
    """Whether a route belongs to the interface, whose operations are listed by the interface itself."""
    return route.startswith("api/v1/") and route != "api/v1/docs/"


def _plain(route: str) -> str:
    """A route with expressions written like converters, without anchors."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")


def _api_operations() -> Iterator[tuple[str, str]]:
    """Method and route of every operation of the interface."""
    from luming_portal.api.routes import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            address = "/".join(part.strip("/") for part in ("api/v1", prefix, path) if part.strip("/"))
            for operation in view.operations:
                for method in operation.methods:
                    yield method, re.sub(r"\{(\w+):(\w+)\}|\{(\w+)\}", _converter, address)


def _converter(found: re.Match[str]) -> str:
    return f"<{found[1]}:{found[2]}>" if found[1] else f"<{found[3]}>"


def _without_kinds(route: str) -> str:
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route)


def test_every_address_stands_in_the_table() -> None:
    known = {(line.method, _without_kinds(line.route)) for line in LINES}
    missing = []
    for route in _routes():
        # "^" begins what leads nowhere: test_nowhere_is_not_found
        if route.startswith("^") or _is_operation(route):
            continue
        plain = _plain(route)
        missing += [
            f"{method} {plain}" for method in ("GET", "POST") if (method, _without_kinds(plain)) not in known
        ]
    missing += [
        f"{method} {route}"
        for method, route in _api_operations()
        if (method, _without_kinds(route)) not in known
    ]
    assert not missing, (
        f"{len(missing)} addresses are not in permission_matrix.txt. For each add a line with what each of the eleven "
        f"callers gets (LUMING_MATRIX=measure prints today's answers): {'; '.join(sorted(set(missing)))}"
    )


def test_no_line_is_left_over() -> None:
    routes = {_without_kinds(_plain(route)) for route in _routes()}
    operations = {(method, _without_kinds(route)) for method, route in _api_operations()}
    gone = [
        str(line)
        for line in LINES
        if _without_kinds(line.route) not in routes
        and (line.method, _without_kinds(line.route)) not in operations
    ]
    assert not gone, f"no such address any more: {gone}"


def test_every_line_speaks_of_every_caller() -> None:
    wrong = [
        f"line {line.number}: {line}" for line in LINES if len(line.expected) != len(CALLERS) and not MEASURE
    ]
    assert not wrong, f"eleven statuses each: {wrong}"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("group", sorted(GROUPS))
def test_callers_get_what_the_table_says(group: str, make_user: Any, client_of: Any, settings: Any) -> None:
    if group in WITH_DOCUMENT:
        put_packs(settings.PACKS)
    world = World(make_user, with_document=group in WITH_DOCUMENT)
    cookies = {name: client_of(user).cookies for name, user in world.users.items()}
    wrong = []
    for line in GROUPS[group]:
        found = tuple(_ask(line, world, cookies[caller]) for caller in CALLERS)
        if MEASURE:
            sys.stdout.write(f"{line} | {_short(found)}\n")
        elif found != line.expected:
            differing = [
                f"{caller}: {has} instead of {wants}"
                for caller, has, wants in zip(CALLERS, found, line.expected, strict=True)
                if has != wants
            ]
            wrong.append(f"line {line.number}, {line}: {', '.join(differing)}")
    assert not wrong, "\n".join(wrong)


def _ask(line: Line, world: World, cookies: Any) -> int:
    """The status that a caller gets; what the request changed, and what was counted of him, is taken back."""
    client = Client(raise_request_exception=False)
    client.cookies.update(cookies)
    headers = {}
    body: Any = BODIES.get(line.route, {})
    kind = {}
    if line.route.startswith("api/"):
        headers = {"If-Match": '"1"'} if line.method in ("PATCH", "DELETE", "PUT") else {}
        kind = {"content_type": "application/json"} if line.method != "GET" else {}
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, line.method.lower())(
            line.address(world), **({"data": body} if line.method != "GET" else {}), headers=headers, **kind
        )
        status = int(answer.status_code)
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return status


def _short(statuses: tuple[int, ...]) -> str:
    out: list[list[int]] = []
    for status in statuses:
        if out and out[-1][0] == status:
            out[-1][1] += 1
        else:
            out.append([status, 1])
    return " ".join(f"{status}*{times}" if times > 1 else str(status) for status, times in out)


def test_nowhere_is_not_found(client: Client) -> None:
    for address in ("/nothing/here/", "/admin/", "/api/v1/nothing", "/accounts/nothing/"):
        assert client.get(address).status_code == 404
