"""Everything rcmail raises on purpose.

An exception's docstring is its default message. Every message is fit for a person who is not to
learn anything secret: it may stand on a page, in ``/health`` and in a terminal.
"""

import inspect


class RcmailError(Exception):
    """Something went wrong in rcmail."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or inspect.getdoc(type(self)))


class ConfigError(RcmailError):
    """The configuration cannot be used.

    ``problems`` maps the name of each faulty variable to a sentence that never holds its value.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name} {what}" for name, what in problems.items()))
        self.problems = problems


class Unconfigured(RcmailError):
    """Not set up yet."""


class Unreachable(RcmailError):
    """Does not answer."""


class DatabaseUnavailable(Unreachable):
    """The database does not answer."""


class DatabaseRefused(DatabaseUnavailable):
    """The database refuses this service, and trying again would not change that."""


class DatabaseDamaged(DatabaseRefused):
    """A table of rcmail is missing, or not as rcmail made it."""


class OutcomeUnknown(DatabaseUnavailable):
    """The database went away while it was saving: it may be saved, or not."""


class MigrationError(RcmailError):
    """The database schema could not be brought up to date."""


class SchemaTooNew(MigrationError):
    """The database schema is newer than this version of rcmail."""


class BackupError(RcmailError):
    """The backup could not be made, or not be used."""


class LLMUnreachable(Unreachable):
    """The language model does not answer."""


class NothingListens(LLMUnreachable):
    """Connection refused."""


class WrongServer(LLMUnreachable):
    """Something answers at the address of the language model, but it is something else."""


class LLMLoading(LLMUnreachable):
    """It answers, but is still loading its model; that may take some minutes."""


class LLMMissing(LLMUnreachable):
    """The model is not there."""


class LLMOutside(LLMUnreachable):
    """The language model is outside of this house, and nobody has said that visitors’ mail may go there."""


class LLMFailed(LLMUnreachable):
    """The language model gave up before the end."""


class LLMBusy(LLMFailed):
    """The language model is writing for others, and takes no more questions now."""


class LLMTooSlow(LLMUnreachable):
    """The language model did not come to an end in time."""


class PromptTooLong(RcmailError):
    """What the language model is asked is longer than it can take.

    ``tokens`` is its length and ``context`` how many there is room for, both None where that is not told.
    """

    def __init__(self, tokens: int | None = None, context: int | None = None) -> None:
        super().__init__("what the language model is asked is longer than it can take")
        self.tokens = tokens
        self.context = context


class MailboxUnavailable(Unreachable):
    """The mailbox cannot be reached, or not be read."""


class MailboxDisconnected(MailboxUnavailable):
    """The mailbox lets rcmail in no longer: connect it again on the configuration page."""


class MailboxScopeMissing(MailboxUnavailable):
    """A permission was not given: connect the mailbox again, and leave every box ticked."""


class MailboxWrongClient(MailboxUnavailable):
    """The provider does not know rcmail: check the client’s id and secret, there and here."""


class MailboxBusy(MailboxUnavailable):
    """The mailbox asks rcmail to wait; ``wait`` is for how many seconds."""

    def __init__(self, message: str | None = None, wait: float = 60.0) -> None:
        super().__init__(message or "the mailbox asks rcmail to wait")
        self.wait = wait


class MessageUnreadable(MailboxUnavailable):
    """The mailbox answers, but does not give this message; perhaps it does the next time."""


class DraftRefused(MailboxUnavailable):
    """The mailbox does not take this draft; it may take others."""


class MessageGone(RcmailError):
    """The message is no longer in the mailbox."""


class ConsentFailed(RcmailError):
    """The mailbox was not connected."""


class MailIsHere(RcmailError):
    """There is mail already, or some is being brought in: invented mail never lies among it."""


class NoSuchConversation(RcmailError):
    """There is no such conversation; perhaps it was removed."""


class NobodyToForget(RcmailError):
    """There is nobody to forget in this conversation."""


class DecidedSince(RcmailError):
    """Nothing was undone: it was undone already, or somebody has decided something else since."""


class NoteChanged(RcmailError):
    """Somebody else has changed the note in the meantime; ``stored`` is what it says now."""

    def __init__(self, stored: str) -> None:
        super().__init__()
        self.stored = stored


class NoSuchDraft(RcmailError):
    """There is no draft in this conversation."""


class DraftChanged(RcmailError):
    """Nothing was saved: somebody else has changed this draft in the meantime."""


class DraftStale(DraftChanged):
    """Nothing was decided: since you saw this draft a newer mail has come, or the facts have changed."""


class DraftSent(DraftChanged):
    """Nothing was saved: the answer was sent in the meantime."""


class WrongPassword(RcmailError):
    """This is not the password."""


class TooManyTries(RcmailError):
    """Too many wrong passwords were tried; ``seconds`` later the next one may be."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class PasswordNotSet(RcmailError):
    """No password is set yet."""


class PasswordIsSet(RcmailError):
    """A password is set already."""


class ListenError(RcmailError):
    """The web server could not open its port."""


class EmbeddedDatabaseError(RcmailError):
    """The embedded PostgreSQL could not be started."""


class EmbeddedDatabaseInUse(EmbeddedDatabaseError):
    """Another rcmail runs on this embedded PostgreSQL."""


class Retry(RcmailError):
    """This did not work now and may work later.

    ``wait`` in seconds until the job is tried again; None lets the wait grow from one attempt to the next.
    """

    def __init__(self, message: str | None = None, wait: float | None = None) -> None:
        super().__init__(message or "This did not work now; it is tried again.")
        self.wait = wait


class JobCrashed(RcmailError):
    """A mistake in rcmail kept the job from being done."""


class JobStopped(RcmailError):
    """The job was stopped."""


class JobLost(RcmailError):
    """The job was given to another worker: this one was silent for too long."""


class ChildFailed(RcmailError):
    """The child process did not get through with it.

    The message is one of ours and tells nothing of what the child was given.
    """


class InvalidSettings(RcmailError):
    """Some settings are not valid.

    ``problems`` maps the key of each faulty setting to a sentence about what to type instead.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


class SettingsConflict(RcmailError):
    """Somebody else has changed the same settings in the meantime.

    ``stored`` maps the key of each to the value that is stored now, empty where it was removed.
    """

    def __init__(self, stored: dict[str, str]) -> None:
        super().__init__()
        self.stored = stored
