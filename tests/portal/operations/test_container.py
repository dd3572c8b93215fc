"""The container files: what can be held against the checkout without a container engine."""

from __future__ import annotations

import re

import pytest
import yaml


@pytest.fixture
def compose(root):
    return yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def dockerfile(root):
    return (root / "Dockerfile").read_text(encoding="utf-8")


def test_compose_file_has_database_setup_web_and_worker(compose):
    services = compose["services"]
    assert set(services) == {"database", "setup", "web", "worker"}
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"setup": {"condition": "service_completed_successfully"}}
    assert services["setup"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_compose_file_knows_no_password_and_opens_no_port_to_the_network(root, compose):
    text = (root / "compose.yaml").read_text(encoding="utf-8")
    assert text.count("${LUMING_DB_PASSWORD:?") == 2
    assert compose["services"]["web"]["ports"] == ["127.0.0.1:${LUMING_PORT:-8000}:8000"]
    assert "ports" not in compose["services"]["database"]


def test_portal_containers_may_write_only_to_their_volume(compose):
    for name in ("setup", "web", "worker"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["home:/var/lib/luming"]


def test_commands_are_those_of_the_portal(compose, dockerfile):
    from luming_portal.cli import COMMANDS, main

    named = [compose["services"][name]["command"] for name in ("setup", "worker")]
    named.append(
        re.search(r'^CMD \["luming-portal", "(\w+)"', dockerfile, re.MULTILINE).group(0)[5:].split('"')[1::2]
    )
    for command in named:
        assert command[0] == "luming-portal"
        assert command[1] in {*main.commands, *COMMANDS}


def test_web_leaves_the_jobs_to_the_worker(compose):
    from luming_portal.cli import serve

    command = compose["services"]["web"]["command"]
    known = {word for option in serve.params for word in (*option.opts, *option.secondary_opts)}
    assert "--no-worker" in command
    assert {word for word in command if word.startswith("--")} <= known


def test_health_check_of_the_worker_is_an_option_of_its_command(compose):
    from luming_portal.operations.worker_command import command

    test = compose["services"]["worker"]["healthcheck"]["test"]
    assert test[1:3] == ["luming-portal", "worker"]
    assert test[3] in {word for option in command.params for word in option.opts}


def test_everything_copied_into_the_image_is_there_and_not_ignored(root, dockerfile):
    kept = {
        line[1:]
        for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line[:1] == "!"
    }
    copied = re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE)
    sources = {source for line in copied for source in line.split()[:-1]}
    assert sources == kept
    assert all((root / source).exists() for source in sources)


def test_image_runs_without_rights_and_with_the_database_tools(dockerfile):
    assert "\nUSER luming\n" in dockerfile
    assert "postgresql-client" in dockerfile
    assert dockerfile.index("\nUSER luming\n") < dockerfile.index("\nCMD ")
