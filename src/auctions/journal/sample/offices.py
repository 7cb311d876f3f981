"""Invented enforcement offices of the coast and the highlands, with real provinces, communes and ports."""

from typing import NamedTuple


class Office(NamedTuple):
    """An office: its code, where its assets lie, how its vessels are numbered and who took its files over."""

    code: str
    province: str
    communes: tuple[str, ...]
    vessel_letters: str = ""
    ports: tuple[str, ...] = ()
    successor: str = ""

    @property
    def short(self) -> str:
        """Return the letters of the province in the code."""
        return self.code.partition("-")[0]


COAST = (
    Office(
        "BDI-KV1",
        "Bình Định",
        ("Hoài Hải", "Cát Khánh", "Đề Gi", "Nhơn Hải", "Tam Quan"),
        "BĐ",
        ("Đề Gi", "Quy Nhơn", "Tam Quan"),
    ),
    Office(
        "QNG-KV2",
        "Quảng Ngãi",
        ("Bình Châu", "Phổ Thạnh", "Nghĩa An", "Đức Phong"),
        "QNg",
        ("Sa Kỳ", "Sa Huỳnh", "Mỹ Á"),
    ),
    Office(
        "KHH-KV1",
        "Khánh Hòa",
        ("Vĩnh Lương", "Cam Lâm", "Đại Lãnh", "Ninh Diêm"),
        "KH",
        ("Hòn Rớ", "Vĩnh Lương", "Đá Bạc"),
    ),
    Office(
        "PYE-CC3",
        "Phú Yên",
        ("Xuân Đài", "An Ninh Đông", "Hòa Hiệp Trung"),
        "PY",
        ("Đông Tác", "Dân Phước"),
        successor="DLK-KV5",
    ),
)
HIGHLANDS = (
    Office("DLK-KV2", "Đắk Lắk", ("Ea Kao", "Cuôr Đăng", "Ea Tul", "Krông Pắc")),
    Office("LDG-KV1", "Lâm Đồng", ("Lộc An", "Đinh Lạc", "Hòa Ninh", "Đạ Ròn")),
)
OFFICES = COAST + HIGHLANDS

ORGANISATIONS = (
    "Trung tâm dịch vụ đấu giá tài sản tỉnh",
    *(f"Công ty đấu giá hợp danh Số {number}" for number in range(1, 9)),
)
APPRAISERS = tuple(f"Công ty thẩm định giá Số {number}" for number in range(1, 6))
