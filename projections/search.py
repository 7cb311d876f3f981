"""Text as it is searched: lower case, Vietnamese marks stripped, đ as d."""

import unicodedata


def folded(text: str) -> str:
    """Return `text` in lower case without marks: "Bình Định" becomes "binh dinh"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def compact(text: str) -> str:
    """Return the letters and digits only, as numbers are searched: "QNa-92345 TS" becomes "qna92345ts"."""
    return "".join(char for char in folded(text) if char.isalnum())
