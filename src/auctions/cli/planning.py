"""The plan ahead of one asset."""

from decimal import Decimal
from typing import Annotated

import typer

from auctions.application.recording import today
from auctions.cli.common import Json, print_json, print_table
from auctions.cli.reading import Office, Ref, folded_file, shown
from auctions.cli.two_times import AsOf, KnownAt, day
from auctions.domain.asset.plan import plan as plan_ahead
from projections.views import plan_view

Cut = Annotated[str, typer.Option(help="The cut after each failed round, in per cent: 0 to 10, as 7.5.")]
Rounds = Annotated[int, typer.Option(min=1, max=60, help="How many rounds to show.")]


def plan(
    ref: Ref,
    cut: Cut = "10",
    rounds: Rounds = 12,
    office: Office = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Show the ladder ahead if round after round fails: prices and first lawful days at a chosen cut.

    And when the creditor's right to take the asset opens, when the value falls to the costs or the secured
    debt, and what redemption would cost today (debt and costs as the file knows them, without interest).
    """
    until = day(as_of) or today()
    file = folded_file(ref, office, until, known_at)
    ahead = plan_ahead(file.state, file.law, cut=_hundredths(cut), rounds=rounds, today=until)
    view = {"asset_ref": ref, **plan_view(ahead)}
    if json:
        print_json(view)
        return
    steps = view.pop("steps")
    if steps:
        lines = [[shown(*cell) for cell in step.items()] for step in steps]
        print_table(f"Plan of {ref}, {cut} % a round", tuple(steps[0]), lines)
    print_table("", ("", ""), [(name, shown(name, value)) for name, value in view.items()])


def _hundredths(cut: str) -> int:
    try:
        hundredths = Decimal(cut) * 100
        if hundredths == int(hundredths) and 0 <= hundredths <= 10_000:  # noqa: PLR2004 - a hundred per cent
            return int(hundredths)
    except (ArithmeticError, ValueError):
        pass
    raise typer.BadParameter(f"{cut} is no cut: expected per cent with at most two places, such as 7.5")
