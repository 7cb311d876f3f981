"""The words and numbers by which an asset is found, and what a reader should look at twice."""

from functools import lru_cache

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import State
from auctions.rules.kinds import asset_kinds, is_regular_vessel_no
from projections.search import compact, folded


def flags(state: State, seized: Seized) -> list[str]:
    """Return what a reader should look at twice: `vessel-no-form` for a number not of the regular form."""
    kind = asset_kinds().get(seized.kind)
    numbers = [
        str(state.attributes[name])
        for name, attribute in (kind.attributes.items() if kind else ())
        if attribute.type == "vessel_no" and name in state.attributes
    ]
    return [] if all(map(is_regular_vessel_no, numbers)) else ["vessel-no-form"]


def search(state: State, seized: Seized) -> str:
    """Return the text a search looks in: words without marks, then each number as #, without its dashes.

    A space stands before and after each of them.
    """
    words = (seized.case_ref, seized.description, seized.province, seized.commune)
    numbers = [str(value) for value in state.attributes.values()] + [alias.value for alias in state.aliases]
    return _text(words, (seized.asset_ref, *numbers))


@lru_cache(10_000)  # one file's words are asked for at each of its entries
def _text(words: tuple[str | None, ...], numbers: tuple[str, ...]) -> str:
    texts = [folded(text) for text in (*words, *numbers) if text]
    return " ".join(["", *texts, *(f"#{compact(number)}" for number in numbers), ""])
