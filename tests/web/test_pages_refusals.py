"""What a page's question is refused for is told at its field, in the reader's language."""

import re

import pytest
from starlette.testclient import TestClient

from tests.web.keys import in_session
from tests.web.reading_pages import opened
from tests.web.register import LAND, Id

DAY = "Cần một ngày không sau hôm nay"
REFUSED = [
    ("/assets", "price_min", "x", "", "Cần một số tiền"),
    ("/assets", "rounds_min", "-1", "", "một số nguyên"),
    ("/assets", "stage", "x", "", "Hãy chọn"),
    ("/assets", "known_at", "x", "", DAY),
    ("/calendar", "action", "dance", "", "Hãy chọn"),
    ("/decline", "year", "x", "", "Cần một năm"),
    ("/decline/vessels", "as_of", "2999-01-01", "", DAY),
    ("/findings", "year", "x", "", "Cần một năm"),
    ("/assets/{asset_id}/history", "as_of", "2026-02-30", "", DAY),
    ("/assets/{asset_id}", "cut", "x", "", "phần trăm"),
    ("/late-entries", "days", "x", "auditor", "một số nguyên"),
    ("/restatement", "as_of", "x", "auditor", DAY),
]


@pytest.mark.parametrize("refused", REFUSED)
def test_what_is_refused_is_told_at_its_field_in_vietnamese(
    web: TestClient, register: str, ids: Id, refused: tuple[str, ...]
) -> None:
    path, name, value, role, said = refused
    who = in_session(register, role) if role else None
    asked = f"{name}={value}&known_from=2025-01-01" if path == "/restatement" else f"{name}={value}"
    page = opened(web, f"{path.format(asset_id=ids[LAND])}?{asked}", who, "vi")
    about = re.search(rf'id="{name}-about" class="hint">\s*<p class="error">(.*?)</p>', page.html)
    assert about
    assert said in about[1]
