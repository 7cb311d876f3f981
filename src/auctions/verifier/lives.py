"""What an asset's entries tell of it: a small fold of its own, which trusts no program of the log's keepers.

Struck entries are left out; the rest are taken by their legal days, then by their numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auctions.verifier.facts import Fact

_EXITS = {
    "delivered": "delivered",
    "taken_in_lieu": "taken_in_lieu",
    "redeemed": "redeemed",
    "returned_to_debtor": "returned",
    "released": "released",
    "split": "split",
    "merged": "merged",
}


@dataclass(slots=True)
class Life:
    """An asset on a day: prices in dong, counters from 0."""

    seized: bool = False
    price: int | None = None
    rounds: int = 0
    failed_rounds: int = 0
    reductions: int = 0
    reducible: bool = False
    """A round has failed since the price was set."""
    round: str = ""
    """How the last round stands: announced, won, or empty where it has ended or none was."""
    bought: bool = False
    """Co-owners have bought the asset."""
    paid: bool = False
    suspended: bool = False
    exit: str = ""

    @property
    def stage(self) -> str:
        """What the asset waits for, or how it left."""
        if self.exit or self.suspended:
            return self.exit or "suspended"
        if not self.seized:
            return "unfiled"
        if self.sold:
            return "paid" if self.paid else "won"
        if self.round:
            return "announced"
        if self.price is None:
            return "awaiting_appraisal"
        return "awaiting_reduction" if self.reducible else "awaiting_round"

    @property
    def sold(self) -> bool:
        """Won by a bidder or bought by co-owners."""
        return self.bought or self.round == "won"

    @property
    def unsold(self) -> bool:
        """Seized, not sold, and not left otherwise."""
        return self.seized and not self.sold and not self.exit

    @property
    def told(self) -> dict[str, object]:
        """What a statement tells of an asset."""
        counts = {name: getattr(self, name) for name in ("rounds", "failed_rounds", "reductions")}
        return {"stage": self.stage, "price": self.price, **counts}

    def take(self, fact: Fact) -> None:  # noqa: C901, PLR0912 - one flat arm a name
        """Go on by one entry."""
        match fact.name:
            case "seized":
                self.seized = True
            case "appraised":
                self._price(fact.amount)
            case "price_reduced":
                self._price(fact.amount)
                self.reductions += 1
            case "preemption_offered":
                self.bought = False
            case "preemption_answered":
                self.bought = bool(fact.amount)
            case "round_announced":
                self.rounds += 1
                self.round = "announced"
            case "round_failed":
                self.failed_rounds += 1
                self.reducible = True
                self.bought, self.round = False, ""
            case "round_won":
                self.round = "won"
            case "round_cancelled" | "winner_defaulted":
                self.round = ""
            case "result_annulled":
                self.round = self.exit = ""
                self.paid = False
            case "sale_paid":
                self.paid = True
            case "suspended" | "resumed":
                self.suspended = fact.name == "suspended"
            case "delivered" if self.exit:
                pass
            case name if name in _EXITS:
                self.exit = _EXITS[name]
                self.suspended = False

    def _price(self, price: int) -> None:
        self.price = price
        self.reducible = self.bought = False


def life(facts: Sequence[Fact], as_of: date | None = None) -> Life:
    """Return what a file's entries tell as of the end of a legal day (None: of every day)."""
    lived = Life()
    for fact in standing(facts):
        if as_of is not None and fact.on > as_of:
            break
        lived.take(fact)
    return lived


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """Return what was not struck, without the strikes, by legal day and then by number."""
    kept = list(facts)
    struck = {fact.amount for fact in kept if fact.name == "entry_struck"}
    kept = [fact for fact in kept if fact.number not in struck and fact.name != "entry_struck"]
    return sorted(kept, key=lambda fact: (fact.on, fact.number))
