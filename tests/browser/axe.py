"""What axe-core finds wrong with a page."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async rules => {
    const told = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return told.violations.map(({id, nodes}) =>
        `${id}, ${nodes.length} times: ${nodes[0].target.join(" ")}: ${nodes[0].failureSummary}`);
}"""


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: "Page") -> list[str]:
    """Return each rule that a page breaks, how often, and where first."""
    page.evaluate(_script())
    found: list[str] = page.evaluate(_RUN, _RULES)
    return found
