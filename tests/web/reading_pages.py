"""Pages as a browser without JavaScript reads and sends them."""

from html.parser import HTMLParser
from typing import NamedTuple

from httpx2 import Response
from starlette.testclient import TestClient

from tests.web.keys import Headers

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


class Form(NamedTuple):
    """A form of a page: where it goes, its fields as they stand, the addresses that its buttons lead to."""

    action: str
    method: str
    fields: dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self._select, self._area, self._link = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self.forms.append(Form(told.get("action", ""), told.get("method", "get"), {}))
            case "a":
                self._link = told.get("href", "")
            case "select":
                self._select = told["name"]
            case "option" if self._select and self.forms:
                if "selected" in told or self._select not in self.forms[-1].fields:
                    self.forms[-1].fields[self._select] = told.get("value", "")
            case "textarea":
                self._area = told["name"]
                self.forms[-1].fields[self._area] = ""
            case "input" if self.forms and told.get("name"):
                unchecked = told.get("type") in {"checkbox", "radio"} and "checked" not in told
                if not unchecked:
                    self.forms[-1].fields[told["name"]] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data
        if self._link:
            self.links[data.strip()] = self._link
        self.words.append(data)


class Page:
    """A page that was answered: its status, words, links by their words, and forms."""

    def __init__(self, answer: Response) -> None:
        reader = _Reader()
        reader.feed(answer.text)
        self.answer, self.status, self.html = answer, answer.status_code, answer.text
        self.forms, self.links = reader.forms, reader.links
        self.words = " ".join(" ".join(reader.words).split())

    def form(self, action: str) -> Form:
        """The form that goes to an address."""
        return next(form for form in self.forms if form.action.partition("?")[0] == action)


def opened(web: TestClient, path: str, who: Headers | None = None, language: str = "en") -> Page:
    """The page at a path, as somebody sees it in a language."""
    return Page(web.get(path, headers={**BROWSER, "Accept-Language": language, **(who or {})}))


def submitted(
    web: TestClient,
    page: Page,
    action: str,
    who: Headers | None = None,
    *,
    follow: bool = True,
    **filled: str,
) -> Page:
    """What comes of filling in the form of a page that goes to `action`, and sending it."""
    fields = page.form(action).fields | filled
    answer = web.post(action, data=fields, headers=_browser(who), follow_redirects=False)
    if follow and answer.is_redirect:
        return opened(web, answer.headers["location"], _cookie(who))
    return Page(answer)


def submitted_with_file(
    web: TestClient, page: Page, action: str, who: Headers, file: tuple[str, bytes], **filled: str
) -> Page:
    """What is answered to the form of a page that goes to `action`, sent with a file of a name."""
    fields = {name: value for name, value in page.form(action).fields.items() if name != "file"} | filled
    headers = _browser(who)
    return Page(web.post(action, data=fields, files={"file": file}, headers=headers, follow_redirects=False))


def _browser(who: Headers | None) -> Headers:
    return {**BROWSER, "Origin": "http://testserver", **_cookie(who)}


def _cookie(who: Headers | None) -> Headers:
    return {name: value for name, value in (who or {}).items() if name == "Cookie"}
