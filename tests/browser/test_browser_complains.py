"""What no page may do is heard: a test over pages that hears nothing has listened."""

import pytest

from tests.browser.axe import violations
from tests.browser.site import Site
from tests.browser.waiting import until

WRONGS = {
    "Content Security Policy": "document.body.append(document.createElement('script'), 'x');"
    "document.querySelector('body > script').text = '1'",
    "error in the console: it went wrong": "console.error('it went wrong')",
    "uncaught: nobody caught it": "setTimeout(() => { throw new Error('nobody caught it') })",
    "answered 404: GET": "fetch('/static/nothing.css')",
    "failed: GET": "fetch('/dropped')",
}


@pytest.mark.parametrize(("complaint", "wrong"), WRONGS.items(), ids=WRONGS)
def test_what_goes_wrong_in_a_page_is_told(sample_site: Site, complaint: str, wrong: str) -> None:
    page = sample_site.window()
    page.goto("/")
    page.route("**/dropped", lambda route: route.abort("connectionreset"))
    page.evaluate(f"() => {{ {wrong} }}")
    until(page, lambda: complaint in "\n".join(sample_site.complaints()))


def test_an_element_without_a_name_and_text_too_pale_are_found(sample_site: Site) -> None:
    page = sample_site.window()
    page.goto("/sign-in")
    page.evaluate("() => document.querySelectorAll('label').forEach(label => label.remove())")
    page.evaluate("() => { document.querySelector('h1').style.color = '#ccc' }")
    found = "\n".join(violations(page))
    assert "label, 2 times: #user" in found
    assert "color-contrast, 1 times: h1" in found
    sample_site.complaints()
