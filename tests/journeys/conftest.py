"""A browser; the site of files as `luming serve` shows it; the portal as `make run` starts it."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from luming.cli.serve import address, listen
from luming.facts import Dictionary, read_csv
from luming.monitor import Board
from luming.pack import load, load_predecessors
from luming.publication import Order, Outcome, carry_out, publish
from once import once


@pytest.fixture(scope="session")
def outcome(root: Path) -> Outcome:
    """The main job on Baotou's document of 2025, on the last day of its year, with the demonstration year."""
    pack = load(root / "packs" / "baotou" / "2025-1")
    dictionary = Dictionary(pack.indicators, (source.id for source in pack.sources))
    facts = read_csv(root / "packs" / "baotou" / "facts.csv", dictionary)
    return carry_out(Order(pack, facts, dt.date(2025, 12, 31), earlier=load_predecessors(pack), seed=2025))


@pytest.fixture(scope="session")
def real_board(outcome: Outcome) -> Board:
    """The board of the published figures."""
    return outcome.board


@pytest.fixture(scope="session")
def demo_board(outcome: Outcome) -> Board:
    """The board of the demonstration year."""
    assert outcome.demo is not None
    return outcome.demo


@pytest.fixture(scope="session")
def address_of_site(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the result is served."""
    folder = tmp_path_factory.mktemp("run") / "out"
    publish(folder, outcome.files, {})
    server = listen(folder, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield address(server)
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Watched:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, address_of_site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site; at the end nothing was fetched from elsewhere and nothing complained."""
    watched, contexts = Watched(), []

    def open_page(path: str, width: int = 1280, height: int = 800) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.goto(address_of_site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in watched.requests if not url.startswith((address_of_site, "data:"))] == []
    assert watched.complaints == []


@dataclass(frozen=True)
class Portal:
    """The portal as `make run` starts it, in a process and a home of its own."""

    address: str
    home: Path

    def enter(self, page: Page, role: str) -> None:
        """Become somebody of a role by the one click of the demonstration."""
        page.goto(f"{self.address}/accounts/login/")
        page.locator(f'form[action$="/demo/{role}/"] button').click()
        page.wait_for_load_state()


_COMMAND = [sys.executable, "-m", "luming_portal.cli"]


def _environment(root: Path, home: Path) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LUMING_", "DJANGO_"))}
    env.pop("DATABASE_URL", None)
    return env | {"LUMING_HOME": str(home), "LUMING_DEBUG": "1", "LUMING_PACKS": str(root / "packs")}


@contextmanager
def served(root: Path, factory: pytest.TempPathFactory, name: str) -> Iterator[Portal]:
    """Serves a demonstration of its own from a folder of that name; it is set up once for all journeys and copied."""

    def set_up(home: Path) -> None:
        environment = _environment(root, home)
        subprocess.run([*_COMMAND, "setup"], env=environment, check=True, stdout=subprocess.DEVNULL)

    home = factory.mktemp(name)
    shutil.copytree(once(factory, "demonstration", set_up), home, dirs_exist_ok=True)
    env, command = _environment(root, home), _COMMAND
    log = (home / "serve.log").open("w", encoding="utf-8")
    server = subprocess.Popen([*command, "serve", "--port", "0"], env=env, stdout=log, stderr=log)
    try:
        yield Portal(_announced(home / "serve.log", server), home)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A demonstration, once for all journeys of a process that leave the board as it is."""
    with served(root, tmp_path_factory, "portal") as found:
        yield found


def _announced(log: Path, server: subprocess.Popen[bytes]) -> str:
    """The address that the server prints when it is ready."""
    for _ in range(300):
        found = re.search(r"http://[^/\s]+", log.read_text(encoding="utf-8"))
        if found:
            return found.group().replace("localhost", "127.0.0.1")
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8"))


@pytest.fixture
def person(browser: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens the portal as somebody; at the end nothing was fetched from elsewhere and no script complained."""
    watched, contexts = Watched(), []

    def open_page(
        role: str = "", path: str = "/", width: int = 1280, height: int = 800, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        if role:
            portal.enter(page, role)
        page.goto(portal.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in watched.requests if not url.startswith((portal.address, "data:"))] == []
    answered = "Failed to load resource: the server responded with a status of 4"
    assert [words for words in watched.complaints if not words.startswith(answered)] == []
