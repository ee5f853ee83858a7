"""Jinja2: set-up, and the one way pages are rendered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp_jinja2
import jinja2
import js_lib_htmx
from aiohttp import web

from rcmail import __version__, keys, paths
from rcmail.health import db
from rcmail.health.base import Group, ServiceStatus
from rcmail.health.monitor import Monitor
from rcmail.web.times import since

# htmx comes from a package with a locked hash: https://htmx.org/docs/#installing
HTMX_FOLDER: Final = Path(js_lib_htmx.__file__).parent / "static" / "htmx"
_ASSETS: Final = {
    "htmx.min.js": (HTMX_FOLDER, "/static/htmx/"),
    "rcmail.css": (paths.STATIC, "/static/"),
    "rcmail.js": (paths.STATIC, "/static/"),
    "mail.css": (paths.STATIC, "/static/"),
    "mail.js": (paths.STATIC, "/static/"),
    "icon.svg": (paths.STATIC, "/static/"),
}


@dataclass(frozen=True, slots=True)
class Outage:
    """What the notice of a database that does not answer tells."""

    detail: str
    since: str
    look: db.WhereToLook


def setup_templating(app: web.Application) -> None:
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(paths.TEMPLATES),
        autoescape=True,  # every template, whatever it is called
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        default_helpers=False,
    )
    environment.filters["asset"] = asset  # of a constant: it is looked up when the template is compiled
    # In place of Jinja's own, which none of ours needs: their names are gone through for each part of a page.
    environment.globals = {"version": __version__, "is_make_run": app[keys.CONFIG].is_make_run}


def asset(name: str) -> str:
    """The address of a static file, with its version: an upgrade is seen at once, and nothing is fetched twice."""
    folder, prefix = _ASSETS[name]
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
    return f"{prefix}{name}?v={digest}"


def render(request: web.Request, template: str, context: Mapping[str, Any]) -> web.Response:
    """The page, with what every page shows around it. Never waits: health is what is known already."""
    monitor = request.app[keys.MONITOR]
    monitor.look_again(Group.SERVICES)
    values = {
        "path": request.path,
        "host": request.host,
        "is_inside": keys.IS_INSIDE in request,
        "is_signed_in": keys.SESSION in request,
        "is_demonstration": request.app[keys.DEMONSTRATION].is_here,
        "alarms": [result.finding for result in monitor.latest.services if result.finding.alarm],
        "notices": [result.finding for result in monitor.latest.services if result.finding.notice],
        "outage": _outage(request, monitor),
        "since": _since(monitor),
        **context,
    }
    text = aiohttp_jinja2.get_env(request.app).get_template(template).render(values)
    return web.Response(text=text, content_type="text/html")


def _outage(request: web.Request, monitor: Monitor) -> Outage | None:
    database = monitor.latest.get(db.NAME)
    if database is None or database.status is ServiceStatus.OK or (began := monitor.since(db.NAME)) is None:
        return None
    return Outage(database.value, since(began), db.where_to_look(request.app[keys.CONFIG].postgres))


def _since(monitor: Monitor) -> dict[str, str]:
    """Since when what is unreachable is so, by the name of the check."""
    gone = (r.name for r in monitor.latest.services if r.finding.status is ServiceStatus.UNREACHABLE)
    return {name: since(began) for name in gone if (began := monitor.since(name))}
