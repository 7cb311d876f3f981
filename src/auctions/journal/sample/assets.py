"""What is seized: land, houses, Decree 67 vessels and other assets, with the price level each begins at."""

from typing import NamedTuple

from auctions.journal.sample.draw import Draw
from auctions.journal.sample.offices import COAST, OFFICES, Office

_KINDS = ("land",) * 11 + ("house",) * 5 + ("vessel",) * 3 + ("other",)
EQUIPMENT = (
    "máy phụ số 2",
    "máy dò cá",
    "máy định vị",
    "máy thông tin tầm xa",
    "tời kéo lưới",
    "neo và dây neo",
    "phao cứu sinh",
    "bình ắc quy",
    "cụm đèn pha",
    "hộp số thủy",
)
_USES = ("ODT", "ONT", "CLN", "ONT+CLN", "LUC", "BHK", "HNK")
_GEARS = ("lưới vây", "lưới rê", "câu cá ngừ", "lưới chụp", "dịch vụ hậu cần")
_GOODS = ("máy đào bánh xích", "ô tô tải 8 tấn", "dây chuyền cưa xẻ gỗ", "máy nghiền đá", "xe đầu kéo")
_BILLION = 1_000_000_000


class Asset(NamedTuple):
    """A seized asset: its office, kind, first value in dong and the fields of its seizure."""

    office: Office
    kind: str
    value: int
    fields: dict[str, str]


def seize(draw: Draw, number: int) -> Asset:
    """Return the `number`-th asset."""
    kind = _KINDS[number * 7 % len(_KINDS)]
    if kind == "vessel":
        office = draw.one_of(COAST)
        return Asset(office, kind, *_vessel(draw, office, number))
    value, fields = _MAKERS[kind](draw, number)
    return Asset(draw.one_of(OFFICES), kind, value, fields)


def vessel_no(office: Office, number: int) -> str:
    """Return the regular registration number of the `number`-th asset's vessel."""
    return f"{office.vessel_letters}-{_serial(number)}-TS"


def _serial(number: int) -> int:
    return 90_000 + number * 7919 % 10_000


def _written(draw: Draw, office: Office, number: int) -> str:
    """Return the vessel's number as registers really have it: one in four is misspelt."""
    letters, serial = office.vessel_letters, _serial(number)
    if draw.chance(0.75):
        return f"{letters}-{serial}-TS"
    slips = (f"{letters} {serial}-TS", f"{letters}-{serial}-TG", f"{letters}-{serial // 10}-TS")
    return draw.one_of((*slips, f"{letters} {serial} TS", f"{letters}{serial}-TS"))


def _vessel(draw: Draw, office: Office, number: int) -> tuple[int, dict[str, str]]:
    steel = draw.chance(0.6)
    loan = draw.between(1200, 1800) if steel else draw.between(300, 800)
    loan *= _BILLION // 100
    built = draw.between(2015, 2018)
    fields = {
        "description": f"tàu cá vỏ {'thép' if steel else 'gỗ'} đóng theo Nghị định 67/2014",
        "vessel_no": _written(draw, office, number),
        "hull": "thép" if steel else "gỗ",
        "power_cv": str(draw.one_of((811, 822, 829, 880, 940)) if steel else draw.between(400, 780)),
        "lmax_m": f"{draw.between(280, 360) / 10 if steel else draw.between(195, 270) / 10}",
        "built_year": str(built),
        "home_port": draw.one_of(office.ports),
        "gear": draw.one_of(_GEARS),
        "loan_value": str(loan),
        "loan_valued_on": f"{built}-{draw.between(1, 12):02}-{draw.between(1, 28):02}",
        "mortgagee_ref": f"BANK-{draw.between(1, 9):02}",
        "secured_debt": str(loan // 100 * draw.between(70, 105)),
    }
    return loan // 100 * draw.between(22, 45), fields


def _land(draw: Draw, _number: int) -> tuple[int, dict[str, str]]:
    parcel, sheet = draw.between(1, 1400), draw.between(1, 120)
    fields = {
        "description": f"quyền sử dụng đất thửa {parcel}, tờ bản đồ {sheet}",
        "parcel_no": str(parcel),
        "map_sheet": str(sheet),
        "area_m2": f"{draw.skewed(800, 90_000) / 10}",
        "land_use": draw.one_of(_USES),
        "certificate_no": f"{draw.one_of(('BP', 'CH', 'CK', 'DA', 'DD'))} {draw.between(100_000, 999_999)}",
    }
    return draw.skewed(250_000, 9_000_000) * 1000, fields | _debt(draw)


def _house(draw: Draw, number: int) -> tuple[int, dict[str, str]]:
    value, fields = _land(draw, number)
    floors = draw.between(1, 4)
    fields["description"] = f"nhà ở {floors} tầng và đất thửa {fields['parcel_no']}"
    fields["area_m2"] = f"{draw.skewed(450, 4000) / 10}"
    fields["land_use"] = draw.one_of(("ODT", "ONT"))
    fields["floor_area_m2"] = f"{floors * draw.between(420, 1400) / 10:.1f}"
    fields["floors"] = str(floors)
    fields["built_year"] = str(draw.between(1995, 2021))
    return value * 2, fields


def _other(draw: Draw, number: int) -> tuple[int, dict[str, str]]:
    goods = draw.one_of(_GOODS)
    fields = {"description": goods, "identification_no": f"SM-{number:06}", "quantity": "1", "unit": "chiếc"}
    return draw.skewed(150_000, 2_500_000) * 1000, fields


def _debt(draw: Draw) -> dict[str, str]:
    if draw.chance(0.4):
        return {}
    debt = str(draw.skewed(200, 8000) * 1_000_000)
    fields = {"secured_debt": debt, "mortgagee_ref": f"BANK-{draw.between(1, 9):02}"}
    return fields | ({"co_owned": "true"} if draw.chance(0.08) else {})


_MAKERS = {"land": _land, "house": _house, "other": _other}
