"""The page of the register on which one asset's life is written, row by row."""

from datetime import date

from auctions.journal.sample.assets import Asset
from auctions.journal.sample.draw import Draw
from auctions.journal.sample.workdays import END, ONE_DAY, workday

_REORGANISED = date(2025, 7, 1)
Row = dict[str, str]


class Page:
    """An asset's rows so far, the day reached, the price in force, rounds and reductions counted."""

    def __init__(self, draw: Draw, number: int, asset: Asset, start: date) -> None:
        self.draw = draw
        self.number = number
        self.asset = asset
        self.day = workday(start)
        self.rows: list[Row] = []
        self.price = 0
        self.round_no = 0
        self.reductions = 0
        self.rate = 0
        self.rounding = draw.one_of(("thousand", "thousand", "up", "nearest"))
        self.exited = False
        self.ref = f"{asset.office.short}-{number:04}"

    @property
    def over(self) -> bool:
        """Tell whether the life has run past the sample's last day."""
        return self.day > END

    def enter(self, entry: str, **fields: str) -> None:
        """Write a row of the day reached."""
        self.enter_on(self.day, entry, **fields)

    def enter_on(self, on: date, entry: str, /, **fields: str) -> None:
        """Write a row of the day `on`."""
        key = {"asset_ref": self.ref, "office": self.asset.office.code, "entry": entry, "on": on.isoformat()}
        self.rows.append(key | fields)

    def wait(self, least: int, most: int) -> None:
        """Let `least` to `most` days go by, up to a working day."""
        self.go_to(workday(self.day + ONE_DAY * self.draw.between(least, most)))

    def go_to(self, day: date) -> None:
        """Go on to `day`; a file whose office was reorganised in between goes to the successor."""
        successor = self.asset.office.successor
        if successor and not self.exited and self.day < _REORGANISED <= day:
            self.enter_on(_REORGANISED, "transferred", to_office=successor, reason="reorganisation")
        self.day = day
