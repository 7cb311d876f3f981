import sysconfig
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

OURS = ["auctions", "projections", "api"]
TESTS = Path(__file__).resolve().parents[1]


def home_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None, f"{package} has no __init__.py"
    return Path(spec.origin).resolve().parents[1]


@pytest.mark.parametrize("package", OURS)
def test_nothing_else_installed_ships_a_package_of_this_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"auctions"}


@pytest.mark.parametrize("package", OURS)
def test_a_package_is_imported_from_the_checkout_or_else_from_the_wheel(package: str) -> None:
    here = TESTS.parent
    allowed = {here, here / "src"} if (here / "pyproject.toml").exists() else {installed()}
    assert home_of(package) in allowed


def installed() -> Path:
    return Path(sysconfig.get_path("purelib")).resolve()


def test_no_folder_of_tests_bears_the_name_of_a_package() -> None:
    assert [folder for folder in TESTS.rglob("*") if folder.is_dir() and folder.name in OURS] == []


def test_no_folder_of_tests_is_a_package() -> None:
    assert list(TESTS.rglob("__init__.py")) == []
