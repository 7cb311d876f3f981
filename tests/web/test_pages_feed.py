"""A search as a feed: what has come into it, changed and left it is news."""

from xml.etree import ElementTree as ET

import psycopg
import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.keys import in_session
from tests.web.register import LAND, OFFICE, OFFICER, UNSOLD, Id

ATOM = "{http://www.w3.org/2005/Atom}"


def read(web: TestClient, query: str = "unsold=true", language: str = "en") -> ET.Element:
    """A feed, as a program reads it."""
    answer = web.get(f"/assets.atom?{query}", headers={"Accept-Language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314 - ours


def texts(feed: ET.Element, name: str) -> list[str]:
    """What a part says, of each entry."""
    return [found.text or "" for found in feed.findall(f"{ATOM}entry/{ATOM}{name}")]


def noted(web: TestClient, database: str, ref: str, *facts: AssetEntry) -> None:
    """Facts are recorded in the file of an asset of the office, and the list has read them."""
    stream = asset_id(OFFICE, ref)
    store = PostgresStore(database)
    record(store, stream_id=stream, entries=list(facts), by=Actor("clerk", OFFICE), as_found=True)
    store.close()
    Runner(database).catch_up()
    position = web.get(f"/v1/assets/{stream}").json()["position"]
    assert web.get("/v1/assets", params={"min_position": position}).status_code == 200


def test_a_feed_has_an_entry_an_asset_with_what_was_recorded_of_it_last(web: TestClient, ids: Id) -> None:
    feed = read(web)
    assert sorted(title.split(" · ")[0] for title in texts(feed, "title")) == sorted(UNSOLD)
    assert len(set(texts(feed, "id"))) == len(UNSOLD)
    assert texts(feed, "updated") == sorted(texts(feed, "updated"), reverse=True)
    assert feed.findtext(f"{ATOM}updated") == texts(feed, "updated")[0]
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert f"http://testserver/assets/{ids[LAND]}" in links
    own = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert own == {
        "self": "http://testserver/assets.atom?unsold=true",
        "alternate": "http://testserver/assets?unsold=true",
    }
    assert any("round 3 was announced at 855,000,000 dong" in told for told in texts(feed, "content"))


def test_a_feed_is_in_the_language_of_its_reader(web: TestClient) -> None:
    feed = read(web, "kind=land", "vi")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    assert feed.findtext(f"{ATOM}title") == "Tài sản: loại quyền sử dụng đất"


def test_an_entry_keeps_its_id_until_something_is_recorded_of_its_asset(
    changing: TestClient, database: str
) -> None:
    before = dict(zip(texts(read(changing), "title"), texts(read(changing), "id"), strict=True))
    noted(changing, database, LAND, entry("cost_accrued", 23))
    after = read(changing)
    gone = set(before.values()) - set(texts(after, "id"))
    assert [title.split(" · ")[0] for title, number in before.items() if number in gone] == [LAND]
    assert texts(after, "title")[0].startswith(LAND)


def test_an_asset_that_comes_into_a_search_is_news(changing: TestClient, database: str) -> None:
    assert texts(read(changing, "stage=awaiting_reduction"), "title") == []
    noted(changing, database, LAND, entry("round_failed", 31, round_no=3))
    titles = texts(read(changing, "stage=awaiting_reduction"), "title")
    assert titles == [f"{LAND} · a round failed, awaiting a reduction · 855,000,000\N{NO-BREAK SPACE}dong"]


def test_an_asset_that_leaves_a_search_is_news(changing: TestClient, database: str) -> None:
    backdated(database)
    (before,) = texts(read(changing, "stage=announced"), "id")
    noted(changing, database, LAND, entry("round_failed", 31, round_no=3))
    feed = read(changing, "stage=announced")
    (title,) = texts(feed, "title")
    assert title == f"{LAND} · left the search"
    assert "round 3 failed" in texts(feed, "content")[0]
    assert texts(feed, "id") != [before]


def backdated(database: str) -> None:
    """All that is recorded so far was recorded three days ago."""
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER ALL")
        own.execute("UPDATE auctions.events SET recorded_at = recorded_at - interval '3 days'")
        own.execute("ALTER TABLE auctions.events ENABLE TRIGGER ALL")


def test_a_feed_is_of_the_present_and_of_what_can_be_asked(web: TestClient) -> None:
    path = "/assets.atom?kind=vessel&as_of=2025-01-05&sort=price&q=&utm=1"
    answer = web.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/assets.atom?kind=vessel")


def test_a_feed_shows_nobody_what_the_public_is_not_shown(web: TestClient, register: str) -> None:
    auditor = in_session(register, "auditor")
    seen = web.get("/assets.atom?unsold=true", headers={"Accept-Language": "en", **auditor})
    assert seen.text == web.get("/assets.atom?unsold=true", headers={"Accept-Language": "en"}).text
    assert OFFICER not in seen.text


def test_a_reader_that_has_a_feed_is_not_sent_it_again(web: TestClient) -> None:
    tag = web.get("/assets.atom?kind=land").headers["etag"]
    assert web.get("/assets.atom?kind=land", headers={"If-None-Match": tag}).status_code == 304
    assert web.get("/assets.atom?kind=vessel", headers={"If-None-Match": tag}).status_code == 200


def test_a_feed_that_is_asked_wrongly_says_so(web: TestClient) -> None:
    assert web.get("/assets.atom?price_max=much").status_code == 422


def test_a_search_wider_than_a_feed_says_so_and_tells_of_the_first(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(web).find(f"{ATOM}subtitle") is None
    monkeypatch.setattr("api.pages.feed.MOST", 2)
    feed = read(web)
    assert "Narrow it down" in (feed.findtext(f"{ATOM}subtitle") or "")
    assert len(texts(feed, "id")) == len(UNSOLD) - 1
