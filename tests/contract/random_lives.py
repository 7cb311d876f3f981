"""Random lives in which much is restated: entries far too late, strikes, whole stretches entered anew."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.possible import POSSIBLE
from auctions.domain.asset.state import State, fold, standing
from auctions.domain.errors import Refused
from auctions.rules.kinds import asset_kinds
from tests.unit.given import day, entry, fitting

TODAY = day(900)
OFFICES = ("KV-3", "KV-5", "KV-9")
PROVINCES = ("Bình Định", "Đắk Lắk", "Phú Yên")
_LIKELY = {
    "round_announced": 9,
    "round_failed": 12,
    "price_reduced": 9,
    "appraised": 2,
    "round_won": 3,
    "winner_defaulted": 4,
    "result_annulled": 3,
    "resumed": 4,
    "in_lieu_offered": 3,
    "in_lieu_answered": 14,
    "taken_in_lieu": 12,
    "preemption_offered": 1,
    "preemption_answered": 6,
    "sale_paid": 6,
    "delivered": 4,
}
_UNLIKELY = {"redeemed", "released", "returned_to_debtor", "split", "merged", "document_filed"}
_SIDE = ("cost_accrued", "identified", "surveyed", "transferred", "suspended", "resumed")


def lived(random: Random, ref: str) -> list[list[AssetEntry]]:
    """Return the commands of a file that were admitted, of one entry or more."""
    file, commands = File(), list[list[AssetEntry]]()
    moves = [_next] * 14 + [_late] * 4 + [_struck, _anew, _anew, _stretch_anew]
    asked = [_seized(random, ref)]
    for _ in range(random.choice([2, 15, 45, 60, 75])):
        with suppress(Refused):
            file.admit(asked, actor="clerk", today=TODAY, kinds=asset_kinds())
            commands.append(asked)
        if file.state.exit and random.random() < 0.1:
            break
        asked = random.choice(moves)(random, file)
    return commands


def _seized(random: Random, ref: str) -> AssetEntry:
    of_a_kind: list[dict[str, object]] = [
        {"kind": "land", "attributes": {"parcel_no": str(random.randrange(9))}},
        {"kind": "vessel", "attributes": {"vessel_no": random.choice(["BĐ-99144-TS", "BĐ 99144"])}},
        {"kind": "vessel", "loan_value": 17_000_000_000},
    ]
    fields = random.choice(of_a_kind) | {
        "office": random.choice(OFFICES),
        "officer": random.choice(["CHV-1", "CHV-2"]),
        "province": random.choice([None, *PROVINCES]),
        "commune": random.choice([None, "An Ninh Đông"]),
        "description": random.choice([None, "Thửa đất số 7", "tàu vỏ thép"]),
        "secured_debt": random.choice([None, 3_000_000_000]),
    }
    return entry("seized", random.randrange(100), asset_ref=ref, **fields)


def _number(on: date) -> int:
    return (on - day(0)).days


def _next(random: Random, file: File) -> list[AssetEntry]:
    """An entry that is possible, on the last day of the file or later."""
    last = _number(file.state.last_on) if file.state.seized else random.randrange(100)
    on = min(last + random.choice([0, 0, 1, 4, 15, 40]), 900)
    return [_proposed(random, _likely(random, file.state), file.state, on)]


def _likely(random: Random, state: State) -> str:
    names = [name for name in sorted(POSSIBLE) if state.stage in POSSIBLE[name]]
    weights = [0.04 if name in _UNLIKELY else _LIKELY.get(name, 0.5) for name in names]
    return random.choices(names, weights)[0]


def _late(random: Random, file: File) -> list[AssetEntry]:
    """An entry that lands in the middle, as it would have been possible then."""
    lines = standing(file.lines)
    first, last = (_number(lines[end][1].on) for end in (0, -1)) if lines else (0, 100)
    on = random.randint(first, last)
    state = fold(file.lines, until=day(on))
    name = random.choice([random.choice(_SIDE), _likely(random, state)])
    return [_proposed(random, name, state, on)]


def _proposed(random: Random, name: str, state: State, on: int) -> AssetEntry:
    asked, price = fitting(name, state, on), state.price or 2
    changes: dict[str, Callable[[], dict[str, object]]] = {
        "appraised": lambda: {"value": random.choice([90, 700, 4_000, 25_000]) * 1_000_003},
        "cost_accrued": lambda: {"amount": random.randint(1, 9_000_000)},
        "in_lieu_answered": lambda: {"accepted": random.random() < 0.7},
        "price_reduced": lambda: {"to_price": max(1, price * random.randint(70, 99) // 100)},
        "transferred": lambda: {"to_office": random.choice(OFFICES)},
        "split": lambda: {"into": ("B-1", "B-2")},
    }
    return asked.model_copy(update=changes[name]()) if name in changes else asked


def _struck(random: Random, file: File) -> list[AssetEntry]:
    return [_strike(random.randint(1, max(1, file.version)))]


def _strike(number: int) -> AssetEntry:
    return entry("entry_struck", 900, entry_no=number)


def _anew(random: Random, file: File) -> list[AssetEntry]:
    """A strike, and the same entry anew on another day, or in another province."""
    lines = standing(file.lines)
    if not lines:
        return [_seized(random, "TS-0")]
    number, line = random.choice(lines)
    changes: dict[str, object] = {"on": line.on + timedelta(days=random.choice([-9, -2, 0, 0, 1, 5]))}
    if line.entry_name() == "seized":
        changes["province"] = random.choice(PROVINCES)
    if line.entry_name() == "cost_accrued":
        changes["amount"] = random.randint(1, 9_000_000)
    again = line.model_copy(update=changes)
    return random.choice([[_strike(number), again], [again, _strike(number)]])


def _stretch_anew(random: Random, file: File) -> list[AssetEntry]:
    """The end of a file struck, and entered anew some days later, in any order."""
    lines = standing(file.lines)[-random.randint(2, 6) :]
    later = timedelta(days=random.choice([1, 3]))
    strikes = [_strike(number) for number, _ in lines]
    again = [line.model_copy(update={"on": line.on + later}) for _, line in lines]
    mixed = strikes + again
    if random.random() < 0.5:
        random.shuffle(mixed)
    return mixed or [_seized(random, "TS-0")]
