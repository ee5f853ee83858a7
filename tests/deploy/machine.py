"""A Debian with systemd, booted in a container: bare at first, reached like a Pi, by ssh with a user who may sudo.

mmdebstrap makes the file system (kept in a cache), systemd-nspawn boots it. It shares this machine's network, so
every port here is a free one. All of this is for tests: nothing of it is known to the playbook.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

SUITE = os.environ.get("DEPLOY_SUITE", "trixie")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rcmail-deploy"
# What a Raspberry Pi OS Lite or a Debian from its installer has, and a minimal Debian has not.
PACKAGES = (
    "systemd,systemd-sysv,dbus,libpam-systemd,python3,python3-apt,sudo,openssh-server,"
    "iproute2,procps,ca-certificates,curl"
)
USER = "pi"
_BOOT_SECONDS = 180
_MAKING = threading.Lock()  # the machines are made side by side
# Control groups of its own: two containers that share the caller's see each other's units as theirs.
_JOIN_GROUPS = """
for root in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
    if [ -e "$root/cgroup.procs" ]; then mkdir -p "$root/$1" && echo $$ > "$root/$1/cgroup.procs"; fi
done
shift
exec "$@"
"""


def lasting_port() -> int:
    """A port that is still free after a power cut: below those that the kernel hands out meanwhile."""
    while True:
        port = random.randrange(15_000, 30_000)
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                continue
        return port


def root_file_system() -> Path:
    """The bare system of this suite, made once."""
    made = CACHE / f"{SUITE}-3"
    with _MAKING:
        if not made.exists():
            partial = made.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            CACHE.mkdir(parents=True, exist_ok=True)
            # dpkg waits for the disk with each file; a power cut here ends processes, and what they wrote stays.
            options = ["--variant=minbase", f"--include={PACKAGES}", "--dpkgopt=force-unsafe-io"]
            subprocess.run(["mmdebstrap", "--quiet", *options, SUITE, partial], check=True)
            partial.rename(made)
    return made


class Machine:
    """One container. ``folder`` holds its file system, its keys and what it printed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.name = name
        self.ssh_port = lasting_port()
        self.key = folder / "id_ed25519"
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        subprocess.run(["cp", "-a", "--reflink=auto", root_file_system(), self.root], check=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
        self.run_inside("useradd", "--create-home", "--shell", "/bin/bash", USER)
        home = self.root / "home" / USER / ".ssh"
        home.mkdir(mode=0o700)
        shutil.copy(self.key.with_suffix(".pub"), home / "authorized_keys")
        self.run_inside("chown", "-R", f"{USER}:", f"/home/{USER}/.ssh")
        self._write("etc/sudoers.d/pi", f"{USER} ALL=(ALL) NOPASSWD: ALL\n", 0o440)
        self._write("etc/ssh/sshd_config.d/test.conf", f"Port {self.ssh_port}\nListenAddress 127.0.0.1\n")
        self._write("etc/hostname", f"{self.name}\n")
        self._write("etc/hosts", f"127.0.1.1 {self.name}\n{Path('/etc/hosts').read_text()}")
        # systemd-nspawn's containers wait for a network that is there already.
        (self.root / "etc/systemd/system/systemd-networkd-wait-online.service").symlink_to("/dev/null")
        self._borrow_network()

    def _borrow_network(self) -> None:
        """The way this machine reaches Debian's packages and Python's, whatever it is."""
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", self.root / "etc/ssl/certs/ca-certificates.crt")
        sources = self.root / "etc/apt/sources.list"
        sources.write_text("".join(line for line in sources.read_text().splitlines(True) if "cdrom" not in line))
        pip = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
        ).stdout
        wanted = ("global.index-url", "global.extra-index-url", "global.cert", "global.proxy", ":env:.index-url")
        lines = []
        for line in pip.splitlines():
            name, _, value = line.partition("=")
            if name in wanted and "file:" not in value:
                lines.append(f"{name.rpartition('.')[2]} = {value.strip(chr(39))}\n")
        self._write("etc/pip.conf", "[global]\ndisable-pip-version-check = true\n" + "".join(lines))

    def boot(self) -> None:
        """Return when systemd has come up and sshd answers."""
        with (self.folder / "console").open("ab") as console:
            self._process = subprocess.Popen(
                [
                    "sh", "-c", _JOIN_GROUPS, "sh", f"rcmail-deploy-{os.getpid()}-{self.name}",
                    "systemd-nspawn", "--quiet", "--directory", self.root, "--boot", "--register=no",
                    "--keep-unit",
                    "--resolv-conf=off", "--timezone=off", "--link-journal=no", f"--machine={self.name}",
                ],
                stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + _BOOT_SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, f"it ended: {self.console}"
            state = self.ssh("systemctl is-system-running", check=False).stdout.strip()
            if state in ("running", "degraded"):
                return
            time.sleep(0.3)
        raise AssertionError(f"it did not come up: {self.console}")

    def cut_power(self) -> None:
        """Every process is gone at once; what was written to the file system stays."""
        assert self._process is not None
        pid = self._process.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            # The init of a PID namespace takes all of it along.
            os.kill(int(child), signal.SIGKILL)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def shut_down(self) -> None:
        """As “sudo poweroff” does: systemd stops everything in its order."""
        assert self._process is not None
        self.ssh("systemctl poweroff", check=False)
        self._process.wait(120)
        self._process = None

    def destroy(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.cut_power()
        shutil.rmtree(self.root, ignore_errors=True)

    @property
    def console(self) -> str:
        return (self.folder / "console").read_text("utf-8", "replace")[-3000:]

    @property
    def ssh_options(self) -> list[str]:
        return [
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            "-o", "ConnectTimeout=5", "-i", str(self.key),
        ]  # fmt: skip

    def ssh(self, command: str, *, check: bool = True, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a shell command as root."""
        done = subprocess.run(
            ["ssh", *self.ssh_options, "-p", str(self.ssh_port), f"{USER}@127.0.0.1", "sudo", "-n", "bash", "-s"],
            input=command, capture_output=True, text=True, errors="replace", timeout=timeout, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done

    def run_inside(self, *command: str) -> None:
        """Run a command in the file system while it is not booted."""
        subprocess.run(["chroot", self.root, *command], check=True)

    def _write(self, path: str, text: str, mode: int = 0o644) -> None:
        file = self.root / path
        file.write_text(text)
        file.chmod(mode)
