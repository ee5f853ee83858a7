"""A café that imported its Takeout and connects Gmail later: nothing doubled, and its drafts go into Gmail."""

from datetime import timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import pytest

from rcmail import worker
from rcmail.client import make_http_client
from rcmail.clock import today
from rcmail.config import GmailConfig, PostgresConfig
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.drafting import push
from rcmail.drafting.material import signature
from rcmail.jobs.here import do_here
from rcmail.log.redaction import Secret
from rcmail.mail import syncing
from rcmail.settings.store import SettingsStore
from tests.gmail.emulate import GROUP, Mail
from tests.gmail.google import Google
from tests.mail.letters import TODAY, recent
from tests.mail.room import AWAY, bring_in
from tests.support import make_config

APPROVED = """
INSERT INTO drafts (conversation, state, text, made_text, newest, facts, origin)
SELECT conversation, 'approved', 'Kom gerust langs.', 'Kom gerust langs.', id, %s, 'facts' FROM messages
"""


@pytest.mark.timeout(120)
async def test_a_draft_for_mail_that_came_as_a_file_goes_into_its_thread_in_gmail(
    google: Google, database: Database, database_config: PostgresConfig, tmp_path: Path
) -> None:
    settings = SettingsStore(database)
    await settings.save({"group_addresses": GROUP, "drafts_by_themselves": "no"})
    raw = recent(3, to=GROUP, Message_ID="<1@example.com>")
    await bring_in(database, tmp_path, raw, own=GROUP)
    google.seed([Mail(raw, thread="thread-1", received=TODAY - timedelta(days=3))])
    places = google.places
    gmail = GmailConfig(
        Secret(google.client_id),
        Secret(google.client_secret),
        Secret(google.refresh_token()),
        *(places.api, places.consent, places.token, places.revoke),
    )
    async with make_http_client() as http:
        connection = Connection(database, http, make_config(database_config, gmail=gmail))
        sync = partial(worker.sync, database, AWAY, connection)
        write = partial(worker.push_drafts, database, tmp_path, connection)
        job = await do_here(database, syncing.KIND, {}, sync)
        assert (job.numbers["new"], job.numbers["known"]) == (0, 1)
        await database.execute(APPROVED, (signature(await settings.read(), today()),))
        await do_here(database, push.KIND, {}, write)
        assert not (tmp_path / "drafts").exists()
        [draft] = google.emulate.drafts()
        assert draft["message"]["threadId"] == "thread-1"
        mail = message_from_bytes(draft["message"]["raw"], policy=policy.default)
        assert mail["In-Reply-To"] == "<1@example.com>"
        google.emulate.send_by_hand(draft["id"])
        assert (await do_here(database, syncing.KIND, {}, sync)).numbers["new"] == 1
    [row] = await database.fetch(
        "SELECT drafts.state, conversations.state AS conversation FROM drafts, conversations"
    )
    assert (row.state, row.conversation) == ("sent", "answered")
