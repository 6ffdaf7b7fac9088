"""Two renders, a batch and stills at the same time, with one cache."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from softmax_explained.studio.output.staging_dir import PREFIX

COURSE = """\
title = "A course"
out = "{out}"
lessons = ["cat-dog-fox", "binary"]
cuts = ["teaser"]
qualities = ["draft"]
voice = "none"
"""

SILENT = "--quality", "draft", "--voice", "none"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "render": ("render", "neuron", *SILENT),
    "teaser": ("render", "--cut", "teaser", *SILENT),
    "batch": ("batch", "course.toml"),
    "stills": ("stills", "neuron", "loss", "--width", "480"),
}
"""By the name of the folder for what they write."""

KILLED = "render"
LIMIT = 300.0  # seconds of a command

_EMPTIED, _KILLING = 3, 4  # every so many rounds
_LEAST = 4  # files that every command writes: a film has so many, the stills more


class SharedCache:
    """Runs the commands in rounds, and compares what they write.

    Args:
        folder: empty; for the cache and what is written.
        commands: keys of `COMMANDS`.

    Attributes:
        expected: by command, the files that it writes with a cache of its own.
    """

    def __init__(self, folder: Path, commands: Iterable[str] = COMMANDS) -> None:
        self._folder, self._random = folder, random.Random(0)
        self._commands = tuple(commands)
        self._cache = folder / "cache"
        for name in self._commands:  # each by itself, and with a cache of its own
            apart = folder / "apart" / name
            running = self._start(name, apart, folder / "apart" / f"cache of {name}")
            if running.wait(LIMIT):
                raise RuntimeError(f"{name}: exit code {running.returncode}\n{self._said(apart)}")
        self.expected = {name: contents(folder / "apart" / name) for name in self._commands}
        if empty := [name for name, files in self.expected.items() if len(files) < _LEAST]:
            raise RuntimeError(f"nothing was written by {', '.join(empty)}")

    def round(self, number: int) -> list[str]:
        """Run all commands once, at the same time; what is not as it should be."""
        shutil.rmtree(self._folder / "together", ignore_errors=True)
        is_killing = number % _KILLING == _KILLING - 1
        with ExitStack() as stack:
            running = {
                name: stack.enter_context(self._start(name, self._folder / "together" / name, self._cache))
                for name in self._commands
            }
            time.sleep(self._random.uniform(0.5, 6.0))
            if number % _EMPTIED == _EMPTIED - 1:
                shutil.rmtree(self._cache, ignore_errors=True)
            if is_killing:
                running[KILLED].kill()
            for process in running.values():
                process.wait(LIMIT)
        if is_killing:
            running[KILLED] = self._start(KILLED, self._folder / "together" / KILLED, self._cache)
            running[KILLED].wait(LIMIT)
        return [*self._findings(running)]

    def _findings(self, ended: Mapping[str, subprocess.Popen[bytes]]) -> Iterator[str]:
        for name, process in ended.items():
            place = self._folder / "together" / name
            if process.returncode:
                yield f"{name}: exit code {process.returncode}: {self._said(place)}"
                continue
            found = contents(place)
            wanted = self.expected[name]
            yield from (
                f"{name}: {file} differs"
                for file in sorted({*found, *wanted})
                if found.get(file) != wanted.get(file)
            )
            yield from (f"{name}: {path.name} is left" for path in place.rglob(f"{PREFIX}*"))

    def _start(self, name: str, place: Path, cache: Path) -> subprocess.Popen[bytes]:
        """Start a command in a folder of its own; what it says goes to a file beside it."""
        place.mkdir(parents=True, exist_ok=True)
        out = () if name == "batch" else ("--out", str(place / "out"))
        if name == "batch":
            (place / "course.toml").write_text(COURSE.format(out="out"), "utf-8")
        command = [sys.executable, "-m", "softmax_explained", *COMMANDS[name], *out]
        with place.with_suffix(".log").open("wb") as log:
            return subprocess.Popen(
                command, cwd=place, env=os.environ | {"XDG_CACHE_HOME": str(cache)}, stdout=log, stderr=log
            )

    @staticmethod
    def _said(place: Path) -> str:
        return place.with_suffix(".log").read_text("utf-8", "replace")[-1000:]


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by their path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
