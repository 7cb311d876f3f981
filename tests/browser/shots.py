"""Takes pictures of pages for those who mend them: at both widths, in both languages, light and dark.

    .venv/bin/python -m tests.browser.shots --out DIR [--url URL] [--user USER --password PASSWORD] PATH...

`auctions serve --sample` serves pages, `auctions users add` makes an account. A picture is named by the page,
language, width and scheme; what a browser complains about is printed.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.chromium import launched
from tests.browser.looks import ALL_LOOKS, Look
from tests.browser.site import sign_in
from tests.browser.watching import Complaints

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def main() -> None:
    asked = _asked()
    asked.out.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        for look in ALL_LOOKS:
            if set(asked.only) <= {str(part) for part in look}:
                _take(browser, look, asked)


def _take(browser: "Browser", look: Look, asked: argparse.Namespace) -> None:
    context, complaints = browser.new_context(**look.context()), Complaints()
    complaints.watch(context)
    page = context.new_page()
    if asked.user:
        sign_in(page, asked.url, asked.user, asked.password)
    for path in asked.paths:
        page.goto(asked.url + path)
        file = asked.out / f"{_name(path)}-{look.name}.png"
        page.screenshot(path=file, full_page=not asked.window)
        print(file)
    for complaint in complaints:
        print(f"{look.name}: {complaint}")
    context.close()


def _name(path: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in path).strip("-")[:80] or "first"


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("paths", nargs="+", metavar="PATH", help="the page, as /assets/… with its query")
    options.add_argument("--url", default="http://127.0.0.1:8000", help="where it is served (%(default)s)")
    options.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures go")
    options.add_argument("--user", default="", help="sign in with this account first")
    options.add_argument("--password", default="", help="the account's password")
    options.add_argument("--window", action="store_true", help="only what a window shows, not the whole page")
    options.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="vi, en, 390, 1400, light or dark alone"
    )
    return options.parse_args()


if __name__ == "__main__":
    main()
