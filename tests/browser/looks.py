"""How a page is looked at: in which language, at which width, in which colours."""

from typing import Any, NamedTuple

PHONE, DESK = 390, 1400
_HEIGHTS = {PHONE: 844, DESK: 900}
_LOCALES = {"vi": "vi-VN", "en": "en-GB"}


class Look(NamedTuple):
    """A language, a width in CSS pixels, and a colour scheme."""

    language: str = "en"
    width: int = DESK
    scheme: str = "light"

    @property
    def name(self) -> str:
        return f"{self.language}-{self.width}-{self.scheme}"

    def context(self) -> dict[str, Any]:
        """What a browser's context is made with."""
        return {
            "locale": _LOCALES[self.language],
            "viewport": {"width": self.width, "height": _HEIGHTS[self.width]},
            "color_scheme": self.scheme,
        }


LOOKS = (
    Look("vi", PHONE, "light"),
    Look("en", PHONE, "dark"),
    Look("en", DESK, "light"),
    Look("vi", DESK, "dark"),
)
"""Both languages at both widths, and both schemes with each language and each width."""
ALL_LOOKS = tuple(
    Look(language, width, scheme)
    for language in _LOCALES
    for width in _HEIGHTS
    for scheme in ("light", "dark")
)
