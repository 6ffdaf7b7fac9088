"""Processes that are killed in the middle of their work, to see what is left of it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import softmax_explained

OLD = b"the film of before"

STUDIO = str(Path(softmax_explained.__file__).parent / "studio")

fork = get_context("fork")


def an_older_film(out: Path) -> Path:
    """A folder with nothing but an older film."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / "film.mp4").write_bytes(OLD)
    return out


def in_a_process_of_its_own(work: Callable[[], object], kill_after: float = 60.0) -> int | None:
    """The exit code of a process that does it; minus the signal that ended it.

    Args:
        work: what is done.
        kill_after: seconds.
    """
    process = fork.Process(target=work)
    process.start()
    process.join(kill_after)
    process.kill()
    process.join()
    return process.exitcode


def calls_of(work: Callable[[], object], kill_at: int | None = None) -> int:
    """How many calls of functions in the studio something takes in this thread.

    Args:
        work: what is done.
        kill_at: the number of the call at which this process is killed.
    """
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.startswith(STUDIO):
            calls += 1
            if calls == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
