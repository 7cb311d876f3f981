"""What deploy/ says is true of the program: its settings, its locks, its commands, its container files."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from packaging.requirements import Requirement

from auctions.cli import app
from auctions.settings import Settings
from tests.journeys.runbook import blocks

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has commands
BOUNDS = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
VARIABLES = {f"AUCTIONS_{name.upper()}" for name in Settings.model_fields} | {
    "AUCTIONS_SITE",
    "AUCTIONS_UPSTREAM",
}


@pytest.fixture(scope="module")
def deploy(checkout: Path) -> Path:
    return checkout / "deploy"


@pytest.fixture(scope="module")
def compose(deploy: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def containerfile(deploy: Path, word: str) -> list[str]:
    text = (deploy / "Containerfile").read_text("utf-8")
    return [line.removeprefix(f"{word} ") for line in text.splitlines() if line.startswith(f"{word} ")]


def test_the_configuration_reference_is_what_the_program_prints(deploy: Path) -> None:
    command = [sys.executable, "-m", "auctions.cli", "settings"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert (deploy / "CONFIGURATION.md").read_text("utf-8") == told
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_lock_of_the_program_is_the_part_of_the_whole_lock_that_it_needs(deploy: Path) -> None:
    whole, part = (pins(folder / "requirements.lock") for folder in (deploy.parent, deploy))
    assert {name: pin for name, pin in part.items() if whole.get(name) != pin} == {}
    project = tomllib.loads((deploy.parent / "pyproject.toml").read_text("utf-8"))
    needed = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    assert {Requirement(each).name.lower() for each in needed} <= part.keys()


def pins(lock: Path) -> dict[str, tuple[str, ...]]:
    """Return each package's version and hashes, without the markers of the platforms that take it."""
    found = re.findall(r"^([\w.-]+)==(\S+).*((?:\\\n +--hash=\S+ ?)+)", lock.read_text("utf-8"), re.MULTILINE)
    return {name.lower(): (version, *re.findall(r"sha256:\w+", hashes)) for name, version, hashes in found}


def test_the_container_is_made_by_the_steps_of_the_runbook(deploy: Path) -> None:
    started = blocks((deploy / "RUNBOOK.md").read_text("utf-8"))["Start"][0]
    here = started.replace('"', "").replace("$PROGRAM", "/opt/auctions").replace("$SOURCE", "/source")
    steps = containerfile(deploy, "RUN")
    assert here.splitlines()[: len(steps)] == steps


def test_the_container_takes_what_there_is_and_runs_a_command_as_nobody_special(deploy: Path) -> None:
    taken = [line.split()[:-1] for line in containerfile(deploy, "COPY") if not line.startswith("--from")]
    paths = [path for line in taken for path in line]
    assert [path for path in paths if not (deploy.parent / path).exists()] == []
    assert {"src", "projections", "api"} <= set(paths)
    assert containerfile(deploy, "USER") == ["10001:10001"]
    (command,) = (yaml.safe_load(line) for line in containerfile(deploy, "CMD"))
    assert command[0] in COMMANDS


def test_every_container_is_bound_and_none_runs_as_root(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert {key: service.get(key) for key in BOUNDS} == BOUNDS, name
        assert int(service["user"].split(":")[0]) > 0, name
        assert not service.get("privileged"), name


def test_the_compose_file_names_what_exists(
    compose: dict[str, Any], services: dict[str, dict[str, Any]], deploy: Path
) -> None:
    for name, service in services.items():
        assert set(service.get("secrets", [])) <= compose["secrets"].keys(), name
        assert set(service["networks"]) <= compose["networks"].keys(), name
        assert set(service.get("depends_on", {})) <= services.keys(), name
        sources = [each.split(":")[0] for each in service.get("volumes", [])]
        files = [each for each in sources if each.startswith("./") and not each.startswith("./data/")]
        assert [each for each in files if not (deploy / each).is_file()] == [], name
        named = [each for each in sources if not each.startswith("./")]
        assert set(named) <= compose["volumes"].keys(), name
    build = services["service"]["build"]
    assert (deploy / build["context"] / build["dockerfile"]).is_file()


def test_the_compose_file_runs_commands_that_there_are_with_settings_that_there_are(
    services: dict[str, dict[str, Any]],
) -> None:
    for name, service in services.items():
        ours = {variable for variable in service.get("environment", {}) if variable.startswith("AUCTIONS_")}
        assert ours <= VARIABLES, name
        if service["image"] == "auctions" and "command" in service:
            words = [str(word) for word in service["command"]]
            COMMANDS[words[0]].make_context(words[0], words[1:])


def test_no_secret_stands_in_the_files_of_deploy(deploy: Path, compose: dict[str, Any]) -> None:
    assert {secret["file"].split("/")[0] for secret in compose["secrets"].values()} == {"secrets"}
    texts = {file: file.read_text("utf-8") for file in deploy.rglob("*") if file.is_file()}
    found = re.compile(r"postgresql://\w+:|PASSWORD(_FILE)?[=:] *['\"]?(?![/:$])\w", re.IGNORECASE)
    assert [str(file) for file, text in texts.items() if found.search(text)] == []


def test_each_login_of_the_compose_file_and_of_the_units_is_a_role(
    services: dict[str, dict[str, Any]], deploy: Path
) -> None:
    roles = found(r"CREATE ROLE (\w+) LOGIN", deploy / "roles.sql")
    logins = {service.get("environment", {}).get("LOGIN") for service in services.values()} - {None}
    users = found(r"^User=(\w+)", *(deploy / "systemd").glob("*.service"))
    assert logins == roles == found(r"^u (\w+)", deploy / "systemd/auctions.sysusers")
    assert users == roles - {"auctions_operate"}


def found(pattern: str, *files: Path) -> set[str]:
    return {each for file in files for each in re.findall(pattern, file.read_text("utf-8"), re.MULTILINE)}


def test_the_units_run_commands_that_there_are(deploy: Path) -> None:
    for unit in (deploy / "systemd").glob("*.service"):
        (line,) = re.findall(r"^ExecStart=(.*)", unit.read_text("utf-8"), re.MULTILINE)
        program, *words = shlex.split(line)
        if program.endswith("/auctions"):
            COMMANDS[words[0]].make_context(words[0], words[1:])
        else:
            assert (deploy / Path(program).name).is_file()
