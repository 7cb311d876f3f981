"""What axe-core finds wrong with a page."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async rules => {
    const told = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return told.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: "Page") -> list[str]:
    """Return each element of a page that breaks a rule, with the rule and what is wrong."""
    page.evaluate(_script())
    found: list[str] = page.evaluate(_RUN, _RULES)
    return found
