"""A machine from a recorded tree: its files below a folder, and its answers to statvfs(3)."""

from pathlib import Path

from rcmail.machine.place import Place, Space

TREES = Path(__file__).parent.parent / "machine" / "trees"
BLOCK = 4096


class RecordedMachine(Place):
    """``tests/machine/trees/NAME.tree`` unpacked into ``root``, with the database where Debian has it."""

    def __init__(self, name: str, root: Path) -> None:
        super().__init__(root / "var/lib/rcmail", Path("/var/lib/postgresql"), root)
        self.root = root
        self.blocks = self.free_blocks = self.free_files = 0
        for line in (TREES / f"{name}.tree").read_text().splitlines():
            path, is_text, text = line.partition(" =")
            if line.startswith("#"):
                continue
            if path == "space":
                self.blocks, self.free_blocks, self.free_files = map(int, text.split())
            elif is_text:
                self.write(path, text.removeprefix(" ").replace("\\n", "\n").replace("\\t", "\t"))
            elif " -> " in line:
                path, _, target = line.partition(" -> ")
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).symlink_to(target)
            else:
                (root / line).mkdir(parents=True)

    def write(self, path: str, text: str | bytes) -> None:
        """Put something else into a file of the machine."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    def space(self, folder: Path) -> Space:  # noqa: ARG002
        return Space(self.free_blocks * BLOCK, self.blocks * BLOCK, self.free_files)
