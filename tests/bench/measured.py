"""What commands cost: seconds on the clock, seconds of CPU, and the most memory they held at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import psutil

from softmax_explained.errors import FilmError

EVERY = 0.25
"""Seconds from one look at the memory to the next."""

_SHOWN = 2000  # of what a command that failed has said, the last so many characters


@dataclass(frozen=True)
class Command:
    """A command, run in an empty folder of its own so that no settings file of somebody's is found.

    Attributes:
        line: the program and its arguments, paths absolute.
        environment: variables that are set for it besides those of this process.
    """

    line: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def program(module: str, *arguments: str) -> Command:
    """One of the benchmark's own programs.

    Args:
        module: its name in this package.
        arguments: of it.
    """
    line = sys.executable, "-m", f"{__package__}.{module}", *arguments
    return Command(line, {"PYTHONPATH": str(Path(__file__).parents[1])})


@dataclass(frozen=True)
class Cost:
    """What commands cost together, with every process they started and waited for.

    Attributes:
        wall: seconds.
        cpu: seconds of all cores together.
        peak: bytes that all processes held at once; a page that two of them share is counted twice.
        others: seconds of CPU that the rest of the machine used meanwhile: it should be about nothing.
    """

    wall: float
    cpu: float
    peak: int
    others: float


def measured(commands: Sequence[Command], at_once: int = 1) -> tuple[Cost, str]:
    """Run commands, one after the other or some at a time.

    Args:
        commands: they are begun in this order.
        at_once: how many run at a time.

    Returns:
        What they cost, and what they have written to standard error.

    Raises:
        FilmError: one of them failed; its last words are in the message.
    """
    busy, begun = _busy(), time.perf_counter()
    with _Memory() as memory, ThreadPoolExecutor(at_once) as pool:
        runs = list(pool.map(_run, commands))
    wall, cpu = time.perf_counter() - begun, sum(seconds for seconds, _ in runs)
    cost = Cost(wall, cpu, memory.peak, max(_busy() - busy - cpu, 0.0))
    return cost, "".join(said for _, said in runs)


def _run(command: Command) -> tuple[float, str]:
    """The CPU seconds of a command and of all it has waited for, and what it said."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command.line,
            cwd=folder,
            env={**os.environ, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        said.seek(0)
        told = said.read().decode(errors="replace")
    if process.returncode:
        raise FilmError(
            f"{' '.join(command.line)}: exit code {process.returncode}",
            hint=f"its last words:\n{told[-_SHOWN:]}",
        )
    return usage.ru_utime + usage.ru_stime, told


def _busy() -> float:
    """Seconds of CPU that this machine has spent since it was started."""
    spent = psutil.cpu_times()
    return float(spent.user + spent.nice + spent.system)


class _Memory:
    """Looks at the memory of all that this process has started, until the end of the block.

    Attributes:
        peak: the most bytes seen.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._over = Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        this = psutil.Process()
        while not self._over.wait(EVERY):
            started = this.children(recursive=True)
            self.peak = max(self.peak, sum(_resident(process) for process in started))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:  # it has ended since it was listed
        return 0
