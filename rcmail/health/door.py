"""Is the door shut? What the operator has to know of the password, and of who else could read it."""

from functools import partial
from typing import Final

from rcmail.config import Config
from rcmail.door.password import Password
from rcmail.health.base import Check, Finding, Verdict, not_here

NAME: Final = "door"


def check(config: Config, password: Password) -> Check:
    """Whether a password is asked for, and set; and over what it travels."""
    return Check(NAME, "The door", partial(_look, config, password))


async def _look(config: Config, password: Password) -> Finding:
    if not config.password_required:
        return not_here("no password is asked for (PASSWORD_REQUIRED): only this machine itself reaches the pages")
    command = ".venv/bin/rcmail password" if config.is_make_run else "sudo rcmail password"
    if not await password.is_set():
        return Finding(
            "no password is set yet: nobody can use the pages",
            Verdict.WARNING,
            f"open rcmail in a browser, which asks for the code from the log, or run `{command}`",
        )
    if config.is_local:
        return Finding("a password is set; only this machine reaches the port")
    return Finding(
        "a password is set; in an open Wi-Fi others can read it where the address begins with http://",
        advice="docs/operating.md has a recipe for HTTPS",
    )
