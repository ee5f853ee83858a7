"""A machine made up as a Raspberry Pi with Ollama, whose power fails again and again while it is installed."""

import hashlib
import io
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.deploy.conftest import Host

CMDLINE = "console=serial0,115200 root=PARTUUID=1234-02 rootfstype=ext4 cgroup_disable=memory rootwait quiet"

# Stands for the program in Ollama's archive: the part of its interface that rcmail and the playbook use.
OLLAMA = """#!/usr/bin/python3
import http.server, json, os, pathlib, sys
models = pathlib.Path("/var/lib/ollama/models.json")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/api/version":
            return self._answer({"version": "0.13.3"})
        names = json.loads(models.read_text()) if models.exists() else []
        self._answer({"models": [{"name": name} for name in names]})
    def do_POST(self):
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["name"]
        models.write_text(json.dumps([name + ":latest"]))
        self._answer({"status": "success"})
    def _answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
if sys.argv[1] == "serve":
    host, port = os.environ["OLLAMA_HOST"].split(":")
    http.server.HTTPServer((host, int(port)), Handler).serve_forever()
if sys.argv[1] == "pull":
    import urllib.request
    body = json.dumps({"name": sys.argv[2]}).encode()
    urllib.request.urlopen("http://127.0.0.1:11434/api/pull", data=body, timeout=10)
"""


def ollama_archive(folder: Path) -> Path:
    archive = folder / "ollama.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("bin/ollama")
        member.size, member.mode = len(OLLAMA.encode()), 0o755
        tar.addfile(member, io.BytesIO(OLLAMA.encode()))
    return archive


def deploy(host: "Host", folder: Path) -> None:
    """Install rcmail on it, with Ollama from an archive in ``folder``."""
    archive = ollama_archive(folder)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    host.machine.ssh(f"""
        mkdir -p /boot/firmware && printf '%s\\n' '{CMDLINE}' > /boot/firmware/cmdline.txt
        echo cpuset cpu io pids > /root/controllers
    """)
    host.variables |= {
        "rcmail_cgroup_controllers": "/root/controllers",
        "rcmail_ollama_enabled": True,
        "ollama_archive": str(archive),
        "ollama_sha256": {"amd64": digest, "arm64": digest},
        "ollama_model": "tinyllama",
    }
    root = host.machine.root
    for task, under_way in (
        ("Install PostgreSQL", lambda: any((root / "usr/lib/postgresql").glob("*/bin"))),
        ("Install the locked wheels", lambda: any((root / "opt/rcmail/releases").glob("*/lib/*/*/jinja2"))),
        ("Restart the service with it", lambda: True),
    ):
        host.cut_power_during(task, under_way)
    play = host.play()
    assert play.returncode == 0, play.output[-6000:]
    assert "is switched on in /boot/firmware/cmdline.txt, from the next start on" in " ".join(play.output.split())
