"""What the author of a mail newly wrote in it: by the marks that programs leave, and by what earlier messages say.

When unsure, text is kept: a quotation too many is read past, the author's words are not found again.
"""

from collections.abc import Sequence

from rcmail.mail.newtext.footers import drop_banner, drop_footers
from rcmail.mail.newtext.forms import message_of
from rcmail.mail.newtext.history import HISTORY, drop_history
from rcmail.mail.newtext.known import drop_known, drop_recurring
from rcmail.mail.newtext.lines import Lines, folded
from rcmail.mail.newtext.runon import parts


def new_text(text: str, earlier: Sequence[str] = (), own: Sequence[str] = ()) -> str:
    """What the author newly wrote, with greeting, closing and name, without quotations, forwards and footers.

    ``text`` is a mail's whole plain text (LF at line ends, 100 kB); ``earlier`` the whole texts of the messages
    before it in the conversation, oldest first; ``own`` those of the same sender's other mails, for a signature
    that recurs. The result's lines are the text's, in their order; where a conversion or a form put something else
    on a line, the author's part of it. It is empty for a mail that is but a forwarded or a quoted one.
    """
    lines = [part for line in text.split("\n") for part in parts(line)]
    mail = _author(message_of(lines) or lines, earlier, own)
    if mail.segments() or mail.is_forward:
        return mail.left()
    # Nothing is left: unless it stands in an earlier message, only what announced history goes.
    unannounced = [line for line, is_gone in zip(mail.texts, mail.announced, strict=True) if not is_gone]
    mail = _author(unannounced, earlier, own)
    if mail.segments() or mail.share(0, len(mail)) >= HISTORY:
        return mail.left()
    return folded(unannounced)


def _author(lines: list[str], earlier: Sequence[str], own: Sequence[str]) -> Lines:
    mail = Lines(lines, earlier)
    drop_banner(mail)
    drop_history(mail)
    drop_footers(mail)
    drop_known(mail)
    drop_footers(mail)  # those of the author, which stood above history
    drop_recurring(mail, own)
    return mail
