"""What an auditor gets is one file that needs Python and `cryptography`, and nothing else of this project."""

import importlib.util
import re
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from auctions.verifier.options import parser
from tests.unit import spec_logs
from tests.unit.spec_logs import leaves, vkey

NEEDED = ("cryptography", "cffi", "_cffi_backend*", "pycparser")
BARE = """
import runpy, sys
_, packages, *sys.argv = sys.argv
sys.path.append(packages)
runpy.run_path(sys.argv[0], None, "__main__")
"""


@pytest.fixture(scope="module")
def dev(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", checkout / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def program(dev: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("program") / "auctions-verify.pyz"
    dev.build_verifier(file)
    return file


@pytest.fixture
def log(tmp_path: Path) -> Path:
    spec_logs.write(tmp_path / "log", leaves(300))
    return tmp_path / "log"


def run(*words: object) -> tuple[int, str, str]:
    told = subprocess.run(
        [sys.executable, "-I", *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    return told.returncode, told.stdout, told.stderr


def test_it_is_the_same_bytes_when_it_is_built_again(dev: ModuleType, program: Path, tmp_path: Path) -> None:
    dev.build_verifier(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == program.read_bytes()


def test_it_holds_the_verifier_s_room_and_nothing_else(program: Path, checkout: Path) -> None:
    with zipfile.ZipFile(program) as archive:
        names = set(archive.namelist())
    room = {f"auctions/verifier/{file.name}" for file in (checkout / "src/auctions/verifier").glob("*.py")}
    assert names == room | {"auctions/__init__.py", "__main__.py"}


def test_a_python_by_itself_verifies_with_it(program: Path, log: Path) -> None:
    code, out, err = run(program, "log", log, "--key", vkey())
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == ["verdict: holds", "log: log.example/2026", "entries: 300"]
    tile = log / "tile/0/001.p/44"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    code, out, err = run(program, "log", log, "--key", vkey())
    assert (code, err) == (1, "")
    assert "first bad index: 256" in out.splitlines()
    tile.unlink()
    assert run(program, "log", log, "--key", vkey())[0] == 2


def test_it_needs_no_package_but_cryptography(program: Path, log: Path, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for pattern in NEEDED:
        for found in Path(sysconfig.get_path("platlib")).glob(pattern):
            (packages / found.name).symlink_to(found)
    code, out, err = run("-S", "-c", BARE, packages, program, "log", log, "--key", vkey())
    assert (code, err, out.splitlines()[0]) == (0, "", "verdict: holds")


def test_without_cryptography_it_says_how_to_get_it(program: Path, log: Path) -> None:
    code, out, err = run("-S", program, "log", log, "--key", vkey())
    assert (code, out) == (2, "")
    assert "the package `cryptography` is needed" in err
    assert "-m pip install cryptography" in err
    assert "Traceback" not in err


def test_its_help_teaches_what_each_answer_means(program: Path) -> None:
    code, out, _ = run(program, "--help")
    assert code == 0
    for word in (
        "0  it holds",
        "1  it was tampered with",
        "2  it cannot be decided",
        "log",
        "event",
        "asset",
        "diff",
        "report",
        "seals",
        "fetch",
    ):
        assert word in out


def test_the_page_for_auditors_asks_what_the_program_answers(checkout: Path) -> None:
    page = (checkout / "deploy/VERIFY.md").read_text("utf-8")
    asked = re.findall(r"^python3 auctions-verify\.pyz (.*)$", page, re.MULTILINE)
    assert [parser().parse_args(shlex.split(words)).verb for words in asked] == [
        "fetch",
        "log",
        "event",
        "asset",
        "asset",
        "diff",
        "report",
        "report",
        "seals",
        "event",
    ]
    (key,) = re.findall(r"^KEY='(.*)'$", page, re.MULTILINE)
    assert key == vkey()
