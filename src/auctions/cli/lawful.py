"""What the law says of files: findings, what comes next, and the rules themselves."""

import sys
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer

from auctions.cli.common import Json, language, print_json, print_table
from auctions.cli.list_files import Csv, Out, Xlsx, form_of, write
from auctions.cli.pages import Answering, answering, rows
from auctions.cli.reading import shown
from auctions.cli.two_times import AsOf, KnownAt
from auctions.rules.rulebook import NO_END, Rule, rulebooks
from projections import findings as of_findings
from projections import log, past_actions
from projections import next_actions as of_actions
from projections.times import NOW
from projections.views_of_laws import rulebook_view

Office = Annotated[str | None, typer.Option(help="Only files of this office.")]
Limit = Annotated[int, typer.Option(min=0, help="At most so many; 0 is all.")]
_FINDING = ("asset_ref", "entry_no", "on", "rule", "article", "message", "asked", "allowed")
_RULE = ("rule", "limit", "unit", "article", "from", "to", "confidence", "effect", "says")
_ALL_FILES = 2**31
_ACTION = ("asset_ref", "action", "who", "due", "overdue", "rule")


def findings(
    rule: Annotated[
        str | None, typer.Option(help="Only this rule: FAIL-03 is the cap on reductions.")
    ] = None,
    office: Office = None,
    limit: Limit = 0,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
    xlsx: Xlsx = False,
    out: Out = None,
) -> None:
    """List the steps that broke a rule of their day: which entry, which article, what was asked and allowed.

    Findings are derived anew from the files and the rulebooks; nothing is judged for good.
    """
    form = form_of(json=json, csv=csv, xlsx=xlsx, out=out)
    with answering(("findings",), as_of, known_at) as answer:
        asked = of_findings.Filter(office=office, rule=rule, limit=limit, times=answer.times)
        if form:
            write(answer, "findings", form, of_findings.whole_query(asked, limit or None), out)
            return
        listed = rows(answer.reader, asked, of_findings.page_query, slice(3))
        found = [orjson.loads(row[-1]) for row in listed]
    said = "message_vi" if language() == "vi" else "message"
    items = [{name: each[said if name == "message" else name] for name in _FINDING} for each in found]
    columns = _FINDING[:4] + _FINDING[5:6]  # the message tells the rest
    if json:
        print_json(answer.head | {"items": items})
    else:
        title = f"Findings {answer.title}: {len(items):,}"
        print_table(title, columns, [[shown(name, item[name]) for name in columns] for item in items])


def next_(
    office: Office = None,
    officer: Annotated[str | None, typer.Option(help="Only files of this officer, by reference.")] = None,
    due_before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is due before this day.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what should have been done.")] = False,
    limit: Limit = 0,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    ical: Annotated[
        bool, typer.Option("--ical", help="Print rounds and deadlines as a calendar file.")
    ] = False,
) -> None:
    """List what must or may happen next in every open file: by whom, by which day, from which rule.

    What is due first comes first, so what is overdue leads. A debtor's or creditor's right that has lapsed is
    not overdue. --ical prints what `GET /v1/next-actions.ics` gives to a calendar.
    """
    with answering(("next_actions",), as_of, known_at) as answer:
        asked = of_actions.Filter(
            day=answer.day,
            office=office,
            officer=officer,
            due_before=due_before.date() if due_before else None,
            overdue=overdue,
            limit=limit,
            times=answer.times,
        )
        found = _actions(answer, asked, limit)
    told = [dict(zip(of_actions.ITEM, row, strict=False)) for row in found]
    items = [{name: each[name] for name in _ACTION} for each in told]
    if ical:
        from api.icalendar_file import icalendar_file  # noqa: PLC0415 - slow, and no other command needs it

        sys.stdout.buffer.write(icalendar_file(told, language()))
    elif json:
        print_json(answer.head | {"items": items})
    else:
        late = sum(item["overdue"] for item in items)
        title = f"Next {answer.title}: {len(items):,}, overdue {late:,}"
        print_table(title, _ACTION, [tuple(item.values()) for item in items])


def _actions(answer: Answering, asked: of_actions.Filter, limit: int) -> list[Any]:
    if asked.times == NOW:
        return list(rows(answer.reader, asked, of_actions.page_query, slice(len(of_actions.ITEM), None)))
    query, params = past_actions.past_query(asked, _ALL_FILES)
    found = answer.reader.execute(query.encode(), params, binary=True)
    law_of = log.laws(answer.reader, answer.head["known_at"])
    return past_actions.past_rows(found, law_of, replace(asked, limit=limit or _ALL_FILES), _ALL_FILES)


def rules(
    book: Annotated[str, typer.Argument(metavar="[BOOK]", help=f"One of {', '.join(rulebooks())}.")] = "vn",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only the rules in force on this day.")
    ] = None,
    json: Json = False,
) -> None:
    """List a rulebook: each rule with limit, article, dates and confidence; then what no file can decide."""
    if book not in rulebooks():
        raise typer.BadParameter(f"{book} is no rulebook: expected {', '.join(rulebooks())}")
    found, day = rulebooks()[book], on.date() if on else None
    if json:
        print_json(rulebook_view(found, day))
        return
    lines = [_rule_line(rule) for rule in found.in_force(day)]
    print_table(f"Rulebook {book}, version {found.version}", _RULE, lines)
    print_table("Not decided from files", ("rule", "because"), list(found.undecidable.items()))


def _rule_line(rule: Rule) -> tuple[object, ...]:
    limit = "; ".join(rule.limit) if isinstance(rule.limit, tuple) else str(rule.limit)
    says = (rule.vi if language() == "vi" else rule.en).format(limit=limit)
    dates = (rule.valid_from, rule.valid_to if rule.valid_to < NO_END else None)
    return (rule.key, limit, rule.unit, rule.article, *dates, rule.confidence, rule.effect, says)
