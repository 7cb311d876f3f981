"""Articles of the rulebooks in words: which law, which article, paragraph and point."""

import re

_LAWS: dict[str, tuple[str, str]] = {
    "L26/2008": ("Luật Thi hành án dân sự số 26/2008/QH12", "Law on Civil Judgment Enforcement 26/2008/QH12"),
    "L106/2025": ("Luật số 106/2025/QH15", "Law 106/2025/QH15"),
    "D62/2015": ("Nghị định số 62/2015/NĐ-CP", "Decree 62/2015/ND-CP"),
    "D152/2026": ("Nghị định số 152/2026/NĐ-CP", "Decree 152/2026/ND-CP"),
    "L01/2016": ("Luật Đấu giá tài sản số 01/2016/QH14", "Law on Property Auction 01/2016/QH14"),
    "L37/2024": ("Luật số 37/2024/QH15", "Law 37/2024/QH15"),
}
_NAMES = re.compile("|".join(map(re.escape, _LAWS)))
_VIETNAMESE = (
    (re.compile(r"\bas amended by\b"), "được sửa đổi theo"),
    (re.compile(r"\bart\b"), "Điều"),
    (re.compile(r"\((\d+)\)-\((\d+)\)"), r" khoản \1 đến khoản \2"),
    (re.compile(r"\((\d+)\),\((\d+)\)"), r" khoản \1 và khoản \2"),
    (re.compile(r"\((\d+)\)"), r" khoản \1"),
    (re.compile(r"\(([a-zđ])\)"), r" điểm \1"),
)
_ENGLISH = ((re.compile(r"\bart\b"), "article"),)


def in_words(article: str, language: str) -> str:
    """Return an article as a reader of its law knows it; what is not known stands as it is."""
    text = _NAMES.sub(lambda found: f"{_LAWS[found[0]][language == 'en']},", article)
    for pattern, words in _VIETNAMESE if language == "vi" else _ENGLISH:
        text = pattern.sub(words, text)
    return re.sub(r",(?= được|$)", "", text)
