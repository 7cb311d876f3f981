"""What is entered late, struck through or entered again after a failed round; and steps that break a rule."""

from auctions.journal.sample.page import Page, Row
from auctions.journal.sample.rounds import reduced
from auctions.journal.sample.upkeep import cost
from auctions.journal.sample.workdays import ONE_DAY, workday


def late_cost(page: Page) -> None:
    """Enter a cost whose invoice came weeks after its day."""
    on = workday(page.day - ONE_DAY * 40)
    page.enter_on(on, "cost_accrued", what="custody", amount="7200000", note="hóa đơn đến sau")


def late_survey(page: Page) -> None:
    """Enter a survey whose minutes came in after a later round."""
    on = workday(page.day - ONE_DAY * 55)
    page.enter_on(on, "surveyed", condition="không thay đổi", note="biên bản đến sau")


def cost_twice(page: Page) -> None:
    """Strike a cost that was entered twice with differing notes."""
    cost(page, "thông báo", 3_300_000, note="thông báo lần 1 và 2")
    cost(page, "thông báo", 3_300_000, note="hai lần thông báo")
    _strike(page, len(page.rows), "ghi trùng")


def survey_of_another(page: Page) -> None:
    """Strike a survey that belongs to another file."""
    page.enter("surveyed", condition="nhà bỏ trống, mái hư hỏng")
    _strike(page, len(page.rows), "biên bản của hồ sơ khác")


def cost_mistyped(page: Page) -> None:
    """Strike a cost with a nought too many and enter it again."""
    cost(page, "trông coi", 45_000_000)
    _enter_again(page, len(page.rows), "thừa một số 0", amount="4500000")


def failure_mistaken(page: Page) -> None:
    """Strike a failed round with the wrong reason and enter it again."""
    failed = max(number for number, row in enumerate(page.rows, 1) if row["entry"] == "round_failed")
    _enter_again(page, failed, "sai lý do", reason="no_bid", registrants="2", bidders="0")


def reduction_mistyped(page: Page) -> None:
    """Strike a reduction to the wrong price and enter it again."""
    page.price = reduced(page, 700)
    page.enter("price_reduced", to_price=str(reduced(page, 700)), decided_by="officer")
    _enter_again(page, len(page.rows), "trừ hai lần", to_price=str(page.price))
    page.reductions += 1


def steep_cut(page: Page) -> None:
    """Reduce by 12 %, which is more than the law allows."""
    page.price = reduced(page, 1200)
    page.reductions += 1
    page.enter("price_reduced", to_price=str(page.price), decided_by="agreement")


def _strike(page: Page, number: int, reason: str, **fields: str) -> None:
    page.wait(2, 6)
    head = f"HEAD-{page.asset.office.short}"
    basis = f"BB {page.draw.between(1, 60)}/BB-GS"
    page.enter("entry_struck", entry_no=str(number), reason=reason, approved_by=head, basis=basis, **fields)


def _enter_again(page: Page, number: int, why: str, **mended: str) -> None:
    together = f"{page.ref}-{number}"
    _strike(page, number, why, together=together)
    again: Row = page.rows[number - 1] | mended
    page.rows.append(again | {"together": together})
