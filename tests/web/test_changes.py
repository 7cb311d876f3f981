"""The feed, page by page."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import ENTRIES, AssetEntry, asset_id
from auctions.store.postgres import PostgresStore
from projections import changes
from projections.changes import names_a_party
from tests.contract.registers import insert
from tests.unit.given import entry, struck
from tests.web.register import BARE, FIELD, HOUSE, LAND, OFFICE, OTHER, VESSEL, Id
from tests.web.test_problems import problem


def asked(web: TestClient, **fields: object) -> dict[str, Any]:
    answer = web.get("/v1/changes", params=fields)  # type: ignore[arg-type]  # numbers and lists are taken
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def positions(page: dict[str, Any]) -> list[int]:
    return [item["position"] for item in page["items"]]


def followed(web: TestClient, **fields: object) -> list[int]:
    """The positions of all changes, page after page by their links."""
    page = asked(web, **fields)
    found = positions(page)
    while page["more"]:
        page = web.get(page["next"]).json()
        found += positions(page)
    return found


def recorded(store: PostgresStore, ref: str, *entries: AssetEntry, office: str = OFFICE) -> list[int]:
    """Record entries by one command; their positions."""
    stream_id = asset_id(office, ref)
    done = record(store, stream_id=stream_id, entries=entries, by=Actor("clerk", office), as_found=True)
    return list(done.positions)


def test_every_entry_of_an_asset_is_told_in_the_order_of_the_log(web: TestClient, ids: Id) -> None:
    page = asked(web)
    assert positions(page) == list(range(1, 26))
    assert (page["position"], page["more"]) == (25, False)
    item = page["items"][5]
    assert item.pop("recorded_at") == web.get(f"/v1/assets/{ids[LAND]}/history").json()["entries"][5][
        "recorded_at"
    ].replace("+00:00", "Z")
    assert item == {
        "position": 6,
        "asset_id": str(ids[LAND]),
        "asset_ref": LAND,
        "office": OFFICE,
        "kind": "land",
        "entry_no": 6,
        "entry": "round_announced",
        "on": "2025-01-13",
        "data": {"round_no": 2, "starting_price": 900_000_000},
    }


@pytest.mark.parametrize("limit", [1, 7, 24, 25, 1000])
def test_the_links_lead_through_every_change_once(web: TestClient, limit: int) -> None:
    assert followed(web, limit=limit) == list(range(1, 26))
    assert followed(web, limit=limit, after=19) == list(range(20, 26))


def test_a_link_keeps_what_was_asked_for(web: TestClient) -> None:
    page = asked(web, limit=3, office=OFFICE, entry=["seized", "appraised"], kind="vessel")
    link = "/v1/changes?after=19&limit=3&office=KV-3&kind=vessel&entry=seized&entry=appraised"
    assert page["next"] == link.replace("after=19", f"after={page['position']}")
    assert len(page["items"]) == 3


def test_beyond_the_head_there_is_nothing_and_the_position_stays(web: TestClient) -> None:
    for after in (25, 26, 10**17):
        page = asked(web, after=after)
        assert page == {
            "position": after,
            "more": False,
            "items": [],
            "next": f"/v1/changes?after={after}&limit=200",
        }


def test_what_is_recorded_later_follows_at_the_same_link(changing: TestClient, store: PostgresStore) -> None:
    link = asked(changing)["next"]
    assert changing.get(link).json()["items"] == []
    done = recorded(store, LAND, entry("cost_accrued", 30))
    assert positions(changing.get(link).json()) == done


@pytest.mark.parametrize("limit", range(1, 9))
def test_a_page_cuts_no_command_in_two(changing: TestClient, store: PostgresStore, limit: int) -> None:
    costs = [entry("cost_accrued", 30, amount=amount) for amount in (1, 2, 3)]
    recorded(store, LAND, *costs)
    recorded(store, BARE, costs[0])
    page = asked(changing, after=25, limit=limit)
    assert positions(page) == [26, 27, 28, 29][: 3 if limit <= 3 else 4]
    assert page["more"] == (limit <= 3)
    assert followed(changing, limit=limit) == list(range(1, 30))


def test_what_is_asked_for_cuts_no_command_in_two_either(changing: TestClient, store: PostgresStore) -> None:
    cost, stay = entry("cost_accrued", 30), entry("suspended", 30)
    recorded(store, LAND, cost, stay, cost)
    recorded(store, LAND, cost)
    page = asked(changing, after=25, limit=1, entry="cost_accrued")
    assert (positions(page), page["position"], page["more"]) == ([26, 28], 28, True)
    page = asked(changing, after=25, limit=1, entry="suspended")
    assert (positions(page), page["position"], page["more"]) == ([27], 28, True)


@pytest.mark.parametrize(
    ("fields", "refs"),
    [
        ({"office": OTHER}, {FIELD}),
        ({"office": "KV-9"}, set()),
        ({"kind": "vessel"}, {VESSEL, BARE}),
        ({"kind": "house", "office": OFFICE}, {HOUSE}),
        ({"kind": "house", "office": OTHER}, set()),
        ({"entry": "delivered"}, {VESSEL}),
        ({"entry": ["delivered", "suspended"]}, {VESSEL, BARE}),
        ({"entry": ["delivered", "suspended"], "kind": "land"}, set()),
    ],
)
def test_changes_are_told_by_office_kind_and_entry(
    web: TestClient, fields: dict[str, object], refs: set[str]
) -> None:
    page = asked(web, **fields)
    assert {item["asset_ref"] for item in page["items"]} == refs
    assert (page["position"], page["more"]) == (25, False)


def test_an_office_is_told_what_it_has_and_what_leaves_it(changing: TestClient, store: PostgresStore) -> None:
    cost, leaves = entry("cost_accrued", 30), entry("transferred", 30, to_office=OTHER)
    for line in (cost, leaves, cost, struck(11), cost):
        recorded(store, LAND, line)
    before, left, there, back, again = range(26, 31)
    assert followed(changing, after=25, office=OFFICE) == [before, left, back, again]
    assert followed(changing, after=25, office=OTHER) == [left, there, back]
    offices = [item["office"] for item in asked(changing, after=25)["items"]]
    assert offices == [OFFICE, OTHER, OTHER, OFFICE, OFFICE]


def test_a_transfer_entered_late_does_not_overtake_a_later_one(
    changing: TestClient, store: PostgresStore
) -> None:
    for on, office in ((40, "KV-8"), (35, OTHER)):
        recorded(store, BARE, entry("transferred", on, to_office=office))
    assert [item["office"] for item in asked(changing, after=25)["items"]] == ["KV-8", "KV-8"]


def test_a_seizure_entered_anew_tells_the_kind_from_then_on(
    changing: TestClient, store: PostgresStore
) -> None:
    recorded(store, "TS-9", entry("seized", 30, asset_ref="TS-9", kind="land"))
    anew = entry("seized", 30, asset_ref="TS-9", kind="house")
    recorded(store, "TS-9", struck(1), anew)
    assert [item["kind"] for item in asked(changing, after=25)["items"]] == ["land", "land", "house"]


def test_no_change_names_a_party_or_an_officer(web: TestClient, ids: Id) -> None:
    assert ids
    seizure = next(item for item in asked(web, entry="seized")["items"] if item["asset_ref"] == HOUSE)
    assert "officer" not in seizure["data"]
    assert seizure["data"]["description"] == "Nhà phố Huế"


def test_every_field_of_every_entry_that_names_somebody_is_left_out() -> None:
    left_out = {
        name: sorted(field for field in cls.model_fields if names_a_party(field))
        for name, cls in ENTRIES.items()
    }
    assert {name: fields for name, fields in left_out.items() if fields} == {
        "seized": ["debtor_ref", "mortgagee_ref", "officer"],
        "reappraisal_requested": ["by"],
        "round_won": ["winner_ref"],
        "result_annulled": ["by"],
        "delivered": ["to_ref"],
        "proceeds_distributed": ["shares"],
        "suspended": ["by"],
        "entry_struck": ["approved_by"],
    }


def test_offices_own_entries_are_passed_over(changing: TestClient, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as own:
        insert(own, "office.rulebook_chosen", b'{"on":"2025-01-01","office":"KV-3","rulebook":"vn"}')
    page = asked(changing, after=20, limit=9)
    assert (positions(page), page["position"], page["more"]) == ([21, 22, 23, 24, 25], 26, False)


def test_a_page_of_the_past_never_changes_and_the_last_is_asked_again(web: TestClient) -> None:
    past, last = (web.get("/v1/changes", params={"limit": limit}) for limit in (7, 25))
    assert past.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert last.headers["cache-control"] == "no-cache"
    for answer, position in ((past, "7"), (last, "25")):
        assert answer.headers["position"] == position
        assert answer.headers["vary"] == "Accept"
        same = web.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
        assert (same.status_code, same.content, same.headers["position"]) == (304, b"", position)


def test_a_page_of_the_past_is_told_again_without_asking_the_database(
    changing: TestClient, database: str
) -> None:
    first = changing.get("/v1/changes?limit=3")
    with psycopg.connect(database) as own:
        own.execute("LOCK TABLE auctions.events IN ACCESS EXCLUSIVE MODE")
        again = changing.get("/v1/changes?limit=3")
    assert (again.status_code, again.content) == (200, first.content)
    assert [again.headers[name] for name in ("etag", "position", "cache-control", "vary")] == [
        first.headers[name] for name in ("etag", "position", "cache-control", "vary")
    ]


def test_the_last_page_has_another_tag_once_more_follows(changing: TestClient, store: PostgresStore) -> None:
    tag = changing.get("/v1/changes?limit=25").headers["etag"]
    recorded(store, LAND, entry("cost_accrued", 30))
    answer = changing.get("/v1/changes?limit=25", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.json()["more"]) == (200, True)


def test_a_look_passes_over_so_much_and_tells_how_far_it_came(
    changing: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_WINDOW", 4)
    page = asked(changing, entry="delivered")
    assert (page["items"], page["position"], page["more"]) == ([], 4, True)
    assert followed(changing, entry="delivered") == [19]


def test_a_page_ends_before_the_command_that_cannot_be_read(
    changing: TestClient, store: PostgresStore, database: str
) -> None:
    recorded(store, LAND, entry("cost_accrued", 30))
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ALTER TABLE auctions.events DISABLE TRIGGER events_stay")
        own.execute("UPDATE auctions.events SET topic = 'asset.of_tomorrow' WHERE position = 20")
    for limit in (3, 19, 20, 100):
        page = asked(changing, limit=limit)
        assert positions(page) == list(range(1, min(limit, 19) + 1))
        assert page["more"]
    for query in ("after=19", "after=19&kind=vessel", "after=19&office=KV-3", "after=20&entry=suspended"):
        told = problem(changing, "GET", f"/v1/changes?{query}")
        assert (told.status, told.code) == (503, "entry-unreadable")
        assert "position 2" in told.detail


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", f"after={10**18}", "limit=0", "limit=1001", "entry=sold", "office="]
)
def test_what_cannot_be_asked_for_is_refused_by_name(web: TestClient, query: str) -> None:
    told = problem(web, "GET", f"/v1/changes?{query}")
    assert [fault.parameter for fault in told.errors] == [query.partition("=")[0]]
