"""The processes of a check end with whoever asked for it."""

from __future__ import annotations

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
from pathlib import Path
from softmax_explained.cli import main
from softmax_explained.studio.check import check_film as film

check = film.check_chapter

def check_and_say_so(scene, production):  # in the workers too: they begin with this file
    Path("begun").touch()
    return check(scene, production)

film.check_chapter = check_and_say_so

if __name__ == "__main__":
    film.cores = lambda: 2  # on a machine with one, too
    sys.argv = ["softmax-explained", "check", "opening", "neuron"]
    main()
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    script = tmp_path / "client.py"
    script.write_text(CLIENT)
    with subprocess.Popen([sys.executable, str(script)], cwd=tmp_path) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_nobody_goes_on_checking_for_a_client_that_was_killed(
    client: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    while not (tmp_path / "begun").exists():
        assert client.poll() is None
        time.sleep(0.02)
    workers = psutil.Process(client.pid).children(recursive=True)
    assert workers
    client.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(workers, timeout=20)
    for orphan in alive:
        orphan.kill()
    assert alive == []
