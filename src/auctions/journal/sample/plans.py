"""Plans of lives: how many rounds fail, how long ago the seizure was, what goes wrong and how it ends."""

from collections.abc import Callable
from typing import NamedTuple

from auctions.journal.sample import corrections, endings, sales
from auctions.journal.sample.draw import Draw
from auctions.journal.sample.page import Page

_OPENING_DAYS = 80
_ROUND_DAYS = 57
_UNTIL_THE_END = 99
_Step = Callable[[Page], None]


class Plan(NamedTuple):
    """A life as planned: failed rounds, days from the seizure to the sample's end, how it ends."""

    failures: int
    days: int
    ending: _Step
    correction: _Step | None = None


_EXITS: tuple[tuple[int, _Step], ...] = (
    (52, sales.sell),
    (7, sales.default),
    (4, sales.annul),
    (12, endings.take_in_lieu),
    (6, endings.redeem),
    (2, endings.redeem_while_suspended),
    (5, endings.give_back),
    (5, endings.release),
)
_WAITS: tuple[tuple[int, _Step], ...] = (
    (6, endings.suspend),
    (4, sales.win),
    (4, sales.pay),
)
_ON_THE_WAY: tuple[_Step, ...] = (
    corrections.late_cost,
    corrections.late_survey,
    corrections.cost_twice,
    corrections.failure_mistaken,
    corrections.late_cost,
    corrections.survey_of_another,
    corrections.late_survey,
    corrections.cost_mistyped,
    corrections.late_cost,
    corrections.reduction_mistyped,
    corrections.late_survey,
    corrections.steep_cut,
)
_EVERY = 200


def plan(draw: Draw, number: int) -> Plan:
    """Return the plan of a life; of every 200 some are set, so that what is rare occurs."""
    slot = number % _EVERY
    if slot % 9 == 0 and slot // 9 < len(_ON_THE_WAY):
        return _lingering(draw)._replace(correction=_ON_THE_WAY[slot // 9])
    if slot in _SET:
        return _SET[slot]
    return draw.weighted(_LOTS)(draw)


def _lingering(draw: Draw) -> Plan:
    return Plan(_UNTIL_THE_END, _days(draw.between(8, 28)), endings.linger)


def _fresh(draw: Draw) -> Plan:
    return Plan(_UNTIL_THE_END, draw.between(0, 150), endings.linger)


def _ended(draw: Draw) -> Plan:
    ending = draw.weighted(_EXITS)
    least = 2 if ending in {endings.take_in_lieu, endings.give_back} else 0
    failures = draw.skewed(least, 13)
    return Plan(failures, _days(failures) + draw.between(120, 1000), ending)


def _waiting(draw: Draw) -> Plan:
    failures = draw.skewed(0, 14)
    return Plan(failures, _days(failures) + draw.between(40, 65), draw.weighted(_WAITS))


def _days(failures: int) -> int:
    return _OPENING_DAYS + failures * _ROUND_DAYS


_LOTS = ((41, _lingering), (6, _fresh), (46, _ended), (7, _waiting))
_SET = {101: Plan(0, 300, endings.take_in_lieu), 103: Plan(2, 600, sales.annul_delivered)}
