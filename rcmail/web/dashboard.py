"""The first page: who waits, what was brought in last, and what comes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.clock import today
from rcmail.errors import DatabaseUnavailable
from rcmail.health.base import worst_first
from rcmail.mail.overview import LastRun, Overview, overview
from rcmail.web.run import GOES_ON, is_connected
from rcmail.web.templating import render
from rcmail.web.times import ago

# Troubles of the machine shown here; the health page has them all.
_MOST = 3
_SENT_AS: Final = {
    "unchanged": "as rcmail made them",
    "lightly edited": "lightly edited",
    "rewritten": "rewritten",
}


async def page(request: web.Request) -> web.Response:
    """``GET /``. While the database does not answer, the page says so instead of who waits."""
    problem = None
    mail = Overview()
    try:
        settings, mail = await overview(request.app[keys.SETTINGS])
        request.app[keys.DEMONSTRATION].is_here = mail.is_demonstration
    except DatabaseUnavailable as error:
        settings = request.app[keys.SETTINGS].last_known
        problem = str(error)
    event = settings.next_event(today())
    # Of a group that has no next one yet, the last.
    is_past = event is None and bool(settings.event_dates)
    event = settings.event_dates[-1] if is_past else event
    report = request.app[keys.MONITOR].latest
    context: dict[str, Any] = {
        "settings": settings,
        "problem": problem,
        "mail": mail,
        "last_run": _told(mail.run) if mail.run else "",
        "is_connected": is_connected(request),
        "is_syncing": mail.run is not None and mail.run.state in GOES_ON,
        "sent": _sent(mail.sent),
        "ago": ago,
        "event": event,
        "days": _days_until(event),
        "is_past": is_past,
        "report": report,
        "troubles": worst_first(tuple(result for result in report.facts if result.is_trouble))[:_MOST],
    }
    return render(request, "dashboard.html", context)


def _told(run: LastRun) -> str:
    """The newest sync or import in a sentence."""
    if run.state in GOES_ON:
        return f"The {run.kind} goes on: {run.new} new so far."
    how = {"stopped": " was stopped", "failed": " failed"}.get(run.state, "")
    unreadable = f", {run.failed} unreadable" if run.failed else ""
    return f"The last {run.kind}{how}{' was' if not how else ''} {ago(run.at)}: {run.new} new{unreadable}."


def _sent(sent: Mapping[str, int]) -> str:
    """What became of the drafts that were sent; empty where none was."""
    shares = [f"{sent[name]} {words}" for name, words in _SENT_AS.items() if sent.get(name)]
    return f"Drafts that you sent lately: {', '.join(shares)}." if shares else ""


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
