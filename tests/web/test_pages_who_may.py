"""Who may what on the pages: each page and each form, by every role, for the own office and for another."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.routes import PAGES
from auctions.domain.asset.events import asset_id
from auctions.domain.roles import RECORDING, Role
from tests.journeys.databases import created
from tests.web.keys import Headers, in_session
from tests.web.pages_paths import PATHS
from tests.web.reading_pages import BROWSER
from tests.web.register import OFFICE, OTHER, recorded
from tests.web.under_way import FILE, LOT_REF, PARTED, PARTIES, begun

ALL, RECORDERS, OWN_RECORDERS = "all", "who records", "who records, for the office that has the file"
AND_AUDITORS, ADMINISTRATORS, SUPERVISORS = "who records, and auditors", "administrators", "supervisors"
SEE_PARTIES = "auditors, and who records for the office that has the file"
FILES, ADMINISTRATION = "/assets/{asset_id}", "/administration"
SHOWN = {
    **dict.fromkeys(("/board", "/seizure", "/lots/{lot_ref}/result"), RECORDERS),
    **dict.fromkeys(("/imports", "/imports/{import_id}"), RECORDERS),
    **dict.fromkeys(("/quarantine", "/quarantine/{quarantine_id}"), RECORDERS),
    **dict.fromkeys((f"{FILES}/record/{{noun}}", f"{FILES}/strike/{{entry_no}}"), OWN_RECORDERS),
    **dict.fromkeys(("/strike-proposals", "/strike-proposals/{proposal_id}"), AND_AUDITORS),
    **dict.fromkeys((f"{ADMINISTRATION}/{name}" for name in ("offices", "accounts", "keys")), ADMINISTRATORS),
    f"{ADMINISTRATION}/read-models": ADMINISTRATORS,
}
"""Who is shown a page; all others are shown to all."""
SENT = {
    "/seizure": RECORDERS,
    f"{FILES}/record/{{noun}}": OWN_RECORDERS,
    f"{FILES}/strike/{{entry_no}}": OWN_RECORDERS,
    "/lots/{lot_ref}/result": RECORDERS,
    **dict.fromkeys(("/imports", "/imports/{import_id}", "/quarantine/{quarantine_id}"), RECORDERS),
    "/strike-proposals/{proposal_id}": RECORDERS,
    "/strike-proposals/{proposal_id}/approval": SUPERVISORS,
    **dict.fromkeys((f"{ADMINISTRATION}/{name}" for name in ("offices", "accounts", "keys")), ADMINISTRATORS),
    f"{ADMINISTRATION}/accounts/{{change}}": ADMINISTRATORS,
    f"{ADMINISTRATION}/keys/revoke": ADMINISTRATORS,
    f"{ADMINISTRATION}/read-models": ADMINISTRATORS,
    **dict.fromkeys(("/sign-in", "/sign-in/again", "/sign-out", "/language"), ALL),
}
"""Who may send a form."""
OF_OFFICE = {"/lots/{lot_ref}/result", "/imports/{import_id}", "/quarantine/{quarantine_id}"} | {
    f"/strike-proposals/{{proposal_id}}{what}" for what in ("", "/approval")
}
"""What is of an office, and is not there for others."""
NAMED = {"noun": "costs", "entry_no": "3", "change": "disable", "lot_ref": LOT_REF, "name": "register.css"}
ROLES = ["", *Role]
OFFICES: dict[str, Any] = {"argvalues": [OFFICE, OTHER], "ids": ["own office", "other office"]}
TYPED = {
    "user": "NOBODY",
    "account": "NOBODY",
    "office": OFFICE,
    "name": "assets",
    "language": "vi",
    "on": "2025-03-03",
    "amount": "40000",
    "what": "custody",
    "strike_on": "2025-03-03",
    "strike_basis": "QĐ 17",
    "strike_reason": "mistyped",
    "rule": "N-NONE-00",
    "limit": "1",
    "effective_on": "2025-03-03",
    "actor": "CLIENT-1",
    "role": "none",
    "key_id": "000000000000",
}
"""What is typed into forms; nothing of it can be recorded at a version that the file has left."""


class Site(NamedTuple):
    """A service of these tests' own, its database, and what stands for the names in paths."""

    web: TestClient
    url: str
    named: dict[str, str]

    def path(self, path: str) -> str:
        return path.format(**self.named)


@pytest.fixture(scope="module")
def site(server: str, template: str) -> Iterator[Site]:
    """The service on a register on which every form has something to do."""
    with created(server, template) as url:
        recorded(url)
        with TestClient(create_app(url)) as web:
            ids = begun(web, url)
            named = {"import_id": ids.sent_in, "quarantine_id": ids.row, "proposal_id": ids.proposal}
            yield Site(web, url, NAMED | named | {"asset_id": str(FILE)})


