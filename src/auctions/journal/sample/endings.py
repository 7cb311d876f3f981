"""How lives end without a sale: taken in lieu, redeemed, returned, released; or suspended, or not yet."""

from auctions.journal.sample.opening import reappraise
from auctions.journal.sample.page import Page
from auctions.journal.sample.rounds import announce, cancel, fail
from auctions.journal.sample.sales import deliver


def linger(_page: Page) -> None:
    """Leave the asset waiting."""


def take_in_lieu(page: Page) -> None:
    """Enter a creditor who takes the asset after a failed round."""
    fail(page)
    page.wait(2, 5)
    offer_in_lieu(page, accepted="true")
    page.wait(31, 45)
    difference = {"difference_paid": str(page.price // 10)} if page.draw.chance(0.4) else {}
    page.enter("taken_in_lieu", price=str(page.price), **difference)
    page.exited = True
    page.wait(15, 50)
    deliver(page, page.asset.fields.get("mortgagee_ref", f"CREDITOR-{page.number:03}"), page.price)


def offer_in_lieu(page: Page, *, accepted: str) -> None:
    """Enter an offer to the creditor and the answer within ten days."""
    until = page.day.fromordinal(page.day.toordinal() + 10).isoformat()
    page.enter("in_lieu_offered", until=until)
    page.wait(3, 8)
    page.enter("in_lieu_answered", accepted=accepted)


def redeem(page: Page) -> None:
    """Enter a debtor who pays before the round, which is called off."""
    announce(page)
    cancel(page, "người phải thi hành án nộp đủ tiền")
    _leave(page, "redeemed", paid=str(page.price * page.draw.between(80, 140) // 100))


def redeem_while_suspended(page: Page) -> None:
    """Enter a debtor who pays while a complaint is looked into."""
    suspend(page)
    page.wait(20, 60)
    _leave(page, "redeemed", paid=str(page.price))


def give_back(page: Page) -> None:
    """Enter an asset that goes back to the debtor: worth no more than its costs, the creditor refuses it."""
    fail(page)
    page.wait(2, 5)
    offer_in_lieu(page, accepted="false")
    page.wait(3, 8)
    _leave(page, "returned_to_debtor", reason="giá trị không lớn hơn chi phí thi hành án")


def release(page: Page) -> None:
    """Enter a seizure that is released."""
    if page.draw.chance(0.5):
        suspend(page)
    page.wait(15, 45)
    _leave(page, "released", reason=page.draw.one_of(("đương sự thỏa thuận", "bản án bị hủy")))


def suspend(page: Page) -> None:
    """Enter a suspension, in half of the cases over an open round, which is then called off."""
    reason = page.draw.one_of(("complaint", "court", "postponed", "agreement"))
    if page.draw.chance(0.5):
        page.wait(4, 12)
        page.enter("suspended", reason=reason, by=f"COURT-{page.asset.office.short}")
    else:
        announce(page)
        page.enter("suspended", reason=reason, by=f"COURT-{page.asset.office.short}")
        cancel(page, "tạm đình chỉ")


def pause(page: Page) -> None:
    """Enter a suspension that is lifted again, at times with a reappraisal."""
    suspend(page)
    page.wait(45, 240)
    page.enter("resumed", reason="hết thời hạn")
    if page.draw.chance(0.4):
        page.wait(10, 25)
        reappraise(page, 80, 98, "chứng thư hết hiệu lực")


def _leave(page: Page, entry: str, **fields: str) -> None:
    page.enter(entry, **fields)
    page.exited = True
