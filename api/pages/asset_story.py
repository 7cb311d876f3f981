"""One asset's story in a few sentences of plain words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from api.pages.figures import Figures
from api.pages.words import marked


class Sentence(NamedTuple):
    """An English text of the pages, and the values in it as the reader writes them."""

    text: str
    values: Mapping[str, str]


def story(asset: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], say: Figures) -> list[Sentence]:
    """Return what happened to an asset in short: seized, valued, offered, reduced, where it stands now."""
    seized = {"day": say.day(asset["seized_on"]), "office": asset["seizing_office"]}
    return [
        Sentence(marked("Seized on %(day)s by %(office)s."), seized),
        *_valued(steps, say),
        *_offered(asset, say),
        *_reduced(asset, steps, say),
        *_now(asset, say),
    ]


def _valued(steps: Sequence[Mapping[str, Any]], say: Figures) -> Iterator[Sentence]:
    if not steps:
        yield Sentence(marked("Not valued yet."), {})
    for text, cause in (
        (marked("Valued at %(price)s on %(day)s."), "appraised"),
        (marked("Valued anew at %(price)s on %(day)s."), "reappraised"),
    ):
        for step in [step for step in steps if step["cause"] == cause][-1:]:
            yield Sentence(text, {"price": say.dong(step["price"]), "day": say.day(step["on"])})


def _offered(asset: Mapping[str, Any], say: Figures) -> Iterator[Sentence]:
    announced, failed = len(asset["rounds"]), asset["failed_rounds"]
    if not announced:
        return
    if announced != failed:
        text = marked("Auction rounds announced: %(rounds)s, without a buyer: %(failed)s.")
    elif announced == 1:
        text = marked("One auction round, without a buyer.")
    else:
        text = marked("%(rounds)s auction rounds, none with a buyer.")
    yield Sentence(text, {"rounds": say.number(announced), "failed": say.number(failed)})


def _reduced(
    asset: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], say: Figures
) -> Iterator[Sentence]:
    cuts = [step for step in steps if step["cause"] == "reduced"]
    if not cuts:
        return
    text = marked("The price was cut %(times)s times, to %(price)s: %(part)s of the first.")
    if asset["reductions"] == 1:
        text = marked("The price was cut once, to %(price)s: %(part)s of the first.")
    values = {"price": say.dong(cuts[-1]["price"]), "part": say.percent(cuts[-1]["of_first"])}
    yield Sentence(text, values | {"times": say.number(asset["reductions"])})


def _now(asset: Mapping[str, Any], say: Figures) -> Iterator[Sentence]:
    if asset["sold_for"]:
        yield Sentence(marked("Sold at %(price)s."), {"price": say.dong(asset["sold_for"])})
    stage = {"stage": say.stage(asset["stage"])}
    if asset["exited_on"]:
        day = {"day": say.day(asset["exited_on"])}
        yield Sentence(marked("Left the file on %(day)s: %(stage)s."), stage | day)
    else:
        yield Sentence(marked("Now: %(stage)s."), stage)
