"""Try the mutations of the table; the exit status is 1 if one survives that the table does not explain."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from mutation import run, table


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="files whose path contains this")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every N-th mutation")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="mutations at a time")
    given = parser.parse_args()
    chosen = [mutation for mutation in table.MUTATIONS if given.only in mutation.file][:: given.sample]
    if not chosen:
        parser.error(f"no mutation of a file whose path contains {given.only!r}")
    wrong = caught = 0
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        try:
            for outcome in run.outcomes(chosen, Path(folder), given.jobs):
                print(outcome, flush=True)
                caught += bool(outcome.caught_by)
                wrong += not outcome.as_expected
        except RuntimeError as error:
            parser.exit(1, f"{error}\n")
    print(f"{len(chosen)} mutations, {caught} caught, {wrong} not as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
