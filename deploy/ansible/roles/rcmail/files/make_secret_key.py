"""Make /etc/rcmail/credentials/SECRET_KEY, once: a power cut leaves all of it or nothing. It is not printed."""

import os
import pathlib
import secrets
import shutil
import sys

path = pathlib.Path(sys.argv[1])
fresh = path.parent / ".SECRET_KEY.new"
fresh.unlink(missing_ok=True)
with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w") as file:
    file.write(secrets.token_hex(32) + "\n")
    file.flush()
    os.fsync(file.fileno())
shutil.chown(fresh, "root", "rcmail")
fresh.rename(path)
