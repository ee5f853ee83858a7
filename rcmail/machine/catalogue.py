"""The list of facts. Adding one is a file beside this one and a line in here; docs/operating.md has its remedy."""

from functools import partial

from rcmail.db.pool import Database
from rcmail.health.base import Check
from rcmail.machine import (
    backup,
    boot,
    clock,
    database,
    disk,
    memory,
    power,
    release,
    storage,
    swap,
    temperature,
    worker,
)
from rcmail.machine.place import Place


def facts(place: Place, server: Database, patience: float = 0) -> list[Check]:
    """Everything there is to look at, in the order in which it is shown.

    ``patience`` in seconds for what starts later than who looks.
    """
    return [
        Check("worker", "Worker", worker.looking(server, place, patience)),
        Check("disk", "Disk space", partial(disk.look, place)),
        Check("memory", "Memory", partial(memory.look, place)),
        Check("ceilings", "Memory ceilings", partial(memory.look_at_ceilings, place)),
        Check("temperature", "Processor", partial(temperature.look, place)),
        Check("power", "Power supply", partial(power.look, place)),
        Check("clock", "Clock", partial(clock.look, place)),
        Check("uptime", "Switched on for", partial(boot.look, place)),
        Check("shutdown", "Last shutdown", partial(boot.look_at_shutdown, place)),
        Check("storage", "Storage", partial(storage.look, place)),
        Check("swap", "Swap", partial(swap.look, place)),
        Check("database", "PostgreSQL", partial(database.look, server)),
        Check("schema", "Database schema", partial(database.look_at_schema, server, place)),
        Check("backup", "Last verified backup", partial(backup.look, place)),
        Check("release", "rcmail", partial(release.look, place)),
    ]


def of_this_process() -> list[Check]:
    """What only the service itself can tell."""
    return [Check("own_memory", "Memory of rcmail", release.look_at_memory)]
