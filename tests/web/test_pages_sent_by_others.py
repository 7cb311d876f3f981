"""What a page of another site has a browser send records nothing, whichever form it is of."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
from starlette.testclient import TestClient

from auctions.domain.asset.events import asset_id
from auctions.domain.roles import Role
from tests.web.keys import Headers, in_session
from tests.web.reading_pages import BROWSER, Page, opened
from tests.web.register import OFFICE
from tests.web.sending import held_up
from tests.web.test_pages_who_may import SENT
from tests.web.under_way import FILE, LOT_REF, Ids, begun, stand_still

ADMINISTRATION, PROPOSALS = "/administration", "/strike-proposals"
CANCELLED = "/imports/{import_id}"
UNKEPT = {"/sign-in", "/sign-in/again", "/sign-out", "/language"}
"""Forms that record nothing."""
_STATE = """SELECT (SELECT count(*) FROM auctions.events), (SELECT count(*) FROM auctions.imports),
    (SELECT count(*) FROM auctions.imports WHERE cancelled_at IS NOT NULL),
    (SELECT array_agg(t::text ORDER BY t::text) FROM auctions.strike_proposals AS t),
    (SELECT array_agg(t::text ORDER BY t::text) FROM auctions.users AS t),
    (SELECT array_agg(t::text ORDER BY t::text) FROM auctions.keys AS t),
    (SELECT array_agg(name ORDER BY name) FROM projections.tracking WHERE stopped_at IS NOT NULL)"""
_REGISTER = b"asset_ref,entry,on,office,kind\nTS-51,seized,2025-03-03,KV-3,land\n"
State = tuple[Any, ...]


class Sent(NamedTuple):
    """A form that can be recorded: the page on which it is, where it goes, what is typed, by whom."""

    page: str
    action: str
    typed: dict[str, str]
    role: Role = Role.COORDINATOR


def forms(web: TestClient, url: str, ids: Ids) -> Iterator[tuple[str, Sent]]:
    """A form of each path, each of which can be recorded after those before it."""
    lot, strike, costs = (
        f"/lots/{LOT_REF}/result",
        f"/assets/{FILE}/strike/9",
        f"/assets/{FILE}/record/costs",
    )
    won = {f"{asset_id(OFFICE, 'TS-31')}.result": "round_failed", "on": "2025-04-10"}
    yield "/seizure", Sent("/seizure?kind=land", "/seizure", {"asset_ref": "TS-90", "on": "2025-03-03"})
    yield "/lots/{lot_ref}/result", Sent(lot, lot, won | {f"{asset_id(OFFICE, 'TS-31')}.reason": "no_bid"})
    yield "/imports", Sent("/imports", "/imports", {"mode": "dry-run"})
    row = f"/quarantine/{ids.row}"
    yield "/quarantine/{quarantine_id}", Sent("/quarantine", row, {"cell_on": "2025-03-03"})
    first = f"{PROPOSALS}/{ids.proposal}"
    yield f"{PROPOSALS}/{{proposal_id}}", Sent(first, first, {"reason": "no"}, Role.SUPERVISOR)
    struck = {"strike_on": "2025-03-03", "strike_basis": "QĐ 17", "strike_reason": "mistyped", "again": ""}
    yield "/assets/{asset_id}/strike/{entry_no}", Sent(strike, strike, struck)
    auditor = in_session(url, Role.AUDITOR)
    open_ = web.get(f"/v1{PROPOSALS}", headers=auditor).json()["items"][0]["proposal_id"]
    second = f"{PROPOSALS}/{open_}"
    yield f"{PROPOSALS}/{{proposal_id}}/approval", Sent(second, f"{second}/approval", {}, Role.SUPERVISOR)
    cost = {"on": "2025-03-04", "amount": "40000", "what": "custody"}
    yield "/assets/{asset_id}/record/{noun}", Sent(costs, costs, cost)
    stand_still(url)
    yield from administering()


def administering() -> Iterator[tuple[str, Sent]]:
    """The forms of administrators, of which the account and the key come first in their lists."""
    accounts, keys, offices, models = (
        f"{ADMINISTRATION}/{name}" for name in ("accounts", "keys", "offices", "read-models")
    )
    limit = {"rule": "LDG-02.movable", "limit": "3", "reason": "agreed"}
    for path, action, page, typed in (
        (f"{accounts}/{{change}}", f"{accounts}/password", accounts, {}),
        (f"{accounts}/{{change}}", f"{accounts}/disable", accounts, {}),
        (f"{accounts}/{{change}}", f"{accounts}/enable", accounts, {}),
        (accounts, accounts, accounts, {"user": "AUDITOR-9", "role": "auditor"}),
        (f"{keys}/revoke", f"{keys}/revoke", keys, {}),
        (keys, keys, keys, {"actor": "CLIENT-8"}),
        (offices, offices, f"{offices}?office={OFFICE}", limit),
        (models, models, models, {}),
    ):
        yield path, Sent(page, action, typed, Role.ADMINISTRATOR)


def test_a_form_is_recorded_with_the_token_of_its_own_session_alone(
    changing: TestClient, database: str
) -> None:
    tried = set()
    for path, form in forms(changing, database, begun(changing, database)):
        who, another = in_session(database, form.role), in_session(database, form.role)
        fields = opened(changing, form.page, _cookie(who)).form(form.action).fields | form.typed
        assert fields["csrf_token"] == who["X-CSRF-Token"], path
        before = state(database)
        for foreign in ({}, {"csrf_token": ""}, {"csrf_token": another["X-CSRF-Token"]}, {"csrf_token": "ư"}):
            given = {name: value for name, value in fields.items() if name != "csrf_token"} | foreign
            assert (path, sent(changing, form.action, who, given).status) == (path, 403)
            assert (path, state(database)) == (path, before)
        own = sent(changing, form.action, who, fields)
        assert own.status in {200, 303}, (path, own.words)
        assert (path, state(database) == before) == (path, False)
        tried.add(path)
    assert tried == SENT.keys() - UNKEPT - {CANCELLED}


def test_an_import_is_cancelled_with_the_token_of_its_own_session_alone(
    changing: TestClient, database: str
) -> None:
    who = in_session(database, Role.COORDINATOR)
    with held_up(database):
        form = opened(changing, "/imports", _cookie(who)).form("/imports").fields
        action = sent(changing, "/imports", who, form).answer.headers["location"]
        fields, before = opened(changing, action, _cookie(who)).form(action).fields, state(database)
        assert sent(changing, action, who, fields | {"csrf_token": ""}).status == 403
        assert state(database) == before
        assert sent(changing, action, who, fields).status == 303
        assert state(database) != before


def test_nobody_is_signed_out_or_signed_in_as_somebody_else_by_a_page_of_another_site(
    changing: TestClient, database: str
) -> None:
    who = in_session(database, Role.AUDITOR)
    assert sent(changing, "/sign-out", who, {"csrf_token": ""}).status == 303
    assert "Sign out" in opened(changing, "/", _cookie(who)).words
    credentials = {"user": "COORDINATOR-9", "password": "as-it-was-told-once"}
    begun(changing, database)
    assert sent(changing, "/sign-in", who, credentials).status == 403
    for told in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused = changing.post("/sign-in", data=credentials, headers={**BROWSER, **told})
        assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    assert sent(changing, "/sign-in", {}, credentials).status == 303


def sent(web: TestClient, action: str, who: Headers, fields: dict[str, str]) -> Page:
    """What is answered to a form with these fields, sent with a session's cookie."""
    files = {"file": ("so.csv", _REGISTER)} if action == "/imports" else None
    data = {name: value for name, value in fields.items() if name != "file"}
    headers = {**BROWSER, **_cookie(who)}
    return Page(web.post(action, data=data, files=files, headers=headers, follow_redirects=False))


def state(url: str) -> State:
    """What is recorded, sent in, proposed; accounts, keys and what stands still."""
    with psycopg.connect(url) as reader:
        return reader.execute(_STATE).fetchall()[0]


def _cookie(who: Headers) -> Headers:
    return {name: value for name, value in who.items() if name == "Cookie"}
