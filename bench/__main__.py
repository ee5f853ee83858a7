"""``python -m bench``, what ``make bench`` runs: measures, prints Markdown, and says which bound is missed."""

import argparse
import json
import sys
from pathlib import Path

from bench import machine, report, wrk
from bench.house import house
from bench.measure import FULL, QUICK, TINY, everything
from rcmail.errors import RcmailError


def main() -> int:
    """0: every bound of SPEC.md §10 is met; 1: one is missed; 2: it could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into docs/figures.md")
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--quick", action="store_const", const=QUICK, dest="plan", help="one round: about a minute"
    )
    length.add_argument("--tiny", action="store_const", const=TINY, dest="plan", help="only whether it runs")
    options = parser.parse_args()
    try:
        wrk.require()
        figures = {"machine": machine.describe()}
        with house() as built:
            figures |= everything(built, options.plan or FULL, lambda what: print(f"… {what}", file=sys.stderr))
    except (wrk.WrkError, RcmailError, RuntimeError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    text = report.markdown(figures)
    print(text)
    if options.update:
        options.update.write_text(report.put_into(options.update.read_text(), text))
    if missed := report.missed(figures):
        print(f"bench: missed: {'; '.join(missed)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
