"""How a file opens: the seizure, what is found and costs, other numbers of the asset, the appraisal."""

from auctions.journal.sample.assets import vessel_no
from auctions.journal.sample.offices import APPRAISERS
from auctions.journal.sample.page import Page
from auctions.journal.sample.upkeep import cost, survey_vessel


def open_file(page: Page) -> None:
    """Enter all that comes before the first round."""
    _seize(page)
    _identify(page)
    if page.asset.kind == "vessel":
        survey_vessel(page)
    elif page.draw.chance(0.12):
        _measure(page)
    if page.draw.chance(0.3):
        cost(page, "thẩm định giá", page.draw.between(50, 300) * 100_000)
    page.wait(20, 70)
    value = page.asset.value // 1000 * 1000
    if page.draw.chance(0.08):
        appraise(page, value, method="agreed")
    else:
        appraise(page, value, **_certificate(page))
    if page.draw.chance(0.03):
        page.wait(12, 30)
        reappraise(page, 90, 115, "đương sự yêu cầu định giá lại")


def reappraise(page: Page, least: int, most: int, reason: str) -> None:
    """Enter another appraisal at `least` to `most` per cent of the price in force."""
    value = page.price // 100 * page.draw.between(least, most) // 1000 * 1000
    appraise(page, value, reason=reason, **_certificate(page))
    page.reductions = 0


def appraise(page: Page, value: int, **fields: str) -> None:
    """Enter an appraisal of `value` dong, which is the price in force from now on."""
    page.enter("appraised", value=str(value), **fields)
    page.price = value


def _certificate(page: Page) -> dict[str, str]:
    number = f"{page.draw.between(10, 980)}/{page.day.year}/CT-TĐG"
    return {"method": "appraiser", "appraiser": page.draw.one_of(APPRAISERS), "certificate_no": number}


def _seize(page: Page) -> None:
    draw, asset, year = page.draw, page.asset, page.day.year
    page.enter(
        "seized",
        kind=asset.kind,
        officer=f"OFFICER-{asset.office.short}-{draw.between(1, 5)}",
        case_ref=f"{draw.between(3, 160)}/{year - 1}/{draw.one_of(('KDTM-ST', 'DS-ST', 'HNGĐ-ST'))}",
        province=asset.office.province,
        commune=draw.one_of(asset.office.communes),
        debtor_ref=f"DEBTOR-{page.number:03}",
        basis=f"QĐ {draw.between(10, 400)}/QĐ-CCTHADS",
        **asset.fields,
    )


def _identify(page: Page) -> None:
    if page.asset.kind == "vessel":
        regular = vessel_no(page.asset.office, page.number)
        if regular != page.asset.fields["vessel_no"] and page.draw.chance(0.7):
            page.wait(1, 10)
            page.enter("identified", alias=f"vessel_no:{regular}", note="theo giấy chứng nhận đăng ký")
    elif page.draw.chance(0.06):
        page.wait(1, 10)
        page.enter("identified", alias=f"portal:{page.draw.between(100_000, 499_999)}")


def _measure(page: Page) -> None:
    page.wait(3, 15)
    if "area_m2" not in page.asset.fields:
        page.enter("surveyed", condition="còn sử dụng được")
        return
    measured = float(page.asset.fields["area_m2"]) * page.draw.between(94, 104) / 100
    page.enter("surveyed", condition="đo đạc thực tế", area_m2=f"{measured:.1f}")
