"""The registers of a quarter, forms 13 and 17 of Circular 04/2023/TT-BTP: what they list, and as XLSX.

Article 30(1) names the forms; their printed columns were not at hand. What an entry of the file tells stands
here under headings of ours: the asset, its case, seizure, prices, rounds and how it ended. The debtor stands
by reference, never by name. Numbers of lines begin with 1; the foot bears the digest of the closed book.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook

from api.dossiers.words import word
from api.xlsx_cells import Cells
from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import State
from auctions.domain.errors import Refused
from auctions.domain.office.events import BookClosed
from auctions.journal.write_xlsx import CREATED, MOST_ROWS
from auctions.rules.kinds import asset_kinds

Column = tuple[str, Callable[[State, Seized], object]]
_ABOVE, _BELOW = 3, 2
"""Lines before the first asset's and after the last one's."""
_WIDTH = 18


class Form(NamedTuple):
    """A form of the circular: its number, its title, its columns, and which assets it lists."""

    number: int
    title: str
    columns: Sequence[Column]
    lists: Callable[[State], bool]


_ASSET: tuple[Column, ...] = (
    ("Số hiệu tài sản", lambda _, seized: seized.asset_ref),
    ("Số vụ việc", lambda _, seized: seized.case_ref),
    ("Người phải thi hành án (mã)", lambda _, seized: seized.debtor_ref),
    ("Ngày kê biên", lambda _, seized: seized.on),
    ("Loại tài sản", lambda _, seized: asset_kinds()[seized.kind].vi),
    ("Mô tả", lambda _, seized: seized.description),
)
_SEIZED: tuple[Column, ...] = (
    *_ASSET,
    ("Tỉnh", lambda _, seized: seized.province),
    ("Xã", lambda _, seized: seized.commune),
    ("Hiện trạng", lambda state, _: state.condition),
    ("Chi phí", lambda state, _: state.costs),
    ("Tình trạng xử lý", lambda state, _: word(state.stage, "vi")),
    ("Ngày kết thúc", lambda state, _: state.exited_on),
)
_AUCTIONED: tuple[Column, ...] = (
    *_ASSET,
    ("Giá khởi điểm lần đầu", lambda state, _: state.steps[0].price if state.steps else None),
    ("Số lần thông báo đấu giá", lambda state, _: len(state.rounds)),
    ("Số lần đấu giá không thành", lambda state, _: state.failed_rounds),
    ("Lần gần nhất", lambda state, _: state.last_round_on),
    ("Số lần giảm giá", lambda state, _: state.reductions),
    ("Giá hiện hành", lambda state, _: state.price),
    ("Giá trúng đấu giá", lambda state, _: state.sold_for),
    ("Số tiền đã nộp", lambda state, _: state.paid),
    ("Ngày giao tài sản", lambda state, _: state.delivered_on),
    ("Tình trạng xử lý", lambda state, _: word(state.stage, "vi")),
)
FORMS = {
    13: Form(13, "Sổ theo dõi vật chứng, tài sản kê biên", _SEIZED, lambda _: True),
    17: Form(
        17,
        "Sổ theo dõi xử lý tài sản bán đấu giá thi hành án",
        _AUCTIONED,
        lambda state: bool(state.rounds),
    ),
}
"""The forms by their number; form 13 lists what is seized, form 17 what was put up for auction."""


def lines(form: Form, assets: Sequence[State]) -> list[list[object]]:
    """Return the lines of a form, numbered from 1: a value under each heading, None where there is none."""
    listed = [state for state in assets if form.lists(state)]
    return [
        [number, *(value(state, state.seized) for _, value in form.columns if state.seized)]
        for number, state in enumerate(listed, 1)
    ]


def headings(form: Form) -> list[str]:
    """Return what stands above the values of a line."""
    return ["STT", *(heading for heading, _ in form.columns)]


def foot(close: BookClosed, count: int) -> str:
    """Return the line under a form of so many lines, with the digest of the closed book."""
    return (
        f"Khóa sổ ngày {close.on:%d/%m/%Y}: {count} dòng, vị trí {close.known_at}, "
        f"{close.assets} tài sản, {close.entries} bút toán, SHA-256 {close.sha256}"
    )


def form_xlsx(form: Form, close: BookClosed, assets: Sequence[State]) -> bytes:
    """Return a form for the quarter of a close; the same assets make the same bytes. Raises Refused."""
    listed = lines(form, assets)
    if len(listed) > MOST_ROWS - _ABOVE - _BELOW:
        raise Refused("too-many-rows", f"{len(listed):,} assets are more than a sheet takes")
    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet, bold = book.add_worksheet(f"Mẫu {form.number}"), book.add_format({"bold": True})
        cells = Cells(book, sheet)
        sheet.set_column(1, len(form.columns), _WIDTH)
        sheet.write_string(0, 0, f"Mẫu số {form.number}. {form.title}", bold)
        cells.write(1, 0, f"{close.office} · {close.quarter}")
        sheet.write_row(2, 0, headings(form), bold)
        for number, line in enumerate(listed, _ABOVE):
            for place, each in enumerate(line):
                cells.write(number, place, each)
        cells.write(_ABOVE + len(listed) + 1, 0, foot(close, len(listed)))
    return out.getvalue()
