"""/healthz: the process answers. /readyz: it can work: database reachable and migrated, assets in place.

Both answer before host names, sessions and sign-in are looked at, so that a container or a load balancer can ask by
address; they tell a stranger nothing but yes or no. Why not stands in the log and in `luming-portal check`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from luming_portal import assets
from luming_portal.operations import logs


class Health:
    """Middleware that answers the two addresses and hands on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in ("/healthz", "/readyz"):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        if request.path_info == "/healthz":
            return _answer("ok", 200)
        return _answer("ready", 200) if self._is_ready() else _answer("not ready", 503)

    def _is_ready(self) -> bool:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self._migrated:
                self._migrated = not unapplied_migrations()
        except DatabaseError as problem:
            logs.problem("not_ready", problem)
            connection.close()
            return False
        in_place = not assets.faults()
        if not (self._migrated and in_place):
            logs.event("not_ready", where="migrations" if in_place else "assets")
        return self._migrated and in_place


def unapplied_migrations() -> list[str]:
    """The steps of structure that the database still lacks, as app.name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def _answer(word: str, status: int) -> HttpResponse:
    return JsonResponse({"status": word}, status=status, headers={"Cache-Control": "no-store"})
