"""What an auditor takes away to verify one asset's file without a network, in one ZIP archive."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

_README = """\
Hồ sơ của tài sản {asset_id}: {n} mục, như đã ký trong nhật ký có {size} mục.
Kiểm tra không cần mạng, không cần cơ quan lưu giữ hồ sơ (Python 3.11 trở lên, gói cryptography,
tệp auctions-verify.pyz; xem deploy/VERIFY.md). Dùng khóa công khai ghi trên giấy mà cơ quan đã
giao; khóa dưới đây chỉ để đối chiếu. Mã kết thúc: 0 đúng, 1 đã bị sửa, 2 chưa kết luận được.

The file of the asset {asset_id}: {n} entries, as they were signed in a log of {size}.
It is verified without a network and without those who keep it (Python 3.11 or newer, the package
cryptography, the file auctions-verify.pyz; see deploy/VERIFY.md). Take the public key from the paper
that the agency gave you; the one below is for comparison only. Exit codes: 0 it holds, 1 it was
tampered with, 2 it cannot be decided.

KEY='{key}'

Toàn bộ hồ sơ / the whole file, and what is stated of it:
python3 auctions-verify.pyz asset proofs.json {asset_id} --key "$KEY"

Từng mục / one entry (1 to {n}); --kept CHECKPOINT compares one that you kept of the same size:
python3 auctions-verify.pyz event entries/1.tlog-proof entries/1.entry --key "$KEY"

Với bản sao nhật ký / with a copy of the log, which also tells that no later entry is left out:
python3 auctions-verify.pyz asset COPY {asset_id} --key "$KEY" --stated proofs.json

Giữ tệp checkpoint / keep the file checkpoint: nothing before it can be changed unseen.
"""
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the archive: of one content there is one archive."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def proofs_zip(proofs: Mapping[str, Any], document: bytes) -> bytes:
    """Return the archive of an asset's proofs (see `api.evidence.proofs_of`) and of their document as JSON.

    It holds README.txt with the commands, the checkpoint, proofs.json, and each entry with its proof.
    """
    archive = BytesIO()
    with ZipFile(archive, "w") as zipped:
        for name, content in _files(proofs, document):
            told = ZipInfo(name, _FIXED)
            told.external_attr, told.create_system = _PLAIN_FILE, _UNIX
            zipped.writestr(told, content)
    return archive.getvalue()


def _files(proofs: Mapping[str, Any], document: bytes) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", _README.format(**proofs, n=len(proofs["items"])).encode()
    yield "checkpoint", proofs["checkpoint"].encode()
    yield "proofs.json", document
    for item in proofs["items"]:
        yield f"entries/{item['entry_no']}.entry", b64decode(item["entry"])
        yield f"entries/{item['entry_no']}.tlog-proof", item["proof"].encode()
