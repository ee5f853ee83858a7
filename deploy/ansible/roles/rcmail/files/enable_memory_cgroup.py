"""Add cgroup_enable=memory to the kernel's command line: one line stays one, the old one is kept beside it."""

import os
import pathlib
import shutil
import sys

WANTED = ("cgroup_enable=memory", "cgroup_memory=1")  # the second for kernels before 6.1

path = pathlib.Path(sys.argv[1])
before = path.read_text("utf-8")
words = before.split()
if not words:
    sys.exit(f"{path} is empty; the Pi would not start from what is written there now")
kept = [word for word in words if word != "cgroup_disable=memory"]
after = " ".join([*kept, *(word for word in WANTED if word not in kept)])
if words == after.split():
    print("unchanged")
    sys.exit(0)
backup = path.with_name("cmdline.txt.before-rcmail")
if not backup.exists():
    shutil.copyfile(path, backup)
fresh = path.with_name("cmdline.txt.new")
with fresh.open("w", encoding="utf-8") as file:
    file.write(after + "\n")
    file.flush()
    os.fsync(file.fileno())
fresh.rename(path)
os.sync()  # the boot partition is FAT, and what it holds starts the Pi
print("changed")
