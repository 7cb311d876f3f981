"""What writes lists to files by the client: whole or not at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx2
import pytest

from api.client import Client, NoAnswerError, ProblemError
from api.models import Item
from tests.web.losing import CUT, LOST, TOLD, losing, problem, said
from tests.web.register import Id
from tests.web.serving import Given, served

PAST = {"as_of": "2025-01-25", "known_at": "25"}


@pytest.fixture(scope="module")
def kept(register: str, ids: Id) -> Iterator[Given]:
    """The register that nobody changes."""
    assert ids
    with served(register) as given:
        yield given


@pytest.fixture(scope="module")
def client(kept: Given) -> Client:
    """A coordinator's client of it."""
    return kept.client()


def answered(kept: Given, path: str, **asked: str) -> bytes:
    """What the service answers."""
    return httpx2.get(f"{kept.url}/v1/{path}", params=asked).raise_for_status().content


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "geojson"])
def test_a_list_is_written_as_the_service_writes_it_in_the_form_that_the_name_ends_with(
    kept: Given, client: Client, tmp_path: Path, form: str
) -> None:
    to = tmp_path / f"unsold.{form}"
    client.write_assets(to, unsold=True, as_of=date(2025, 1, 25), known_at=25)
    assert to.read_bytes() == answered(kept, f"assets.{form}", unsold="true", **PAST)
    assert list(tmp_path.iterdir()) == [to]


def test_a_file_has_the_same_assets_as_the_list(client: Client, tmp_path: Path) -> None:
    client.write_assets(tmp_path / "land.jsonl", kind="land", sort="-price")
    lines = (tmp_path / "land.jsonl").read_text("utf-8").splitlines()
    items = list(client.assets(kind="land", sort="-price"))
    assert [Item.model_validate_json(line) for line in lines] == items
    assert len(items) == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_findings_are_written_too(kept: Given, client: Client, tmp_path: Path, form: str) -> None:
    to = tmp_path / f"findings.{form}"
    client.write_findings(to, rule="FAIL-03", as_of=date(2025, 1, 25), known_at=25)
    assert to.read_bytes() == answered(kept, f"findings.{form}", rule="FAIL-03", **PAST)


def test_a_list_that_breaks_off_is_written_anew_until_it_is_whole(kept: Given, tmp_path: Path) -> None:
    to = tmp_path / "assets.csv"
    busy = said("503 Service Unavailable", b"")
    with losing(kept.url, [busy, TOLD, LOST], [CUT, LOST, TOLD, CUT]) as (url, proxy):
        kept.client(url).write_assets(to)
    assert to.read_bytes() == answered(kept, "assets.csv")
    assert (proxy.met[busy], proxy.met[CUT] > 0, proxy.met[LOST] > 0) == (1, True, True)
    assert list(tmp_path.iterdir()) == [to]


def test_of_a_list_that_never_comes_whole_nothing_is_seen_and_an_older_file_stays(
    kept: Given, tmp_path: Path
) -> None:
    to = tmp_path / "assets.csv"
    to.write_bytes(b"of yesterday")
    with (
        losing(kept.url, (), [CUT]) as (url, _),
        Client(url, patience=0) as client,
        pytest.raises(NoAnswerError),
    ):
        client.write_assets(to)
    refused = problem("500 Internal Server Error", "internal-error")
    with losing(kept.url, [refused]) as (url, _), pytest.raises(ProblemError, match="internal-error"):
        kept.client(url).write_assets(to)
    assert (list(tmp_path.iterdir()), to.read_bytes()) == ([to], b"of yesterday")


def test_what_a_list_cannot_be_asked_is_refused_by_name(client: Client, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as refused:
        client.write_assets(tmp_path / "assets.csv", price_min=-1)
    assert [fault.parameter for fault in refused.value.errors] == ["price_min"]
    assert list(tmp_path.iterdir()) == []


def test_another_ending_and_a_folder_that_is_not_there_are_the_callers_mistake(
    client: Client, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"expected a name that ends with \.csv or \.xlsx$"):
        client.write_findings(tmp_path / "findings.geojson")
    with pytest.raises(FileNotFoundError):
        client.write_assets(tmp_path / "nowhere" / "assets.csv")
