"""A rule that an entry does not keep, and how that is told."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from auctions.domain.asset.words import choice
from auctions.domain.errors import Refused
from auctions.rules.articles import in_words
from auctions.rules.rulebook import Rule

Bound = Literal["at_least", "at_most", "first", "last", "one_of"]


class Breach(NamedTuple):
    """A limit that an entry does not keep: what was asked and what is allowed, in dong, times, words or days.

    `tolerated` tells that the rule's tolerance covers it: a note for the reader, no finding.
    """

    rule: Rule
    asked: int | str
    allowed: int | str
    tolerated: bool = False


class Unlawful(Refused):
    """A decision that the law of its day does not allow.

    `details` hold rule, article, asked and allowed of the first breach, and `breaches` has those of all.
    """

    def __init__(self, breaches: Sequence[Breach]) -> None:
        """Say which rules, and what they allow."""
        self.breaches = breaches
        told = [
            {
                "rule": breach.rule.id,
                "article": breach.rule.article,
                "asked": breach.asked,
                "allowed": breach.allowed,
            }
            for breach in breaches
        ]
        super().__init__(
            "unlawful",
            "; ".join(f"{each.rule.id}: {message(each)}" for each in breaches),
            **told[0],
            breaches=told,
        )


_BOUNDS = {
    "en": {"at_least": "at least", "at_most": "at most", "first": "from", "last": "by", "one_of": "one of"},
    "vi": {
        "at_least": "ít nhất",
        "at_most": "nhiều nhất",
        "first": "từ",
        "last": "chậm nhất",
        "one_of": "một trong",
    },
}


def message(breach: Breach, language: str = "en") -> str:
    """Return a breach in words: the rule with its article, what was asked and what is allowed."""
    rule = breach.rule
    text = (rule.vi if language == "vi" else rule.en).format(limit=rule.limit)
    asked, allowed = _shown(rule, breach.asked, language), _shown(rule, breach.allowed, language)
    if len(rule.one_of or ()) != 1:
        allowed = f"{_BOUNDS[language][bound(breach)]} {allowed}"
    if language == "vi":
        return f"{text} ({in_words(rule.article, language)}); đã ghi {asked}, được phép {allowed}"
    return f"{text} ({rule.article}); asked {asked}, allowed {allowed}"


def bound(breach: Breach) -> Bound:
    """Return in which way a breach's rule bounds what an entry states."""
    rule = breach.rule
    if rule.one_of:
        return "one_of"
    if rule.measures == "days":
        return "last" if rule.at_most is not None or rule.asked == "since" else "first"
    # who reduces a price states what remains of it
    highest = (rule.at_most is not None) is not (rule.measures == "cut")
    return "at_most" if highest else "at_least"


def _shown(rule: Rule, value: int | str, language: str) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", "." if language == "vi" else ",")
    if rule.one_of:
        return "; ".join(choice(rule.measures, word, language) for word in value.split("; "))
    return f"{date.fromisoformat(value):%d/%m/%Y}" if language == "vi" else value
