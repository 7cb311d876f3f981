from datetime import UTC, date, datetime, timedelta, timezone

from auctions.domain.days import legal_day


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    assert legal_day(datetime(2025, 6, 30, 16, 59, 59, tzinfo=UTC)) == date(2025, 6, 30)
    assert legal_day(datetime(2025, 6, 30, 17, 0, 0, tzinfo=UTC)) == date(2025, 7, 1)


def test_the_zone_in_which_a_moment_is_told_changes_nothing() -> None:
    rome = timezone(timedelta(hours=2))
    assert legal_day(datetime(2025, 6, 30, 19, 0, tzinfo=rome)) == date(2025, 7, 1)
