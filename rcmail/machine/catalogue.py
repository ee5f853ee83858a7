"""The list of facts. Adding one is a file beside this one and a line in here; docs/operating.md has its remedy."""

from collections.abc import Awaitable, Callable
from functools import partial

from rcmail.db.pool import Database
from rcmail.machine import (
    backup,
    boot,
    clock,
    database,
    disk,
    llm,
    memory,
    power,
    release,
    storage,
    swap,
    temperature,
)
from rcmail.machine.base import Examination
from rcmail.machine.place import Place


def examinations(
    place: Place, server: Database, language_model: Callable[[], Awaitable[llm.Standing]]
) -> list[Examination]:
    """Everything there is to look at, in the order in which it is shown."""
    return [
        Examination("disk", "Disk space", partial(disk.look, place)),
        Examination("memory", "Memory", partial(memory.look, place)),
        Examination("ceilings", "Memory ceilings", partial(memory.look_at_ceilings, place)),
        Examination("temperature", "Processor", partial(temperature.look, place)),
        Examination("power", "Power supply", partial(power.look, place)),
        Examination("clock", "Clock", partial(clock.look, place)),
        Examination("uptime", "Switched on for", partial(boot.look, place)),
        Examination("shutdown", "Last shutdown", partial(boot.look_at_shutdown, place)),
        Examination("storage", "Storage", partial(storage.look, place)),
        Examination("swap", "Swap", partial(swap.look, place)),
        Examination("database", "Database", partial(database.look, server)),
        Examination("schema", "Database schema", partial(database.look_at_schema, server)),
        Examination("backup", "Last verified backup", partial(backup.look, place)),
        Examination("llm", "Language model", partial(llm.look, language_model)),
        Examination("release", "rcmail", partial(release.look, place)),
    ]


def of_this_process() -> list[Examination]:
    """What only the service itself can tell."""
    return [Examination("own_memory", "Memory of rcmail", release.look_at_memory)]
