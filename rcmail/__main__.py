"""``python -m rcmail`` is the command ``rcmail``."""

import sys

from rcmail.cli import main

sys.exit(main())
