"""Let commands share one cache; the exit status is 1 if something is not as it is without the others."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from soak.shared_cache import SharedCache


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="begin no round after so many")
    given = parser.parse_args()
    until, wrong, rounds = time.monotonic() + 60 * given.minutes, 0, 0
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        shared = SharedCache(Path(folder))
        while time.monotonic() < until:
            found = shared.round(rounds)
            rounds, wrong = rounds + 1, wrong + len(found)
            print(f"round {rounds}: {'; '.join(found) or 'as ever'}", flush=True)
    print(f"{rounds} rounds, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
