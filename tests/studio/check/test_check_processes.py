"""The processes of a check end with whoever asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

CLIENT = """
import sys
from softmax_explained.cli import main
from softmax_explained.studio.check import film
if __name__ == "__main__":
    film.cores = lambda: 2  # on a machine with one, too
    sys.argv = ["softmax-explained", "check", "opening", "neuron"]
    main()
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    script, scratch = tmp_path / "client.py", tmp_path / "scratch"
    script.write_text(CLIENT)
    scratch.mkdir()
    surroundings = {**os.environ, "TMPDIR": str(scratch)}
    with subprocess.Popen([sys.executable, str(script)], env=surroundings) as process:
        yield process
        process.kill()


def test_nobody_goes_on_checking_for_a_client_that_was_killed(
    client: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    while not list((tmp_path / "scratch").glob("tmp*")):  # Manim's folder of a chapter that is being played
        assert client.poll() is None
        time.sleep(0.02)
    workers = psutil.Process(client.pid).children(recursive=True)
    assert workers
    client.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(workers, timeout=20)
    for orphan in alive:
        orphan.kill()
    assert alive == []
