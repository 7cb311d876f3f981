"""Rounds that are won: paid and handed over, defaulted on, or annulled."""

from auctions.journal.sample.page import Page
from auctions.journal.sample.rounds import announce, fail


def win(page: Page) -> None:
    """Enter a round won at the starting price or some steps above it."""
    page.go_to(announce(page))
    steps = page.draw.skewed(0, 9)
    bidders = page.draw.between(2, 6) if steps or page.round_no == 1 else 1
    page.enter(
        "round_won",
        round_no=str(page.round_no),
        price=str(page.price + steps * (page.price // 100)),
        winner_ref=f"BUYER-{page.number:04}-{page.round_no}",
        registrants=str(bidders),
        bidders=str(bidders),
    )


def pay(page: Page) -> None:
    """Enter a round won and paid within thirty days."""
    win(page)
    price = page.rows[-1]["price"]
    page.wait(5, 28)
    page.enter("sale_paid", amount=price)


def sell(page: Page) -> None:
    """Enter a sale up to the distribution of what it brought."""
    pay(page)
    paid = page.rows[-1]["amount"]
    page.wait(10, 55)
    deliver(page, f"BUYER-{page.number:04}-{page.round_no}", int(paid))


def deliver(page: Page, to_ref: str, proceeds: int) -> None:
    """Enter the handing over, then mostly the title and the distribution."""
    page.enter("delivered", to_ref=to_ref)
    page.exited = True
    if page.draw.chance(0.8):
        page.wait(3, 9)
        page.enter("proceeds_distributed", shares=_shares(page, proceeds))
    if page.draw.chance(0.75):
        page.wait(8, 40)
        page.enter("title_registered", reference=f"VP-{page.draw.between(1000, 99_999):05}")


def default(page: Page) -> None:
    """Enter a winner who did not pay; the asset is sold later at the unchanged price."""
    win(page)
    page.wait(31, 40)
    kept = str(page.price // 5)
    page.enter("winner_defaulted", round_no=str(page.round_no), deposit_kept=kept)
    sell(page)


def annul(page: Page) -> None:
    """Enter a result that was annulled when won or when paid, after which the asset waits again."""
    page.draw.one_of((win, pay))(page)
    _annul(page)
    fail(page)


def annul_delivered(page: Page) -> None:
    """Enter a result annulled by a court after the handing over."""
    pay(page)
    page.wait(10, 30)
    page.enter("delivered", to_ref=f"BUYER-{page.number:04}-{page.round_no}")
    page.exited = True
    _annul(page)
    page.exited = False
    fail(page)


def _annul(page: Page) -> None:
    page.wait(10, 60)
    court = f"COURT-{page.asset.office.short}"
    page.enter("result_annulled", round_no=str(page.round_no), by=court, reason="vi phạm trình tự đấu giá")


def _shares(page: Page, proceeds: int) -> str:
    costs = proceeds // 100 * page.draw.between(2, 8)
    creditor = page.asset.fields.get("mortgagee_ref", f"CREDITOR-{page.number:03}")
    return f"COSTS={costs};{creditor}={proceeds - costs}"
