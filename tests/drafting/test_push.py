"""Approved drafts in the mailbox: each once, whenever the worker dies, and none over somebody's change."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.drafting import folder, push, pushes
from rcmail.errors import (
    DraftRefused,
    JobStopped,
    MailboxBusy,
    MailboxDisconnected,
    MailboxUnavailable,
    Unconfigured,
)
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.mail.decisions import decide
from rcmail.mail.mime.parse import Mail, parse
from rcmail.mailbox.base import DEMONSTRATION, FILE, DraftBox, DraftState, StoredDraft
from rcmail.mailbox.drafts import FileDrafts
from tests.answers.room import asked
from tests.drafting.kept import PHRASE, TOASTER, Given, Room, waiting
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

BIKES = "De rem van mijn fiets piept. Doen jullie dat?"


class Killed(BaseException):
    """What a ``kill -9`` looks like from inside: nothing that comes after it is done."""


class Drafts:
    """The job, and the folder that it writes to."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.folder = room.folder / "drafts"
        self.box: DraftBox = FileDrafts(self.folder)
        self.boxes: push.Boxes | None = None
        """Where it is not this one alone."""
        self.job = 0

    async def sync(self) -> list[tuple[str, str | None]]:
        """Do the job; what it says of each draft."""

        async def handler(job: Job) -> None:
            self.job = job.id
            await push.push_all(self.room.database, self.boxes or Given(file=self.box), job)

        await do_here(self.room.database, push.KIND, {}, handler)
        return [(row.state, row.reason) for row in await pushes.results(self.room.database, self.job)]

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.exists() else []

    def mail(self) -> Mail:
        [path] = self.files
        return parse(path.read_bytes())

    async def approve(self, text: str | None = None, words: str = PHRASE) -> str:
        changes = {"text": text} if text else {}
        await self.room.save(await self.room.draft(words), words, state="approved", **changes)
        return (await self.room.draft(words)).text


@pytest.fixture
async def drafts(room: Room) -> Drafts:
    """With a draft that is ready."""
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    return Drafts(room)


