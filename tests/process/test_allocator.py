"""What a served request costs beside its work: the memory that its socket is read into."""

import http.client
from pathlib import Path

from tests.support import serving


def minor_faults(pid: int) -> int:
    """Pages that the kernel has given it: the tenth field of proc_pid_stat(5), behind a name in brackets."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[7])


def test_a_request_takes_no_memory_from_the_system_and_gives_none_back(
    service_env: dict[str, str], folder: Path
) -> None:
    # By itself glibc does so only where the heap happens to end near; told of one threshold alone, always.
    with serving(folder, service_env | {"MALLOC_MMAP_THRESHOLD_": str(512 * 1024)}) as service:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)

        def ask(times: int) -> None:
            for _ in range(times):
                connection.request("GET", "/health/live")
                assert connection.getresponse().read() == b'{"status": "alive"}'

        ask(200)  # what is made once
        before = minor_faults(service.pid)
        ask(1000)
        taken = minor_faults(service.pid) - before
        connection.close()
    assert taken < 200
