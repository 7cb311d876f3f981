"""The filters of lists of assets: the same options for every command that takes them."""

from collections.abc import Callable
from decimal import Decimal
from inspect import Signature, signature
from typing import Annotated, Any

import typer

from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds

Wanted = dict[str, Any]
"""What the filters ask for, as `asset_list.Filter` takes it."""

Kind = Annotated[str | None, typer.Option(help=f"Only this kind: {', '.join(asset_kinds())}.")]
Province = Annotated[str | None, typer.Option(help="Only this province, as recorded.")]
_Stage = Annotated[Stage | None, typer.Option(metavar="STAGE", help=f"Only this stage: {', '.join(Stage)}.")]
_LONG_AGO = 100_000
"""Days, some 270 years: more cannot be counted back to a date."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take each filter as an option of its own, and have them all as `wanted`."""
    options = signature(_wanted, eval_str=True).parameters
    own = dict(signature(command, eval_str=True).parameters)
    del own["wanted"]

    def filtering(**given: Any) -> None:  # noqa: ANN401 - the options' own types
        wanted = _wanted(**{name: given.pop(name) for name in options})
        command(**given, wanted=wanted)

    parameters = {**own, **options}
    filtering.__doc__ = command.__doc__
    filtering.__annotations__ = {name: each.annotation for name, each in parameters.items()}
    filtering.__signature__ = Signature(list(parameters.values()))  # type: ignore[attr-defined]  # read by typer
    return filtering


def _wanted(
    kind: Kind = None,
    province: Province = None,
    commune: Annotated[str | None, typer.Option(help="Only this commune, as recorded.")] = None,
    officer: Annotated[str | None, typer.Option(help="Only files of this officer, by reference.")] = None,
    stage: _Stage = None,
    year: Annotated[
        int | None, typer.Option(min=1900, max=2999, help="Only what was seized in this year.")
    ] = None,
    price_min: Annotated[int | None, typer.Option(help="At this price in force or above, in dong.")] = None,
    price_max: Annotated[int | None, typer.Option(help="At this price in force or below, in dong.")] = None,
    rounds_min: Annotated[int | None, typer.Option(help="After so many rounds or more.")] = None,
    failed_rounds_min: Annotated[int | None, typer.Option(help="After so many failed rounds.")] = None,
    reductions_min: Annotated[int | None, typer.Option(help="After so many reductions or more.")] = None,
    left_min: Annotated[float | None, typer.Option(help="With this share of the first price left.")] = None,
    left_max: Annotated[float | None, typer.Option(help="With no more than this share left.")] = None,
    of_loan_max: Annotated[
        float | None, typer.Option(help="At no more than this share of the loan value.")
    ] = None,
    days_since_seizure_min: Annotated[
        int | None, typer.Option(min=0, max=_LONG_AGO, help="Seized so many days ago or more.")
    ] = None,
    days_since_round_min: Annotated[
        int | None, typer.Option(min=0, max=_LONG_AGO, help="Last round so many days ago or more.")
    ] = None,
    in_lieu_open: Annotated[
        bool | None, typer.Option(help="Only where the creditor may take the asset, or may not.")
    ] = None,
    suspended: Annotated[bool | None, typer.Option(help="Only suspended files, or none of them.")] = None,
    q: Annotated[
        str | None, typer.Option("--q", help="Words to find, with or without Vietnamese marks; numbers too.")
    ] = None,
    number: Annotated[
        str | None, typer.Option(help="The whole number of a parcel, certificate or vessel.")
    ] = None,
) -> Wanted:
    """Return what the filters are given; `office` is an option of each command's own."""
    return {
        "kind": kind,
        "province": province,
        "commune": commune,
        "officer": officer,
        "stage": stage,
        "year": year,
        "price_min": price_min,
        "price_max": price_max,
        "rounds_min": rounds_min,
        "failed_rounds_min": failed_rounds_min,
        "reductions_min": reductions_min,
        "left_min": _share(left_min),
        "left_max": _share(left_max),
        "of_loan_max": _share(of_loan_max),
        "days_since_seizure_min": days_since_seizure_min,
        "days_since_round_min": days_since_round_min,
        "in_lieu_open": in_lieu_open,
        "suspended": suspended,
        "q": q,
        "number": number,
    }


def _share(given: float | None) -> Decimal | None:
    return None if given is None else Decimal(str(given))
