"""Legal days are counted in Vietnam, whatever the machine's own time zone."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07:00")


def legal_day(moment: datetime) -> date:
    """Return the day in Asia/Ho_Chi_Minh (UTC+7, no summer time) on which the aware `moment` falls."""
    return moment.astimezone(VIETNAM).date()
