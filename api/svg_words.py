"""The words of the pictures in Vietnamese and English, and numbers as their readers write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.languages import Language
from auctions.rules.kinds import asset_kinds

_WORDS: dict[str, tuple[str, str]] = {
    "decline": (
        "Giá trị tài sản giảm thế nào qua các lần đấu giá",
        "How value declined, auction after auction",
    ),
    "all": ("tất cả tài sản", "all assets"),
    "kind": ("loại", "kind"),
    "province": ("tỉnh", "province"),
    "office": ("cơ quan", "office"),
    "year": ("năm kê biên", "seized in"),
    "regime": ("theo luật", "under the law"),
    "old": ("trước 01/07/2026", "before 2026-07-01"),
    "new": ("từ 01/07/2026", "from 2026-07-01"),
    "left": ("Phần giá còn lại sau mỗi lần giảm giá", "Price left after each reduction"),
    "of_first": ("% của giá đầu tiên", "% of the first price"),
    "reductions": ("số lần giảm giá", "reductions"),
    "median": ("trung vị", "median"),
    "middle_half": ("nửa ở giữa (tứ phân vị 1 đến 3)", "middle half (quartiles 1 to 3)"),
    "n": ("số tài sản", "assets"),
    "by_rounds": ("Chưa bán được, theo số lần đấu giá", "Not yet sold, by auction rounds"),
    "by_days": ("Chưa bán được, theo số ngày", "Not yet sold, by days"),
    "unsold_part": ("% chưa bán (ước lượng Kaplan-Meier)", "% not yet sold (Kaplan-Meier estimate)"),
    "rounds": ("lần đấu giá đã tổ chức", "auction rounds held"),
    "days": ("ngày kể từ lần thông báo đầu tiên", "days since the first announcement"),
    "at_risk": ("còn theo dõi", "at risk"),
    "half": ("một nửa đã bán:", "half sold by:"),
    "loan": ("Tàu cá: giá so với giá trị khi cho vay", "Vessels: price against the loan value"),
    "of_loan": ("% của giá trị khi cho vay", "% of the loan value"),
    "hammer": ("giá trúng đấu giá", "hammer price"),
    "in_force": ("giá hiện hành, chưa bán", "price in force, unsold"),
    "none": ("chưa có số liệu", "no data"),
    "never_sold": ("không hoặc chưa bán được", "never sold so far"),
    "days_a_round": (
        "trung vị số ngày giữa hai lần thông báo",
        "median days from one announcement to the next",
    ),
    "costs": ("trung vị chi phí so với giá", "median costs against price"),
    "source": ("Nguồn: hồ sơ tài sản, tính đến hết ngày", "Source: the asset files as of the end of"),
    "known": ("theo dữ liệu đã ghi đến vị trí", "as known at position"),
    "known_all": ("theo toàn bộ dữ liệu đã ghi", "as known to date"),
    "ladder": ("Các mức giá của tài sản", "Price ladder of"),
    "billion": ("tỷ đồng", "billion dong"),
    "million": ("triệu đồng", "million dong"),
    "thousand": ("nghìn đồng", "thousand dong"),
    "dong": ("đồng", "dong"),
    "appraised": ("định giá", "appraised"),
    "reduced": ("giảm giá", "reduced"),
    "reappraised": ("định giá lại", "reappraised"),
    "sold": ("trúng đấu giá", "sold"),
    "loan_value": ("giá trị khi cho vay", "loan value"),
    "price": ("Giá theo thời gian", "Price over time"),
    "step": ("mức giá", "price level"),
    "day": ("ngày", "day"),
    "in_dong": ("giá (đồng)", "price (dong)"),
    "of_loan_value": ("% giá khi cho vay", "% of loan value"),
    "of_previous": ("% của giá trước", "% of previous"),
}


class Reader:
    """Whom a picture is drawn for."""

    def __init__(self, language: Language) -> None:
        """Take the reader's language."""
        self.language = language

    def __call__(self, word: str) -> str:
        """Return a word of the pictures."""
        return _WORDS[word][self.language == "en"]

    def number(self, value: float, places: int = 0) -> str:
        """Return a number with separators, as 1,234.5 or 1.234,5."""
        written = f"{value:,.{places}f}"
        return written if self.language == "en" else written.translate(str.maketrans(",.", ".,"))

    def percent(self, part: float, places: int = 1) -> str:
        """Return a part of 1 as per cent."""
        return f"{self.number(part * 100, places)}%"

    def day(self, iso: str) -> str:
        """Return an ISO day as it is read."""
        return iso if self.language == "en" else f"{date.fromisoformat(iso):%d/%m/%Y}"

    def source(self, view: Mapping[str, Any]) -> str:
        """Return the line that tells where the figures are from: as of which day, as known when."""
        known = view.get("known_at")
        told = self("known_all") if known is None else f"{self('known')} {self.number(known)}"
        return f"{self('source')} {self.day(view['as_of'])}, {told}." if view.get("as_of") else ""

    def asked(self, asked: Mapping[str, Any]) -> str:
        """Return which assets a picture is about."""
        told = [
            f"{self(name)} {self._value(name, asked[name])}"
            for name in ("kind", "province", "office", "year", "regime")
            if asked.get(name) is not None
        ]
        return ", ".join(told) or self("all")

    def _value(self, name: str, value: object) -> str:
        kind = asset_kinds().get(str(value)) if name == "kind" else None
        if kind:
            return kind.vi if self.language == "vi" else kind.en
        return self(str(value)) if name == "regime" else str(value)
