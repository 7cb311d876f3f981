"""How value declined over many assets: as a table, for programs, for spreadsheets, for print."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from auctions.cli.common import Json, language, print_json, print_table, words
from auctions.cli.filtering import Kind, Province
from auctions.cli.listing import Office
from auctions.cli.pages import answering
from auctions.cli.two_times import AsOf, KnownAt
from projections.decline import Asked, By
from projections.decline import decline as answered
from projections.life import Regime
from projections.lives import READ, lives

_SPREAD = ("n", "q1", "median", "q3")
_RISK = ("at_risk", "sold", "survival")
_AFTER = (1, 5, 10, 20)
"""After how many reductions the groups are compared."""


def decline(
    kind: Kind = None,
    province: Province = None,
    office: Office = None,
    year: Annotated[int | None, typer.Option(help="Only assets seized in this year.")] = None,
    regime: Annotated[
        Regime | None, typer.Option(help="Only under the law until June 2026 (old), or from July on (new).")
    ] = None,
    by: Annotated[By | None, typer.Option(help="Also a breakdown by this.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print every figure as CSV.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Print a picture, one A4 page across.")] = False,
) -> None:
    """Show how value declined: the share of the first price left after so many reductions, when assets sold.

    Unsold assets count as long as they were at risk (Kaplan-Meier): in rounds held, and in days from the
    first announcement. --regime goes by each reduction's day, and in everything else by the seizure's.
    """
    if json + csv + svg > 1:
        raise typer.BadParameter("--json, --csv and --svg exclude each other")
    asked = Asked(kind, province, office, year, regime, by)
    with answering(READ, as_of, known_at) as found:
        told = lives(found.reader, found.times)
        answer = answered(told, found.day, found.head["known_at"], asked)
    if json:
        print_json(answer)
    elif csv or svg:
        _print_file(answer, svg=svg)
    else:
        _print_tables(answer, found.title)


def _print_file(answer: dict[str, Any], *, svg: bool) -> None:
    from api.decline_csv import decline_csv  # noqa: PLC0415 - slow, and no other command needs it
    from api.decline_svg import decline_svg  # noqa: PLC0415 - slow, and no other command needs it

    written = decline_svg(answer, language()) if svg else decline_csv(answer)
    sys.stdout.buffer.write(written.encode())


def _print_tables(answer: dict[str, Any], title: str) -> None:
    heading = f"Decline {title}: {answer['assets']:,} assets; share of the first price left"
    _print_rows(heading, ("reductions", *_SPREAD), answer["by_reductions"])
    _print_rows("Not yet sold, by rounds held", ("round", *_RISK), answer["rounds_to_sale"])
    print_table("", ("", *_SPREAD), _spreads(answer))
    never, half = answer["never_sold"], answer["half_sold"]
    facts = [("never sold so far", never["share"], never["n"])]
    at_risk = answer["rounds_to_sale"][0]["at_risk"] if answer["rounds_to_sale"] else 0
    facts += [(f"half sold by {time}", half[time], at_risk) for time in half]
    print_table("", ("", "", "n"), facts)
    if "groups" in answer:
        columns = ("value", "assets", "never sold", *(f"after {count}" for count in _AFTER))
        print_table(f"By {answer['asked']['by']}", columns, [_group(each) for each in answer["groups"]])


def _print_rows(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    print_table(title, columns, [[row[name] for name in columns] for row in rows])


def _spreads(answer: dict[str, Any]) -> list[list[Any]]:
    shares = {f"{name} of loan": spread for name, spread in answer["loan"].items()}
    shares["costs of price"] = answer["costs_to_price"]
    times = {f"round at {name}": spread for name, spread in answer["falls_to"].items()}
    times["days a round"] = answer["days_a_round"]
    whole = {name: {each: _whole(spread[each]) for each in _SPREAD} for name, spread in times.items()}
    return [[name, *(spread[each] for each in _SPREAD)] for name, spread in {**shares, **whole}.items()]


def _whole(time: float | None) -> int | None:
    return None if time is None else round(time)


def _group(group: dict[str, Any]) -> list[Any]:
    left = {row["reductions"]: row for row in group["by_reductions"]}
    after = [_median(left[count]) if count in left else "" for count in _AFTER]
    return [str(group["value"] or ""), group["assets"], group["never_sold"]["share"], *after]


def _median(row: dict[str, Any]) -> str:
    return f"{words(row['median'])} (n {words(row['n'])})"