def routes(method: str) -> set[str]:
    """The paths of all pages, or of all forms."""
    found = [route for module in PAGES for route in module.router.routes if isinstance(route, APIRoute)]
    return {route.path for route in found if method in (route.methods or ())}


def may(who: str, role: str, office: str) -> bool:
    """Tell whether a role may what some may."""
    return {
        ALL: True,
        SEE_PARTIES: (role in RECORDING and office == OFFICE) or role == Role.AUDITOR,
        RECORDERS: role in RECORDING,
        OWN_RECORDERS: role in RECORDING and office == OFFICE,
        AND_AUDITORS: role in RECORDING or role == Role.AUDITOR,
        SUPERVISORS: role == Role.SUPERVISOR,
        ADMINISTRATORS: role == Role.ADMINISTRATOR,
    }[who]


def test_every_form_says_who_may_send_it_and_every_page_that_is_not_for_all_is_there() -> None:
    assert routes("POST") == SENT.keys()
    assert routes("GET") >= SHOWN.keys()


@pytest.mark.parametrize("office", **OFFICES)
@pytest.mark.parametrize("role", ROLES, ids=["public", *Role])
def test_a_role_is_shown_the_pages_that_it_may_see_and_no_others(site: Site, role: str, office: str) -> None:
    who = looking(site, role, office)
    shown = {path: site.web.get(site.path(path), headers=who).status_code for path in routes("GET")}
    assert {path for path, status in shown.items() if status >= 500} == set()
    unseen = {path for path, status in shown.items() if refused(path, status)}
    assert unseen == {path for path in SHOWN if not sees(path, role, office)}


@pytest.mark.parametrize("office", **OFFICES)
@pytest.mark.parametrize("role", ROLES, ids=["public", *Role])
def test_a_role_may_send_the_forms_that_it_may_and_no_others(site: Site, role: str, office: str) -> None:
    for path, allowed in SENT.items():
        answer = sent(site, path, role, office)
        own = path not in OF_OFFICE or office == OFFICE
        told = (path, not refused(path, answer.status_code))
        assert told == (path, own and may(allowed, role, office)), answer.text


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_pages_that_are_looked_at_are_seen_by_the_role_that_looks(site: Site, path: str) -> None:
    status = site.web.get(site.path(path), headers=looking(site, PATHS[path])).status_code
    assert status < 500
    assert (status in {401, 403, 404}) == (path == "/no-such-page")


@pytest.mark.parametrize("office", **OFFICES)
@pytest.mark.parametrize("role", ROLES, ids=["public", *Role])
def test_who_does_not_see_the_parties_of_a_file_is_told_of_none_on_any_page_of_it(
    site: Site, role: str, office: str
) -> None:
    named = site.named | {"asset_id": str(asset_id(OFFICE, PARTED))}
    own = site._replace(named=named)
    pages = [path for path in {*routes("GET"), *PATHS} if "{asset_id}" in path]
    told = "".join(site.web.get(own.path(path), headers=looking(site, role, office)).text for path in pages)
    forms = [path for path in SENT if "{asset_id}" in path]
    told += "".join(sent(own, path, role, office).text for path in forms)
    seen = {party for party in PARTIES if party in told}
    assert seen == (set(PARTIES) if may(SEE_PARTIES, role, office) else set())


@pytest.mark.parametrize(
    "path", ["imports", "imports/{import_id}", "quarantine", "quarantine/{quarantine_id}"]
)
def test_what_an_office_sent_in_is_kept_by_no_cache(site: Site, path: str) -> None:
    headers = site.web.get(site.path(f"/v1/{path}"), headers=looking(site, Role.COORDINATOR)).headers
    assert (headers["cache-control"], headers["vary"]) == ("no-store", "Authorization, Cookie")


def looking(site: Site, role: str, office: str = OFFICE) -> Headers:
    """What somebody's browser sends that asks for a page."""
    return {**BROWSER, **(_cookie(in_session(site.url, role, office)) if role else {})}


def sees(path: str, role: str, office: str) -> bool:
    return may(SHOWN[path], role, office) and (
        path not in OF_OFFICE or office == OFFICE or role == Role.AUDITOR
    )


def refused(path: str, status: int) -> bool:
    """Tell whether somebody may not; what is of another office is not there."""
    return status in {401, 403} or (status == 404 and path in OF_OFFICE)


def sent(site: Site, path: str, role: str, office: str) -> Response:
    """What is answered to a form of somebody that cannot be recorded."""
    who = in_session(site.url, role, office) if role else {}
    form = {**TYPED, "csrf_token": who.get("X-CSRF-Token", ""), "key": str(uuid4()), "version": "1"}
    files = {"file": ("so.exe", b"")} if path == "/imports" else None
    headers = {**BROWSER, **_cookie(who)}
    answer: Response = site.web.post(
        site.path(path), data=form, files=files, headers=headers, follow_redirects=False
    )
    return answer


def _cookie(who: Headers) -> Headers:
    return {name: value for name, value in who.items() if name == "Cookie"}
