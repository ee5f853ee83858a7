"""A real llama.cpp server, a process of its own: MODEL PORT CONTEXT, and after how many idle seconds it sleeps."""

import sys
import threading

from xllamacpp import CommonParams, Server


def main(model: str, port: str, context: str, sleep: str = "-1") -> None:
    params = CommonParams()
    params.model.path = model
    params.port = int(port)
    params.hostnames = ["127.0.0.1"]
    params.n_ctx = int(context)
    params.n_parallel = 1
    # As docs/operating.md advises: after so many tokens of a question it notices that nobody listens any more.
    params.n_batch = params.n_ubatch = 128
    # With two on a shared processor they wait for each other: a tenth of the speed.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    params.offline = True
    params.cache_ram_mib = 0
    params.sleep_idle_seconds = int(sleep)
    server = Server(params)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
