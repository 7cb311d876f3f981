"""The words of the command line, each with what it is for."""

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter, _SubParsersAction
from datetime import date
from pathlib import Path
from uuid import UUID

_ABOUT = """\
Verify what was recorded in a log, without its database, its keepers or their programs.

A log is a folder of files, or an address that serves them: a signed checkpoint, tiles of
hashes, and the entries themselves where they are given to you. What is verified is that
every entry is as it was signed, and that nothing was changed, removed or slipped in since
the checkpoints that you kept.

Keep apart from the log: the log's public key (as it was given to you on paper), and the
file `checkpoint` of every day on which you look. Each one that you keep is a day to which
nobody can go back unseen."""
_ENDS = """\
exit codes:
  0  it holds
  1  it was tampered with; the first bad index is named where one can be
  2  it cannot be decided: a file is missing or unreadable, or no key given has signed it

examples:
  auctions-verify fetch https://log.example/2026 copy --key "$KEY"
  auctions-verify log copy --key "$KEY" --kept kept/checkpoint-of-june kept/checkpoint-of-july
  auctions-verify event receipt.tlog-proof entry.bin --key "$KEY"
  auctions-verify asset copy 0b5f1f7c-6d7e-5a55-9a4b-0e8f4c1d2e3f --key "$KEY" --json
  auctions-verify diff kept/checkpoint-of-june copy --key "$KEY"
  auctions-verify report copy page-1.json page-2.json --key "$KEY"
  auctions-verify seals copy --key "$KEY"
  auctions-verify asset proofs.json 0b5f1f7c-6d7e-5a55-9a4b-0e8f4c1d2e3f --key "$KEY"
  auctions-verify asset copy 0b5f1f7c-6d7e-5a55-9a4b-0e8f4c1d2e3f --stated proofs.json --key "$KEY\""""


def parser() -> ArgumentParser:
    """Return the parser of the whole command line."""
    whole = _parser("auctions-verify", _ABOUT)
    verbs = whole.add_subparsers(dest="verb", metavar="VERB", required=True)
    log = _verb(verbs, "log", "a whole log: signature, hashes, entries, and the checkpoints you kept")
    log.add_argument("where", metavar="WHERE", help="the folder or the http(s) address of the log")
    _kept(log)
    event = _verb(verbs, "event", "one entry, by its proof")
    event.add_argument("proof", metavar="PROOF", type=Path, help="the proof, a .tlog-proof file")
    event.add_argument("entry", metavar="ENTRY", type=Path, help="the bytes of the entry, as a file")
    _kept(event)
    asset = _verb(verbs, "asset", "all entries of one asset, one on the other, and what they tell of it")
    asset.add_argument(
        "where",
        metavar="WHERE",
        help="the folder or http(s) address of the log, or a file of the asset's proofs",
    )
    asset.add_argument("asset_id", metavar="ASSET_ID", type=UUID, help="the asset's id, a UUID")
    _as_of(asset, "tell stage, price and counts as of the end of this legal day, else of all entries")
    asset.add_argument(
        "--stated",
        metavar="FILE",
        type=Path,
        help="the proofs as the service gave them (JSON): what they state must be what the entries tell",
    )
    diff = _verb(verbs, "diff", "that a log only grew between two checkpoints, and tell what was added")
    diff.add_argument(
        "old", metavar="OLD", help="the checkpoint that you kept, or the copy that you made then"
    )
    diff.add_argument(
        "new", metavar="NEW", help="the folder or address of the log now, or a later checkpoint"
    )
    diff.add_argument("--log", metavar="WHERE", help="where the log is, if NEW is a checkpoint alone")
    diff.add_argument("--sizes", action="store_true", help="only how many were added: needs no entries")
    report = _verb(verbs, "report", "a list of assets that the service gave, by the log's entries alone")
    report.add_argument("where", metavar="WHERE", help="the folder or the http(s) address of the log")
    report.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="all pages of the list (JSON, /v1/assets?unsold=true), or one export, a .jsonl or .csv",
    )
    report.add_argument("--all", action="store_true", help="the list is of all assets, not of unsold=true")
    _as_of(report, "the legal day of the list, where it is an export: pages tell it")
    report.add_argument(
        "--known-at",
        metavar="POSITION",
        type=int,
        help="how many entries of the log the list knew, where it is an export: its header Position",
    )
    seals = _verb(verbs, "seals", "that every seal and close of a log commits to the entries before it")
    seals.add_argument("where", metavar="WHERE", help="the folder or the http(s) address of the log")
    fetch = _verb(verbs, "fetch", "copy a log that is served into a folder, and verify the copy")
    fetch.add_argument("url", metavar="URL", help="the http(s) address of the log")
    fetch.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        help="where the copy is, or will be; what it has is not fetched",
    )
    fetch.add_argument(
        "--token-file",
        metavar="FILE",
        type=Path,
        help="a file with the token by which you are given entries; without one you get the hashes",
    )
    return whole


def _parser(name: str, about: str) -> ArgumentParser:
    return ArgumentParser(name, description=about, epilog=_ENDS, formatter_class=RawDescriptionHelpFormatter)


def _verb(verbs: "_SubParsersAction[ArgumentParser]", name: str, what: str) -> ArgumentParser:
    verb = verbs.add_parser(
        name, help=what, description=f"Verify {what}." if name != "fetch" else f"{what.capitalize()}."
    )
    verb.add_argument(
        "--key",
        metavar="VKEY",
        action="append",
        required=True,
        help="the log's public key, NAME+ID+KEY; again for each further key that may have signed",
    )
    verb.add_argument(
        "--origin", help="what the log calls itself, where that is not the name of the key that signed"
    )
    verb.add_argument("--json", action="store_true", help="say the verdict as JSON, for programs")
    return verb


def _as_of(verb: ArgumentParser, what: str) -> None:
    verb.add_argument("--as-of", metavar="DAY", type=_day, help=what)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"not a day as 2026-06-30: {text}") from error


def _kept(verb: ArgumentParser) -> None:
    verb.add_argument(
        "--kept",
        metavar="FILE",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        help="a checkpoint that you kept from before; nothing may have changed since",
    )
