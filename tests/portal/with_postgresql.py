"""Runs a command with DATABASE_URL leading to a PostgreSQL server of its own, started before and removed after.

    python tests/portal/with_postgresql.py pytest -m both_databases tests/portal

Where the machine has no server the command does not run and one line says so; with STRICT=1 that is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def server_programs() -> Path | None:
    """The folder with initdb and pg_ctl, if there is one."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _as_owner(command: list[str]) -> list[str]:
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def main(command: list[str]) -> int:
    """Start, run, stop."""
    programs = server_programs()
    if programs is None:
        sys.stdout.write("not run on PostgreSQL: no server on this machine\n")
        return 1 if os.environ.get("STRICT") == "1" else 0
    with tempfile.TemporaryDirectory(prefix="luming-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        data = f"{folder}/data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            _as_owner(
                [
                    str(programs / "initdb"),
                    "-D",
                    data,
                    "-U",
                    "luming",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                ]
            ),
            **quiet,  # type: ignore[call-overload]
        )
        options = (
            f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
            " -c synchronous_commit=off -c full_page_writes=off"
        )
        subprocess.run(
            _as_owner(
                [str(programs / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start"]
            ),
            **quiet,  # type: ignore[call-overload]
        )
        try:
            address = f"postgresql://luming@127.0.0.1:{port}/postgres"
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
        finally:
            subprocess.run(
                _as_owner([str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop"]),
                **quiet,  # type: ignore[call-overload]
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
