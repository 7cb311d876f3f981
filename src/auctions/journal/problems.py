"""What can be wrong with a file in the journal form: each kind with a stable code."""

from typing import NamedTuple

CODES = {
    # the file
    "unknown-format": "The file's name does not end in .csv, .txt, .tsv, .xlsx, .jsonl or .ndjson.",
    "unreadable-file": "The file cannot be opened, is damaged or encrypted, or is not what its name says.",
    "zip-too-large": "An XLSX file would unpack to more than a register can be; it is not opened.",
    "empty-file": "The file holds nothing.",
    "no-rows": "The file holds a header and no entry.",
    "missing-column": "A column that every journal has is not in the header; no row can be read.",
    "duplicate-column": "A column stands in the header twice; no row can be read.",
    "unknown-column": "A column is none of the journal form.",
    # the record
    "not-utf8": "Bytes that are not UTF-8; the row is left out, the next ones are read.",
    "unbalanced-quote": "A quoted cell is not closed, or a quote in it is not written twice.",
    "wrong-cell-count": "A row has values to the right of the header's last column.",
    "cell-too-large": "A cell is longer than 32,767 characters, or a line than 1 MiB.",
    "wrong-json": "A line, or a cell that begins with json:, is not JSON.",
    "not-an-object": "A line holds JSON, but not an object.",
    "duplicate-key": "An object, or a list of shares, names the same thing twice.",
    # the cell
    "missing-value": "A value that the entry needs is not there.",
    "value-not-expected": "A value stands in a column that does not belong to the entry or to the kind.",
    "unknown-entry": "The entry is none of the journal form.",
    "unknown-choice": "The value is none of those the column allows.",
    "wrong-day": "Not a day as YYYY-MM-DD.",
    "wrong-time": "Not a moment as YYYY-MM-DDTHH:MM, with or without seconds and offset.",
    "wrong-number": "Not a number in plain digits, without separators, signs of currency or decimal comma.",
    "rounded-number": "A spreadsheet has rounded the number; its last digits are lost.",
    "not-a-whole-number": "A whole number was expected.",
    "out-of-range": "A number or day below or above what the column allows.",
    "wrong-yes-no": "Neither true, yes, 1 nor false, no, 0.",
    "wrong-text": "A text was expected, and the value is of another type.",
    "wrong-list": "Not a list of values separated by semicolons.",
    "wrong-shares": "Not shares as REF=AMOUNT;REF=AMOUNT.",
    "too-few-values": "The list has fewer values than the column asks for.",
    "wrong-alias": "Not an alias as scheme:value.",
    "wrong-digest": "Not a SHA-256 digest as 64 hexadecimal digits in small letters.",
    "wrong-media-type": "Not a media type in small letters, such as application/pdf.",
    "text-too-long": "The text is longer than its column allows.",
    "control-character": "The text holds a character that cannot be printed, or a lone carriage return.",
    "formula-cell": "The cell holds a formula, or text that a spreadsheet would run as one.",
    "cell-error": "The cell holds a spreadsheet's error value such as #N/A.",
}
"""What each code says, in one sentence."""

OF_THE_FILE = frozenset(list(CODES)[: list(CODES).index("unknown-column") + 1])
"""The codes that speak of the file or its header, not of one row."""


class Problem(NamedTuple):
    """One thing that is wrong: where it stands, its code and, in plain words, what was expected.

    `row` is the line of the sheet or the physical line on which the record starts, from 1; a sheet's header
    is row 1. `column` is None where the whole row or file is meant.
    """

    row: int
    column: str | None
    code: str
    message: str
    asset_ref: str | None = None
    entry: str | None = None


class Unfit(Exception):  # noqa: N818 - a value that does not fit its column; nothing has failed
    """A value that does not fit its column; `code` is one of CODES."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code and the plain words."""
        super().__init__(message)
        self.code = code
        self.message = message


def shown(value: object) -> str:
    """Return `value` for a message: quoted, at most 40 characters of it."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'  # noqa: PLR2004 - said in the docstring
