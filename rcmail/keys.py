"""What the application and its requests carry, each under a typed key."""

import aiohttp
from aiohttp import web

from rcmail.config import Config
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.door.house import Door
from rcmail.drafting.review import Review
from rcmail.health.connections import ConnectionTests
from rcmail.health.monitor import Monitor
from rcmail.health.timing import Timing
from rcmail.jobs.queue import Queue
from rcmail.llm.current import CurrentLLM
from rcmail.log.logbook import Logbook
from rcmail.machine.place import Place
from rcmail.mail.demonstration import Demonstration
from rcmail.mail.forgotten import Away
from rcmail.settings.store import SettingsStore

CONFIG = web.AppKey("CONFIG", Config)
DATABASE = web.AppKey("DATABASE", Database)
SETTINGS = web.AppKey("SETTINGS", SettingsStore)
REVIEW = web.AppKey("REVIEW", Review)
QUEUE = web.AppKey("QUEUE", Queue)
AWAY = web.AppKey("AWAY", Away)
DEMONSTRATION = web.AppKey("DEMONSTRATION", Demonstration)
DOOR = web.AppKey("DOOR", Door)
CLIENT = web.AppKey("CLIENT", aiohttp.ClientSession)
PLACE = web.AppKey("PLACE", Place)
CONNECTION = web.AppKey("CONNECTION", Connection)
LLM = web.AppKey("LLM", CurrentLLM)
MONITOR = web.AppKey("MONITOR", Monitor)
LOGBOOK = web.AppKey("LOGBOOK", Logbook)
CONNECTION_TESTS = web.AppKey("CONNECTION_TESTS", ConnectionTests)
TIMING = web.AppKey("TIMING", Timing)

IS_INSIDE = web.RequestKey("IS_INSIDE", bool)
"""Whether who asks may see everything."""
SESSION = web.RequestKey("SESSION", int)
"""The number of the session that a request belongs to, where there is one."""
