"""Measure the film: ``make bench``, or ``PYTHONPATH=tests .venv/bin/python -m bench --help``."""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from bench.film import ROOT, Film
from bench.machine import code, machine
from bench.page import with_tables
from bench.record import Record, today
from bench.steps import ROUNDS, USUAL, Step, steps
from bench.table import table
from softmax_explained.errors import SoftmaxExplainedError, UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production

WORK = ROOT / "out" / "bench"
"""Films rendered for the measurement. Can be deleted at any time; --resume renders again what it needs."""


def main(arguments: list[str]) -> int:
    """Measure, write bench.json and the tables of docs/benchmark.md; the exit code."""
    try:
        _measure(_asked(arguments))
    except SoftmaxExplainedError as error:
        _say(str(error))
        return 2
    except KeyboardInterrupt:
        _say("interrupted; continue with --resume")
        return 130
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench", description="Compare rendering the silent film with plain Manim."
    )
    parser.add_argument("--chapters", nargs="+", default=[], metavar="CHAPTER", help="measure only these")
    parser.add_argument("--qualities", nargs="+", choices=tuple(ROUNDS), default=list(USUAL))
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds at every quality, instead of 3 and 1")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "bench.json", metavar="FILE", help="where to save the results"
    )
    parser.add_argument("--resume", action="store_true", help="measure only what is not in the file yet")
    parser.add_argument(
        "--print", action="store_true", help="print the tables instead of writing them to docs/benchmark.md"
    )
    return parser.parse_args(arguments)


def _measure(asked: argparse.Namespace) -> None:
    if asked.rounds is not None and asked.rounds < 1:
        raise UsageError(f"--rounds {asked.rounds}", hint="a whole number from 1")
    chapters = Production(FILM, chapters=tuple(asked.chapters)).shown
    told: dict[str, Any] = {
        "date": today(),
        "machine": machine(),
        "code": code(),
        "chapters": list(chapters),
        "whole": chapters == FILM.chapters,
        "rounds": {quality: asked.rounds or ROUNDS[quality] for quality in asked.qualities},
    }
    if asked.resume:
        record = Record.read(asked.out)
        record.goes_on_with(told)
    else:
        record = Record(asked.out, told)
        shutil.rmtree(WORK, ignore_errors=True)
    for room in ("src", "scenes", "assets"):  # compile now, so that the first render is not slower
        compileall.compile_dir(ROOT / room, quiet=1)
    films = [Film(chapters, quality, WORK / quality) for quality in asked.qualities]
    run_steps(record, list(steps((film, told["rounds"][film.quality]) for film in films)))
    found = table(record)
    if asked.print:
        print(found)
    else:
        page = ROOT / "docs" / "benchmark.md"
        page.write_text(with_tables(page.read_text("utf-8"), found), "utf-8")


def run_steps(record: Record, todo: list[Step]) -> None:
    """Take the measurements that are missing, and report progress."""
    left = [step for step in todo if step.name not in record.steps]
    begun, total = time.monotonic(), sum(step.weight for step in left)
    done = 0.0
    for number, step in enumerate(left, len(todo) - len(left) + 1):
        passed = time.monotonic() - begun
        guess = f", about {passed / done * (total - done) / 60:.0f} min left" if done else ""
        _say(f"[{number}/{len(todo)}] {step.name}{guess}")
        found = step.run()
        record.put(step.name, found)
        done += step.weight
        _say(f"    {_short(found)}")


def _short(found: dict[str, Any]) -> str:
    """The result of a step in one line."""
    others = found.get("others", 0.0)
    busy = "  (other processes were busy)" if others > max(0.05 * found.get("wall", 0.0), 1.0) else ""
    numbers = {key: value for key, value in found.items() if isinstance(value, int | float)}
    return "  ".join(f"{key} {value:.6g}" for key, value in numbers.items()) + busy


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
