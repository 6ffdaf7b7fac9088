"""Check the films of some seeds, and print what was found; the exit status is 1 if one is not clean."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from softmax_explained.stage.design.layout import FRAMES
from sweep.checked import ANY, LANGUAGES, Outcome, Trial, check
from sweep.lessons import as_toml, drawn
from sweep.report import report


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="sweep", description=__doc__)
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="all by default")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED", help="the first seed")
    parser.add_argument("--count", type=int, default=12, help="how many seeds")
    parser.add_argument("--frame", default="wide", choices=(*FRAMES, ANY))
    parser.add_argument("--lang", default="en", choices=(*LANGUAGES, ANY))
    parser.add_argument("--limit", type=float, default=900.0, metavar="SECONDS", help="of one check")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="keep outcomes, and skip those kept there"
    )
    parser.add_argument("--print", dest="only_print", action="store_true", help="print the lessons instead")
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.count)
    if given.only_print:
        for seed in seeds:
            print(f"# seed {seed}\n{as_toml(drawn(seed))}")
        return 0
    kept = _kept(given.record)
    outcomes = []
    for trial in (Trial.of(seed, given.frame, given.lang) for seed in seeds):
        outcome = kept.get(trial) or check(trial, given.chapters, given.limit)
        if given.record and trial not in kept:
            with given.record.open("a", encoding="utf-8") as file:
                file.write(f"{outcome.as_json()}\n")
        outcomes.append(outcome)
        print(outcome, flush=True)
    print(*report(outcomes), sep="\n")
    return int(any(outcome.found for outcome in outcomes))


def _kept(record: Path | None) -> dict[Trial, Outcome]:
    if record is None or not record.exists():
        return {}
    kept = map(Outcome.of_json, record.read_text("utf-8").splitlines())
    return {outcome.trial: outcome for outcome in kept}


if __name__ == "__main__":
    sys.exit(main())
