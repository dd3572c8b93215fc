"""The server shows one folder, read only, and says in Chinese where."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from luming.cli.serve import Server, address, listen
from luming.errors import FaultyInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "out"
    (site / "demo").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_text("<!DOCTYPE html><title>包头</title>", encoding="utf-8")
    (site / "demo" / "board.html").write_text("演示数据", encoding="utf-8")
    (site / "月调度表.xlsx").write_bytes(b"PK")
    (site / "notes.txt").write_text("说明", encoding="utf-8")
    (site / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with running(listen(folder, "127.0.0.1", 0)) as made:
        yield made


def ask(server: Server, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    try:
        connection.putrequest(method, path, skip_host=bool(host))
        if host:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_first_page_is_html_in_utf8(server: Server) -> None:
    status, headers, body = ask(server, "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "包头" in body.decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/demo/board.html", "text/html; charset=utf-8"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        (
            "/%E6%9C%88%E8%B0%83%E5%BA%A6%E8%A1%A8.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_content_types(server: Server, path: str, kind: str) -> None:
    status, headers, _ = ask(server, path)
    assert (status, headers["content-type"]) == (200, kind)


@pytest.mark.parametrize("path", ["/", "/nothing.html"])
def test_every_answer_forbids_script_and_frames(server: Server, path: str) -> None:
    _, headers, _ = ask(server, path)
    assert "script" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/demo/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "/.hidden",
        "/%2ehidden",
        "/demo/",
        "/empty/",
        "/notes.txt%00.html",
        "//etc/passwd",
        "/nothing.html",
        "//[",
    ],
)
def test_nothing_outside_hidden_or_listed(server: Server, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body.replace(b"secret.txt", b"")
    assert b"board.html" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_only_reads(server: Server, folder: Path, method: str) -> None:
    assert ask(server, "/index.html", method)[0] == 501
    assert (folder / "index.html").exists()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("localhost", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("[::1", 421),
        ("[", 421),
    ],
)
def test_it_answers_only_to_the_names_of_this_machine(server: Server, host: str, status: int) -> None:
    assert ask(server, "/", host=host)[0] == status


def test_what_is_no_request_is_answered_as_such(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as connection:
        connection.sendall(b"what is this\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert b"400" in answer


def test_head_gives_no_body(server: Server) -> None:
    status, headers, body = ask(server, "/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_a_port_in_use_gives_the_next(folder: Path, server: Server) -> None:
    with listen(folder, "127.0.0.1", server.server_port) as second:
        assert second.server_port > server.server_port


def test_a_folder_without_result_is_a_sentence(folder: Path) -> None:
    with pytest.raises(FaultyInput, match=r"index\.html.*luming run"):
        listen(folder / "demo", "127.0.0.1", 0)


def test_no_free_port_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("luming.cli.serve._PORTS_TRIED", 0)
        with pytest.raises(FaultyInput, match=r"都被占用.*换一个端口"):
            listen(folder, "127.0.0.1", port)


def test_an_address_of_another_machine_is_a_sentence(folder: Path) -> None:
    with pytest.raises(FaultyInput, match=r"--host.*192\.0\.2\.1.*127\.0\.0\.1"):
        listen(folder, "192.0.2.1", 0)


def test_address_is_one_a_browser_opens(folder: Path) -> None:
    with listen(folder, "0.0.0.0", 0) as made:
        assert address(made) == f"http://127.0.0.1:{made.server_port}/"


def test_the_command_says_where_and_stops_cleanly(folder: Path) -> None:
    call = [sys.executable, "-c", "from luming.cli import main; main()", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    # A run started in the background may hand on that interruptions are to be ignored.
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stdout is not None
        first, second = process.stdout.readline(), process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            rest, errors = process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert first.startswith("已打开：http://127.0.0.1:")
    assert str(folder) in second
    assert (rest.strip(), errors, process.returncode) == ("已停止。", "", 0)
