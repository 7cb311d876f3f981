"""Tasks of the project: `python3 dev.py VERB`. Wants Python 3.11 or newer and a package index, nothing else.

The first call makes `.venv` in this folder as requirements.lock says; later ones start at once.
"""

import argparse
import hashlib
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so, instead of tripping over the code
    sys.exit("dev.py: needs Python 3.11 or newer, this is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
BROWSER_LOCK = ROOT / "tests" / "browser" / "requirements.lock"
VERIFIER = ROOT / "dist" / "auctions-verify.pyz"
PACKAGES = [ROOT / "src" / "auctions", ROOT / "projections", ROOT / "api"]
ON_ALL_CORES = ["--numprocesses", "auto", "--dist", "worksteal"]
VERIFIER_BEGINS = """\
import sys

if sys.version_info < (3, 11):
    sys.stderr.write("auctions-verify: needs Python 3.11 or newer, this is " + sys.version.split()[0] + "\\n")
    sys.exit(2)
from auctions.verifier.__main__ import main

main()
"""
LINTERS = {
    "ruff check": ["ruff", "check", "--quiet"],
    "ruff format": ["ruff", "format", "--check", "--quiet"],
    "mypy": ["mypy", "--no-error-summary"],
    "import-linter": ["lint-imports", "--no-cache"],
}


def run(args: list[str]) -> None:
    """Serve the sample register on the embedded server: run [--host HOST] [--port PORT].

    Ctrl-C ends it. Every option of `auctions serve` may be given: see `dev.py auctions serve --help`.
    """
    become("auctions", "serve", "--sample", *args)


def auctions(args: list[str]) -> None:
    """Run the command line of the product: auctions COMMAND [ARGUMENT...].

    The exit code is the command's own. `dev.py auctions --help` lists the commands.
    """
    become("auctions", *args)


def test(args: list[str]) -> None:
    """Run the tests: test [--server URL] [PYTEST ARGUMENT...].

    --server takes the URL of a PostgreSQL server to test on, instead of the embedded one.
    Anything else goes to pytest: `dev.py test tests/unit -k ladder -x`; `-n 0` keeps to one process.
    """
    os.chdir(ROOT)
    become("pytest", *ON_ALL_CORES, *with_server(args))


def browser(_args: list[str]) -> None:
    """Install what tests/browser drives Chromium with, 160 MB, in .venv; without it they are skipped.

    Chromium itself is the system's: on Debian `apt-get install chromium`.
    """
    bring_up_to_date(VENV / "browser.stamp", BROWSER_LOCK, install_browser)
    if shutil.which("chromium") is None:
        say("there is no Chromium here; on Debian: apt-get install chromium")


def lint(_args: list[str]) -> None:
    """Run ruff's rules and format, mypy, and the arrows between the rooms; stop at the first that fails."""
    for name, command in LINTERS.items():
        step(f"lint: {name}", [tool(command[0]), *command[1:]])


def wheel(args: list[str]) -> None:
    """Build the wheel, install it in a clean environment and run the tests on it, away from the checkout.

    Arguments are those of `test`. The wheel is built from the sdist, so both are proved whole.
    Builds dist/auctions-verify.pyz too, which auditors run by itself (deploy/VERIFY.md).
    """
    build_verifier(VERIFIER)
    with tempfile.TemporaryDirectory(prefix="auctions-wheel-") as folder:
        away = Path(folder)
        built = build_wheel(away)
        refuse_other_files(built)
        python = install_wheel(away / "venv", built)
        test_away(python, away / "suite", with_server(args))


def check(args: list[str]) -> None:
    """Run all of lint, test with coverage, and wheel; stop at the first failure.

    Arguments are those of `test`, used for both runs of the suite.
    """
    lint([])
    step("test, with coverage", [tool("pytest"), *ON_ALL_CORES, "--cov", *with_server(args)])
    wheel(args)
    say("check: all is well")


def bench(args: list[str]) -> None:
    """Measure speed beside the peers, as ratios in one run: bench [PART...]; --help names them."""
    os.chdir(ROOT)
    become("python", "-m", "tests.bench.run", *args)


def mutants(args: list[str]) -> None:
    """Change the domain and the projections in small ways and count what the tests catch: mutants [NAME...].

    What survived is listed; `.venv/bin/mutmut show NAME` shows one of them.
    """
    step("mutants: run", [tool("mutmut"), "run", *args])
    step("mutants: results", [tool("mutmut"), "results"])
    step("mutants: count", [tool("mutmut"), "export-cicd-stats"])
    say_kill_rate(ROOT / "mutants" / "mutmut-cicd-stats.json")


VERBS: dict[str, Callable[[list[str]], None]] = {
    verb.__name__: verb for verb in (run, test, auctions, browser, lint, wheel, check, bench, mutants)
}
# Their --help is that of the program they start.
OWN_HELP = {"auctions", "bench"}


def main(argv: list[str]) -> None:
    """Make the environment ready and run the verb `argv` begins with; exits 2 for one that is not known."""
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(overview())
        return
    name, *args = argv
    if name not in VERBS:
        say(f"no verb {name!r}; the verbs are {', '.join(VERBS)}")
        raise SystemExit(2)
    if name not in OWN_HELP and {"-h", "--help"} & set(args):
        print(inspect.getdoc(VERBS[name]))
        return
    make_ready()
    VERBS[name](args)


def overview() -> str:
    """Return the help: what this file is for, and a line for each verb."""
    lines = [f"  {name:<10}{summary(verb)}" for name, verb in VERBS.items()]
    more = "`dev.py VERB --help` says more."
    return "\n".join([inspect.cleandoc(__doc__ or ""), "", *lines, "", more])


def summary(verb: Callable[[list[str]], None]) -> str:
    """Return the first line of a verb's docstring."""
    return (verb.__doc__ or "").splitlines()[0]


def say(text: str) -> None:
    """Tell the person at the terminal, on stderr, leaving stdout to the program that is run."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def tool(name: str) -> str:
    """Return the path of a program of the environment."""
    return str(VENV / "bin" / name)


def become(name: str, *args: str) -> None:
    """Let a program of the environment take the place of this process: signals and exit code are its own."""
    os.execv(tool(name), [tool(name), *args])  # noqa: S606 -- no shell is wanted


def step(name: str, command: list[str], cwd: Path = ROOT) -> None:
    """Run a command to its end; where it fails say which step failed and exit with its code."""
    say(name)
    # Ctrl-C reaches the child too: it ends in its own way, and this process reports how.
    signal.signal(signal.SIGINT, lambda *_: None)
    code = subprocess.run(command, cwd=cwd, check=False).returncode
    if code:
        say(f"failed: {name}")
        raise SystemExit(code if code > 0 else 128 - code)


def with_server(args: list[str]) -> list[str]:
    """Take --server out of the arguments into the environment of the tests; return the others."""
    parser = argparse.ArgumentParser(prog="dev.py test", add_help=False, allow_abbrev=False)
    parser.add_argument("--server", metavar="URL")
    options, others = parser.parse_known_args(args)
    if options.server:
        os.environ["AUCTIONS_TEST_SERVER"] = options.server
    return others


def make_ready() -> None:
    """Make `.venv` anew where the lock or Python has changed, and install the checkout in it."""
    try:
        bring_up_to_date(VENV / "lock.stamp", LOCK, install_lock)
        bring_up_to_date(VENV / "checkout.stamp", ROOT / "pyproject.toml", install_checkout)
    except OSError as error:
        sys.exit(f"dev.py: cannot make {VENV}: {error}")


def bring_up_to_date(stamp: Path, source: Path, install: Callable[[Path], None]) -> None:
    """Install unless `stamp` says it was done with this content of `source`, this Python and this place."""
    key = hashlib.sha256(source.read_bytes() + f"{sys.version} {VENV}".encode()).hexdigest()
    if not (stamp.is_file() and stamp.read_text("ascii") == key):
        install(VENV)
        stamp.write_text(key, "ascii")


def install_lock(place: Path) -> None:
    """Make a virtual environment at `place` with exactly what requirements.lock names."""
    if find_spec("ensurepip") is None:
        sys.exit("dev.py: this Python cannot make environments; on Debian: apt install python3-venv")
    start = time.monotonic()
    say(f"making {place} with {LOCK.name} (about half a minute)")
    venv.create(place, clear=True, symlinks=True, with_pip=True)
    # the lock is whole; left to resolve, pip looks past it for `coverage[toml]` once there is a newer one
    pip(place, "--no-deps", "--require-hashes", "--requirement", str(LOCK))
    say(f"made in {time.monotonic() - start:.0f} s")


def install_browser(place: Path) -> None:
    """Install what the lock of tests/browser names beside the rest."""
    pip(place, "--no-deps", "--require-hashes", "--requirement", str(BROWSER_LOCK))


def install_checkout(place: Path) -> None:
    """Install the checkout in `place` so that edits take effect at once."""
    pip(place, "--no-build-isolation", "--no-deps", "--editable", str(ROOT))


def pip(place: Path, *args: str) -> None:
    """Run `pip install` in the environment at `place`."""
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    step(f"pip install {args[0]}", [str(place / "bin" / "python"), "-m", "pip", "install", *quiet, *args])


def build_wheel(away: Path) -> Path:
    """Build the sdist from the checkout and the wheel from the sdist; return the wheel's path."""
    step("wheel: sdist", [tool("hatchling"), "build", "--target", "sdist", "--directory", str(away)])
    (sdist,) = away.glob("*.tar.gz")
    build = [tool("python"), "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    step("wheel: build from the sdist", [*build, "--wheel-dir", str(away), str(sdist)])
    (built,) = away.glob("*.whl")
    return built


def build_verifier(file: Path) -> None:
    """Write the verifier as one file that Python runs, without times or compression the same each time."""
    room = ROOT / "src" / "auctions"
    parts = [room / "__init__.py", *sorted((room / "verifier").glob("*.py"))]
    contents = {part.relative_to(ROOT / "src").as_posix(): part.read_bytes() for part in parts}
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as opened:
        opened.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(opened, "w") as archive:
            for name, content in {**contents, "__main__.py": VERIFIER_BEGINS.encode()}.items():
                entry = zipfile.ZipInfo(name)
                entry.create_system = 3  # not that of the machine on which it is built
                archive.writestr(entry, content)
    say(f"{file}: SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}")


def refuse_other_files(built: Path) -> None:
    """Exit unless the wheel holds every file of the three packages, its own metadata, and nothing else."""
    with zipfile.ZipFile(built) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        file.relative_to(package.parent).as_posix()
        for package in PACKAGES
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    if found != expected:
        sys.exit(f"dev.py: failed: the wheel lacks or should not hold {sorted(found ^ expected)}")


def install_wheel(place: Path, built: Path) -> Path:
    """Install the lock and the wheel in a new environment; return its Python."""
    install_lock(place)
    pip(place, "--no-deps", str(built))
    return place / "bin" / "python"


def test_away(python: Path, folder: Path, args: list[str]) -> None:
    """Run a copy of the tests in `folder`, where nothing of the checkout can be imported."""
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    os.environ.pop("PYTHONPATH", None)
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command = [str(python), "-P", "-m", "pytest", *ON_ALL_CORES, *settings, *(args or ["tests"])]
    step("wheel: test", command, cwd=folder)


def say_kill_rate(stats: Path) -> None:
    """Say how many of the mutants tried were caught; one that no test reaches counts as not caught."""
    count = json.loads(stats.read_text("utf-8"))
    killed, survived = count["killed"] + count["timeout"], count["survived"] + count["no_tests"]
    say(f"mutants: {killed} caught of {killed + survived}, {killed / max(1, killed + survived):.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
