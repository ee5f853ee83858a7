"""Every address there is."""

from aiohttp import web

from rcmail import paths
from rcmail.web import config, dashboard, demo, devices, door, health, logs, mailbox, run, similar, timing, upload
from rcmail.web.mail import deciding, drafts, forgetting, pages, programs, pushing, reviewing
from rcmail.web.templating import HTMX_FOLDER


def setup_routes(app: web.Application) -> None:
    app.add_routes(
        [
            web.get("/", dashboard.page),
            web.get("/health", health.health),
            web.get("/health/fragment", health.fragment),
            web.get("/health/notices", health.notices),
            web.get("/health/live", health.live),
            web.get("/health/ready", health.ready),
            web.get("/config", config.show),
            web.post("/config", config.save),
            web.get("/config/models", config.models),
            web.post("/config/test/{service}", config.test),
            web.post("/config/mailbox", mailbox.connect),
            web.post("/config/mailbox/finish", mailbox.finish),
            web.post("/config/mailbox/disconnect", mailbox.disconnect),
            web.get("/config/timing", timing.show),
            web.post("/config/timing", timing.start),
            web.delete("/config/timing", timing.stop),
            web.post("/config/timing/look", timing.look),
            web.post("/config/timing/stop", timing.stop),
            web.get("/mail", pages.many),
            web.get("/mail/sync", run.show),
            web.post("/mail/sync", run.begin),
            web.delete("/mail/sync", run.stop),
            web.post("/mail/import", upload.upload),
            web.post("/mail/sync/stop", run.stop_form),
            web.get("/mail/drafts/sync", pushing.show),
            web.post("/mail/drafts/sync", pushing.begin),
            web.delete("/mail/drafts/sync", pushing.stop),
            web.post("/mail/drafts/sync/stop", pushing.stop_form),
            web.post("/mail/demonstration", demo.load),
            web.post("/mail/demonstration/remove", demo.remove),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}", pages.one),
            web.put(r"/mail/{id:[1-9][0-9]{0,17}}", programs.change),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/decide", deciding.decide),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/forget", forgetting.show),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/forget", forgetting.do),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/person.mbox", forgetting.mbox),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/person.txt", forgetting.text),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/similar", similar.similar),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/unhelpful", similar.unhelpful),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/draft", drafts.show),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/draft", drafts.make),
            web.put(r"/mail/{id:[1-9][0-9]{0,17}}/draft", drafts.change),
            web.get(r"/mail/{id:[1-9][0-9]{0,17}}/draft.eml", pushing.eml),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/draft/edit", reviewing.edit),
            web.post(r"/mail/{id:[1-9][0-9]{0,17}}/draft/make", reviewing.make),
            web.get("/logs", logs.page),
            web.get("/logs/new", logs.news),
            web.get("/sign-in", door.sign_in_page),
            web.post("/sign-in", door.sign_in),
            web.get("/set-up", door.set_up_page),
            web.post("/set-up", door.set_up),
            web.get("/door", devices.page),
            web.post("/door/password", devices.change_password),
            web.post("/door/sign-out", devices.sign_out),
            web.static("/static/htmx", HTMX_FOLDER),
            web.static("/static", paths.STATIC),
        ]
    )
