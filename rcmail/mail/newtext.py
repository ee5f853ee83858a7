"""What the author of a mail newly wrote in it: by the marks that mail programs leave, and by what earlier messages say.

When unsure, text is kept: a quotation too many is read past, the author's words are not found again.
"""

from collections.abc import Sequence
from typing import Final

from rcmail.mail.footers import drop_footers
from rcmail.mail.forms import message_of
from rcmail.mail.history import HISTORY, drop_history
from rcmail.mail.known import drop_known_tail, drop_recurring
from rcmail.mail.lines import Lines, folded

TEXT_VERSION: Final = 1  # stored with each mail: a better parser raises it, and mails are parsed anew


def new_text(text: str, earlier: Sequence[str] = (), own: Sequence[str] = ()) -> str:
    """What the author newly wrote, greeting, closing and name among it, without quotations, forwards and footers.

    ``text`` is a mail's whole plain text (LF at line ends, 100 kB); ``earlier`` the whole texts of the messages before it
    in the conversation, oldest first; ``own`` those of the same sender's other mails, for the signature that recurs.
    The result's lines are the text's, in their order; only a form's “Message:” is cut off the line it begins. It is
    empty for a mail that is but a forwarded or an earlier one.
    """
    lines = text.split("\n")
    mail = Lines(message_of(lines) or lines, earlier)
    drop_history(mail)
    drop_footers(mail)
    drop_known_tail(mail)
    drop_footers(mail)
    drop_recurring(mail, own)
    if mail.segments() or mail.is_forward or mail.share(0, len(mail)) >= HISTORY:
        return mail.left()
    return folded(lines)