async def test_what_is_approved_is_written_and_nothing_else(drafts: Drafts) -> None:
    assert await drafts.sync() == []
    assert drafts.files == []
    text = await drafts.approve()
    assert await drafts.sync() == [("pushed", None)]
    mail = drafts.mail()
    assert mail.text.startswith(f"{text}\n\nOp ")
    assert "> Onze broodrooster springt niet op." in mail.text
    [message] = await drafts.room.database.fetch(
        "SELECT message_id, visitor_address FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    assert [each.address for each in mail.to] == [message.visitor_address]
    assert (mail.from_.address, mail.subject, mail.in_reply_to) == (GROUP, "Re: vraag", message.message_id)
    assert (await drafts.room.draft()).state == "pushed"


async def test_a_second_run_writes_nothing(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    before = drafts.files[0].stat()
    assert await drafts.sync() == []
    assert drafts.files[0].stat() == before


async def test_approved_again_it_is_replaced_under_the_same_names(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    first = drafts.mail()
    await drafts.approve("Kom gerust langs.")
    assert (await drafts.room.draft()).state == "approved"
    assert await drafts.sync() == [("pushed", None)]
    second = drafts.mail()
    assert second.text.startswith("Kom gerust langs.\n")
    assert (second.message_id, second.date) == (first.message_id, first.date)


async def test_what_somebody_changed_in_the_mailbox_stays_and_is_told(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    theirs = drafts.files[0].read_bytes().replace(b"X-Unsent: 1", b"X-Unsent: 0")
    drafts.files[0].write_bytes(theirs)
    [(state, reason)] = await drafts.sync()
    assert (state, reason) == ("edited", "somebody has changed it in the mailbox, and it stays as it is there")
    await drafts.approve("Kom gerust langs.")
    assert [state for state, _ in await drafts.sync()] == ["edited"]
    assert [path.read_bytes() for path in drafts.files] == [theirs]
    assert (await drafts.room.draft()).state == "ready"
    await drafts.approve()
    drafts.files[0].unlink()
    assert await drafts.sync() == [("pushed", None)]


async def test_what_was_removed_there_stays_away_until_it_is_approved_once_more(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    drafts.files[0].unlink()
    assert [state for state, _ in await drafts.sync()] == ["gone"]
    assert await drafts.sync() == []
    await drafts.approve("Kom gerust langs.")
    assert await drafts.sync() == [("pushed", None)]
    assert len(drafts.files) == 1


async def test_removed_between_two_approvals_it_is_told_first(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    await drafts.approve("Kom gerust langs.")
    drafts.files[0].unlink()
    assert [state for state, _ in await drafts.sync()] == ["gone"]
    assert await drafts.sync() == []
    assert drafts.files == []
    assert (await drafts.room.draft()).state == "ready"
    await drafts.approve()
    assert await drafts.sync() == [("pushed", None)]


async def test_a_stale_one_is_not_written_but_told(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.room.settings.save({"event_location": "Molenlaan 5"})
    assert await drafts.sync() == [("stale", "the facts have changed since it was approved: look at it again")]
    assert drafts.files == []
    await drafts.approve()
    assert await drafts.sync() == [("pushed", None)]


async def test_a_newer_mail_makes_it_stale(drafts: Drafts) -> None:
    await drafts.approve()
    [row] = await drafts.room.database.fetch(
        "SELECT message_id, from_address FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    newer = letter(row.from_address, text="Laat maar, is gelukt!", day=21, In_Reply_To=row.message_id)
    await bring_in(drafts.room.database, drafts.room.folder, newer)
    assert [state for state, _ in await drafts.sync()] == ["stale"]
    assert drafts.files == []


async def test_a_mail_that_was_late_makes_it_stale_too(drafts: Drafts) -> None:
    """Written before the one that is answered, by a clock that was wrong or on a slow way, and seen by nobody."""
    await drafts.approve()
    [row] = await drafts.room.database.fetch(
        "SELECT message_id, from_address FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    late = letter(row.from_address, text="En mijn fiets, mag die mee?", day=19, References=row.message_id)
    await bring_in(drafts.room.database, drafts.room.folder, late)
    assert [state for state, _ in await drafts.sync()] == ["stale"]
    assert drafts.files == []


async def test_a_newer_mail_to_one_that_lies_in_the_mailbox_is_told(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    before = drafts.files[0].read_bytes()
    [row] = await drafts.room.database.fetch(
        "SELECT message_id, from_address FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    newer = letter(row.from_address, text="Kan ik ook mijn lamp meenemen?", day=21, In_Reply_To=row.message_id)
    await bring_in(drafts.room.database, drafts.room.folder, newer)
    [(state, reason)] = await drafts.sync()
    assert state == "stale"
    assert "a newer mail has come since it was written" in str(reason)
    assert drafts.files[0].read_bytes() == before


async def test_moved_within_the_folder_it_is_still_there(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.sync()
    drafts.files[0].rename(drafts.folder / "anna.eml")
    assert await drafts.sync() == []
    await drafts.approve("Kom gerust langs.")
    assert await drafts.sync() == [("pushed", None)]
    assert [path.name for path in drafts.files] == ["anna.eml"]


async def test_what_a_volunteer_closed_since_is_not_written(drafts: Drafts) -> None:
    await drafts.approve()
    await decide(drafts.room.database, await drafts.room.conversation(), state="closed")
    assert await drafts.sync() == []
    assert drafts.files == []
    assert await pushes.count(drafts.room.database) == 0


async def test_where_nobody_can_be_answered_it_says_so(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.room.database.execute("UPDATE messages SET visitor_address = NULL")
    [(state, reason)] = await drafts.sync()
    assert (state, reason) == ("failed", "the mail has no address that an answer could go to")


async def test_it_never_goes_to_the_group_itself(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.room.database.execute("UPDATE messages SET visitor_address = %s", (GROUP.upper(),))
    assert [state for state, _ in await drafts.sync()] == ["failed"]
    assert drafts.files == []


async def test_a_mailbox_without_a_place_for_drafts_is_told(drafts: Drafts) -> None:
    await drafts.approve()
    await drafts.room.database.execute("UPDATE accounts SET provider = 'carrier pigeon'")
    assert [state for state, _ in await drafts.sync()] == ["failed"]


async def test_a_folder_that_cannot_be_written_fails_that_draft_and_the_next_run_writes_it(drafts: Drafts) -> None:
    await drafts.approve()
    drafts.folder.write_text("a file")
    [(state, reason)] = await drafts.sync()
    assert state == "failed"
    assert "folder of the drafts" in str(reason)
    drafts.folder.unlink()
    assert await drafts.sync() == [("pushed", None)]


async def envelope_of(room: Room, *mails: bytes) -> Mail:
    """The mail of the draft in the one conversation of these mails."""
    await room.bring_in(list(mails))
    [row] = await room.database.fetch("SELECT min(id) AS id FROM conversations")
    drafts = Drafts(room)
    await room.make_all()
    await room.database.execute("UPDATE drafts SET state = 'approved', text = 'Kom gerust.'")
    assert row.id
    assert await drafts.sync() == [("pushed", None)]
    return drafts.mail()


QUESTION = "Kan ik zaterdag komen? Onze broodrooster springt niet op."


async def test_it_is_from_the_address_that_the_visitor_wrote_to(room: Room) -> None:
    await room.settings.save({"group_addresses": f"{GROUP}, info@example.org"})
    mail = await envelope_of(room, letter(to="Repair <INFO@example.org>", text=QUESTION))
    assert mail.from_.address == "info@example.org"


async def test_it_goes_where_reply_to_says(room: Room) -> None:
    mail = await envelope_of(room, letter(text=QUESTION, Reply_To="Anna <anna@home.example>"))
    assert [each.address for each in mail.to] == ["anna@home.example"]


async def test_of_a_form_it_goes_to_whom_the_form_names(room: Room) -> None:
    form = f"Naam: Anna de Vries\nE-mail: anna@home.example\nBericht:\n{QUESTION}\nMail ook bert@evil.example."
    mail = await envelope_of(room, letter("WordPress <wordpress@example.org>", text=form, subject="Formulier"))
    assert [(each.name, each.address) for each in mail.to] == [("Anna de Vries", "anna@home.example")]


async def test_it_answers_the_newest_mail_and_quotes_those_before_it_too(room: Room) -> None:
    anna = "Anna <anna@example.com>"
    mail = await envelope_of(
        room,
        letter(anna, text=QUESTION, day=1, Message_ID="<1@x>"),
        letter(anna, text="O ja, het is een Philips.", day=2, Message_ID="<2@x>", In_Reply_To="<1@x>"),
    )
    assert mail.in_reply_to == "<2@x>"
    assert mail.references == ("<1@x>", "<2@x>")
    assert mail.text.index("> O ja, het is een Philips.") < mail.text.index("> Kan ik zaterdag komen?")


async def test_of_two_who_share_a_thread_one_gets_nothing_of_the_other(room: Room) -> None:
    bert, text = "Bert <bert@example.net>", "Doen jullie ook fietsen?"
    first = letter(text=f"{QUESTION} Groet, Anna", day=1, Message_ID="<1@x>", Cc=bert)
    await room.bring_in([first, letter(bert, text=text, day=2, Message_ID="<2@x>", In_Reply_To="<1@x>")])
    await room.make_all()
    draft = await room.draft()
    assert draft.text.startswith("Beste Bert,")
    assert "shared" in [each.kind for each in draft.warnings], "it answers both"
    mail = await envelope_of(room)
    assert [(each.name, each.address) for each in mail.to] == [("Bert", "bert@example.net")]
    assert text in mail.text
    assert "Anna" not in mail.text
    assert QUESTION not in mail.text


STEPS = ("find", "create", "create, before", "written", "result")


class DyingBox:
    """A box whose user is killed: ``at`` one of STEPS, in the call that is the ``turn``-th of its kind."""

    def __init__(self, box: DraftBox, at: str) -> None:
        self._box, self._at = box, at

    def digest(self, content: bytes) -> str:
        return self._box.digest(content)

    async def find(self, message_id: str) -> StoredDraft | None:
        self._die("find")
        return await self._box.find(message_id)

    async def create(self, content: bytes, thread: str | None) -> StoredDraft:
        self._die("create, before")
        found = await self._box.create(content, thread)
        self._die("create")
        return found

    async def replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        self._die("replace, before")
        found = await self._box.replace(draft, content)
        self._die("replace")
        return found

    async def state(self, draft: StoredDraft) -> DraftState:
        return await self._box.state(draft)

    def _die(self, at: str) -> None:
        if at == self._at:
            raise Killed


async def killed(drafts: Drafts, at: str) -> None:
    """A run that is killed there; its job is never ended."""
    whole = drafts.box
    drafts.box = DyingBox(whole, at)
    with pytest.raises(BaseException):  # noqa: B017 - whatever the queue makes of it
        await drafts.sync()
    drafts.box = whole


@pytest.mark.parametrize("at", ["find", "create, before", "create"])
@pytest.mark.parametrize("edited", [False, True])
async def test_killed_anywhere_there_is_one_draft_with_the_last_text(
    drafts: Drafts, at: str, edited: bool
) -> None:
    text = await drafts.approve()
    await killed(drafts, at)
    if edited:  # before the next run
        text = await drafts.approve("Kom gerust langs.")
    assert await drafts.sync() == [("pushed", None)]
    assert drafts.mail().text.startswith(text)
    assert (await drafts.room.draft()).state == "pushed"


@pytest.mark.parametrize("at", ["find", "replace, before", "replace"])
async def test_killed_while_it_replaces_there_is_one_draft_with_the_last_text(drafts: Drafts, at: str) -> None:
    await drafts.approve()
    await drafts.sync()
    await drafts.approve("Kom gerust langs.")
    await killed(drafts, at)
    await drafts.approve("Kom zaterdag langs.")
    assert await drafts.sync() == [("pushed", None)]
    assert drafts.mail().text.startswith("Kom zaterdag langs.")


async def test_changed_in_the_mailbox_after_the_kill_it_is_left_alone(drafts: Drafts) -> None:
    await drafts.approve()
    await killed(drafts, "create")
    theirs = drafts.files[0].read_bytes() + b"PS\r\n"
    drafts.files[0].write_bytes(theirs)
    assert [state for state, _ in await drafts.sync()] == ["edited"]
    assert [path.read_bytes() for path in drafts.files] == [theirs]


class EditingBox(DyingBox):
    """While it writes, a volunteer does ``what``."""

    def __init__(self, box: DraftBox, what: Callable[[], Any]) -> None:
        super().__init__(box, "")
        self._what = what

    async def create(self, content: bytes, thread: str | None) -> StoredDraft:
        found = await super().create(content, thread)
        await self._what()
        return found


async def test_edited_while_it_is_written_it_is_not_taken_for_written(drafts: Drafts) -> None:
    text = await drafts.approve()
    whole = drafts.box
    drafts.box = EditingBox(whole, partial(drafts.room.save, await drafts.room.draft(), text="Toch anders."))
    await drafts.sync()
    drafts.box = whole
    assert (await drafts.room.draft()).state == "ready"
    assert drafts.mail().text.startswith(text)
    await drafts.approve()
    assert await drafts.sync() == [("pushed", None)]
    assert drafts.mail().text.startswith("Toch anders.")


async def test_stopped_it_goes_on_with_the_rest_the_next_time(room: Room) -> None:
    await room.settings.save({"group_addresses": GROUP})
    mails = [asked(f"Onze lamp nummer {number} doet het niet. Is dat iets?", day=number) for number in range(4)]
    await room.bring_in(TOASTER, *mails)
    await room.make_all()
    await room.database.execute("UPDATE drafts SET state = 'approved', text = 'Kom gerust.'")
    drafts = Drafts(room)

    async def handler(job: Job) -> None:
        class StoppingBox(DyingBox):
            async def create(self, content: bytes, thread: str | None) -> StoredDraft:
                job.stop_wanted.set()
                return await super().create(content, thread)

        await push.push_all(room.database, Given(file=StoppingBox(drafts.box, "")), job)

    with pytest.raises(JobStopped):
        await do_here(room.database, push.KIND, {}, handler)
    assert len(drafts.files) == 1
    assert len(await drafts.sync()) == 3
    assert len(drafts.files) == 4


async def test_what_is_approved_while_it_runs_is_written_too(drafts: Drafts) -> None:
    await drafts.approve()
    whole = drafts.box

    async def approve_another() -> None:
        await drafts.approve("Toch anders.")

    drafts.box = EditingBox(whole, approve_another)
    assert await drafts.sync() == [("pushed", None)]
    assert drafts.mail().text.startswith("Toch anders.")
    assert (await drafts.room.draft()).state == "pushed"


async def test_no_log_has_anything_of_a_letter(drafts: Drafts, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    text = await drafts.approve("Kom gerust, Quispelturf.")
    await drafts.sync()
    sent = letter(GROUP, drafts.mail().to[0].address, text, subject="Re: vraag", day=30)
    await bring_in(drafts.room.database, drafts.room.folder, sent)
    drafts.files[0].unlink()
    await drafts.sync()
    assert {"drafts_pushed", "drafts_sent"} <= {record.message for record in caplog.records}
    said = repr([vars(record) for record in caplog.records])
    assert not [word for word in ("Quispelturf", PHRASE, "@example", "vraag") if word in said]


async def test_drafts_of_invented_mail_lie_apart_and_go_with_it(database: Database, tmp_path: Path) -> None:
    boxes = folder.Boxes(tmp_path)
    content = b"Message-ID: <1@x>\r\nX-Rcmail-Draft: 0123456789abcdef\r\n\r\nhello\r\n"
    for provider in (FILE, DEMONSTRATION):
        box = await boxes.get(provider)
        assert box is not None
        await box.create(content, None)
    await folder.sweep(database, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.eml")] == [
        "drafts/0123456789abcdef.eml"
    ]


LAMP = "Onze lamp knippert steeds. Kan die mee?"
LAMP_PHRASE = "knippert steeds"


class Failing(DyingBox):
    """A mailbox elsewhere. ``faults`` are raised by what is asked next, one after the other."""

    def __init__(self, box: DraftBox) -> None:
        super().__init__(box, "")
        self.faults: list[Exception] = []
        self.asked = 0

    def _fail(self) -> None:
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)

    async def find(self, message_id: str) -> StoredDraft | None:
        self._fail()
        return await super().find(message_id)

    async def state(self, draft: StoredDraft) -> DraftState:
        self._fail()
        return await super().state(draft)


@pytest.fixture
async def elsewhere(drafts: Drafts, tmp_path: Path) -> Failing:
    """Two questions came from Gmail, one as a file; all are approved."""
    room = drafts.room
    await room.bring_in(waiting(BIKES, day=21), waiting(LAMP, day=22))
    await room.make_all()
    for words in (PHRASE, "piept", LAMP_PHRASE):
        await drafts.approve("Kom gerust langs.", words)
    await move(room.database, PHRASE, "piept")
    box = Failing(FileDrafts(tmp_path / "gmail"))
    drafts.boxes = Given(file=drafts.box, gmail=box)
    return box


async def move(database: Database, *phrases: str) -> None:
    """What came as a file is found in Gmail."""
    await database.execute("INSERT INTO accounts (provider, address) VALUES ('gmail', %s)", (GROUP,))
    for phrase in phrases:
        await database.execute(
            "UPDATE messages SET thread = 'aa1', account = (SELECT id FROM accounts WHERE provider = 'gmail')"
            " WHERE new_text LIKE %s",
            (f"%{phrase}%",),
        )


def in_gmail(drafts: Drafts) -> int:
    return len(list((drafts.folder.parent / "gmail").glob("*.eml")))


@pytest.mark.parametrize(
    "error",
    [MailboxDisconnected("revoked"), MailboxUnavailable("no way there"), MailboxBusy("wait", 9)],
)
async def test_a_mailbox_that_is_away_is_asked_once_and_the_others_get_their_drafts(
    drafts: Drafts, elsewhere: Failing, error: MailboxUnavailable
) -> None:
    elsewhere.faults = [error]
    with pytest.raises(type(error), match=str(error)):
        await drafts.sync()
    assert elsewhere.asked == 1
    assert [row.state for row in await pushes.results(drafts.room.database, drafts.job)] == ["pushed"]
    assert await drafts.sync() == [("pushed", None)] * 2
    assert (len(drafts.files), in_gmail(drafts)) == (1, 2)


async def test_where_the_mailbox_is_not_connected_any_more_the_run_says_so_once(
    drafts: Drafts, elsewhere: Failing
) -> None:
    drafts.boxes = Given(file=drafts.box, gmail=Unconfigured("no mailbox is connected"))
    with pytest.raises(Unconfigured, match="no mailbox is connected"):
        await drafts.sync()
    assert [row.state for row in await pushes.results(drafts.room.database, drafts.job)] == ["pushed"]
    assert elsewhere.asked == 0


async def test_one_that_is_refused_is_told_and_the_others_are_written(drafts: Drafts, elsewhere: Failing) -> None:
    elsewhere.faults = [DraftRefused("Gmail does not take this one")]
    found = await drafts.sync()
    assert sorted(found) == [("failed", "Gmail does not take this one"), ("pushed", None), ("pushed", None)]


async def test_a_mailbox_that_is_away_says_nothing_of_what_lies_there(drafts: Drafts, elsewhere: Failing) -> None:
    await drafts.sync()
    elsewhere.faults = [MailboxUnavailable("no way there")]
    asked = elsewhere.asked
    with pytest.raises(MailboxUnavailable):
        await drafts.sync()
    assert elsewhere.asked == asked + 1
    assert (await drafts.room.draft()).state == "pushed"
    assert await drafts.sync() == []


async def test_what_lies_in_the_folder_is_looked_for_there_also_where_its_mail_is_found_in_gmail(
    drafts: Drafts, tmp_path: Path
) -> None:
    await drafts.approve()
    await drafts.sync()
    await move(drafts.room.database, PHRASE)
    drafts.boxes = Given(file=drafts.box, gmail=FileDrafts(tmp_path / "gmail"))
    assert await drafts.sync() == []
    assert (await drafts.room.draft()).state == "pushed"
    await drafts.approve("Kom gerust langs.")
    assert await drafts.sync() == [("pushed", None)]
    assert in_gmail(drafts) == 1
    assert await drafts.sync() == []
    drafts.files[0].unlink()
    assert await drafts.sync() == []


class Renaming:
    """A mailbox that gives a draft another Message-ID where somebody edits it, as Gmail's own page does."""

    def __init__(self) -> None:
        self.drafts: dict[str, bytes] = {}
        self.is_slow = False
        """It finds nothing, what lies there neither: not yet."""

    def digest(self, content: bytes) -> str:
        return str(hash(content))

    async def find(self, message_id: str) -> StoredDraft | None:
        there = (key for key, content in self.drafts.items() if message_id.encode() in content)
        key = None if self.is_slow else next(there, None)
        return StoredDraft(key, self.digest(self.drafts[key])) if key else None

    async def create(self, content: bytes, _thread: str | None) -> StoredDraft:
        key = f"r-{len(self.drafts)}"
        self.drafts[key] = content
        return StoredDraft(key, self.digest(content))

    async def replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        self.drafts[draft.key] = content
        return StoredDraft(draft.key, self.digest(content))

    async def state(self, draft: StoredDraft) -> DraftState:
        if draft.key not in self.drafts:
            return DraftState.GONE
        return DraftState.THERE if self.digest(self.drafts[draft.key]) == draft.digest else DraftState.EDITED


async def test_edited_under_another_message_id_it_is_left_alone_and_no_second_one_is_written(
    drafts: Drafts,
) -> None:
    drafts.box = box = Renaming()
    await drafts.approve()
    await drafts.sync()
    box.drafts["r-0"] = b"Message-ID: <of@gmail>\r\n\r\nKom maar niet."
    for text in ("Kom gerust langs.", "Kom gerust."):
        await drafts.approve(text)
        assert [state for state, _ in await drafts.sync()] == ["edited"]
    assert box.drafts == {"r-0": b"Message-ID: <of@gmail>\r\n\r\nKom maar niet."}


async def test_one_that_is_not_found_yet_but_lies_there_is_replaced(drafts: Drafts) -> None:
    drafts.box = box = Renaming()
    await drafts.approve()
    await drafts.sync()
    box.is_slow = True
    await drafts.approve("Kom gerust langs.")
    assert await drafts.sync() == [("pushed", None)]
    [content] = box.drafts.values()
    assert b"Kom gerust langs." in content
    await drafts.room.database.execute("UPDATE pushes SET writing = digest, digest = 'as it was before'")
    await drafts.approve("Kom gerust.")
    assert await drafts.sync() == [("pushed", None)], "killed before it noted what it had written"
    assert len(box.drafts) == 1
