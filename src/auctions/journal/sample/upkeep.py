"""What an asset costs and suffers while it waits."""

from auctions.journal.sample.assets import EQUIPMENT
from auctions.journal.sample.draw import Draw
from auctions.journal.sample.page import Page

_CONDITIONS = (
    "vỏ gỉ nặng, nước vào khoang máy",
    "máy chính không khởi động được",
    "neo đậu lâu ngày, hàu bám kín vỏ",
    "mất thiết bị hàng hải, ca bin hư hỏng",
)


def upkeep(page: Page) -> None:
    """Enter the costs and the survey that a failed round may leave behind."""
    if page.asset.kind == "vessel":
        _vessel_upkeep(page)
    elif page.draw.chance(0.1):
        cost(page, page.draw.one_of(("thông báo", "bảo quản")), page.draw.between(8, 60) * 100_000)


def cost(page: Page, what: str, amount: int, **fields: str) -> None:
    """Enter a cost of `amount` dong."""
    page.wait(1, 2)
    page.enter("cost_accrued", what=what, amount=str(amount), **fields)


def survey_vessel(page: Page) -> None:
    """Enter a survey of the vessel with what is gone."""
    page.wait(1, 2)
    missing = ";".join(_missing(page.draw))
    page.enter("surveyed", condition=page.draw.one_of(_CONDITIONS), missing=missing)


def _missing(draw: Draw) -> tuple[str, ...]:
    first = draw.between(0, len(EQUIPMENT) - 3)
    return EQUIPMENT[first : first + draw.between(1, 3)]


def _vessel_upkeep(page: Page) -> None:
    if page.draw.chance(0.45):
        cost(page, "neo đậu", page.draw.between(60, 150) * 100_000)
    if page.draw.chance(0.35):
        cost(page, "trông coi", page.draw.between(45, 90) * 100_000)
    if page.draw.chance(0.15):
        survey_vessel(page)
