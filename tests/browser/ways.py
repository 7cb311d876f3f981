"""In which ways a journey is made: at both widths, and without JavaScript where forms are enough."""

from typing import NamedTuple

from tests.browser.looks import DESK, PHONE, Look


class Way(NamedTuple):
    """A width in CSS pixels, and whether scripts run."""

    width: int
    scripts: bool

    @property
    def name(self) -> str:
        return f"{self.width}{'' if self.scripts else '-without-scripts'}"

    @property
    def look(self) -> Look:
        return Look("en", self.width)


WAYS = (Way(PHONE, scripts=True), Way(PHONE, scripts=False), Way(DESK, scripts=True))
