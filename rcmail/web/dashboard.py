"""The first page: how things are, and what comes next."""

from datetime import date

from aiohttp import web

from rcmail import keys
from rcmail.clock import today
from rcmail.errors import DatabaseUnavailable
from rcmail.health.base import worst_first
from rcmail.web.templating import render

# Troubles of the machine shown here; the health page has them all.
_MOST = 3


async def page(request: web.Request) -> web.Response:
    """``GET /``. While the database does not answer, the page says so instead of the event."""
    problem = None
    try:
        settings = await request.app[keys.SETTINGS].read()
    except DatabaseUnavailable as error:
        settings = request.app[keys.SETTINGS].last_known
        problem = str(error)
    report = request.app[keys.MONITOR].latest
    return render(
        request,
        "dashboard.html",
        {
            "settings": settings,
            "problem": problem,
            "days": _days_until(settings.event_date),
            "is_past": settings.event_date is not None and settings.event_date < today(),
            "report": report,
            "troubles": [result for result in worst_first(report.facts) if result.is_trouble][:_MOST],
        },
    )


def _days_until(day: date | None) -> str:
    """How far away ``day`` is, in words; empty where there is none."""
    if day is None:
        return ""
    days = (day - today()).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days == 1 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
