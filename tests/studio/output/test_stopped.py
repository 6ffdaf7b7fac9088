"""Real processes are killed and interrupted while they draw: nobody goes on, and nothing is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, Undisturbed, contents, reused

from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import GRACE

OLD = b"the film of before"
RENDER = ["-m", "softmax_explained", "render", "loss", "--quality", "draft", "--voice", "none"]

CLIENT = """
import os, signal, sys
from functools import partial
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, silent_plan
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import local_workers

class Dying(RecordedProgress):
    def drawn(self, chapter, seconds):
        if chapter == "ending" and list(cache.folder.glob("[!.]*")):
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    cache = SegmentCache(Path(sys.argv[3]))
    make_film(silent_plan(), Path(sys.argv[2]), Dying(), cache, partial(local_workers, jobs=1), MADE_OF)
"""


def heed_every_signal() -> None:
    """Whoever runs the tests in the background or with ``nohup`` ignores some; so does what they start."""
    for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(order, signal.SIG_DFL)


@contextmanager
def begun(command: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process group of its own, with a folder for temporary files; all of it ends with the block."""
    (folder / "temporary").mkdir()
    environment = os.environ | {"TMPDIR": str(folder / "temporary"), "XDG_CACHE_HOME": str(folder / "cache")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        cwd=folder,
        start_new_session=True,
        preexec_fn=heed_every_signal,
        **pipes,
    ) as process:
        try:
            yield process
        finally:
            for member in members(process.pid):
                member.kill()


def members(group: int) -> list[psutil.Process]:
    """The living processes of a group."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def wait_until(ready: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def an_older_film(folder: Path) -> Path:
    (folder / "out").mkdir()
    (folder / "out" / "film.mp4").write_bytes(OLD)
    return folder / "out"


@pytest.mark.slow
def test_a_client_that_is_killed_while_it_draws_loses_no_chapter_that_was_finished(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out, cache = an_older_film(tmp_path), SegmentCache(tmp_path / "segments")
    command = ["-c", CLIENT, str(Path(__file__).parents[1]), str(out), str(cache.folder)]
    with begun(command, tmp_path) as client:
        assert client.wait(120) == -signal.SIGKILL
        wait_until(lambda: not members(client.pid), seconds=20)
    assert (out / "film.mp4").read_bytes() == OLD
    assert [file.name for file in out.iterdir() if not file.name.startswith(".making-")] == ["film.mp4"]
    assert list((tmp_path / "temporary").iterdir()) == []
    progress = RecordedProgress()
    make_film(undisturbed.plan, out, progress, cache, fingerprint=MADE_OF)
    assert reused(progress) == ["opening"]
    assert contents(out) == undisturbed.files


def begins(client: int, out: Path) -> bool:
    """Whether a worker is busy with its imports: it has NumPy, and Manim takes longer."""
    return any(map(has_numpy, members(client)))


def has_numpy(process: psutil.Process) -> bool:
    """Whether it is a worker that has imported NumPy; processes may end while one looks."""
    try:
        if "--multiprocessing-fork" not in process.cmdline():
            return False
        return any("_multiarray_umath" in each.path for each in process.memory_maps())
    except psutil.NoSuchProcess:
        return False


def draws(client: int, out: Path) -> bool:
    """Whether a worker has begun to write a picture; a folder may go while one looks: ``glob`` raises."""
    staging = (names for folder, _, names in os.walk(out) if Path(folder) != out)
    return any(name.endswith(".mp4") for names in staging for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("order", "moment"),
    [(signal.SIGINT, begins), (signal.SIGINT, draws), (signal.SIGTERM, draws), (signal.SIGHUP, begins)],
)
def test_ctrl_c_and_kill_end_every_process_and_leave_the_older_film(
    order: signal.Signals, moment: Callable[[int, Path], bool], tmp_path: Path
) -> None:
    out = an_older_film(tmp_path)
    with begun(RENDER, tmp_path) as client:
        wait_until(lambda: moment(client.pid, out))
        (os.killpg if order == signal.SIGINT else os.kill)(
            client.pid, order
        )  # as a terminal does, and `kill`
        printed, told = client.communicate(timeout=60)
        assert client.returncode == 128 + order
        wait_until(lambda: not members(client.pid), seconds=20)
    assert printed == ""
    assert "Traceback" not in told
    assert "leaked" not in told
    assert contents(out) == {"film.mp4": OLD}
    assert [file.name for file in out.iterdir()] == ["film.mp4"]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_is_stuck_is_killed_after_a_while_or_at_the_second_signal(
    times: int, tmp_path: Path
) -> None:
    out = an_older_film(tmp_path)
    with begun(RENDER, tmp_path) as client:
        wait_until(lambda: draws(client.pid, out))
        for worker in members(client.pid):
            if "--multiprocessing-fork" in worker.cmdline():
                worker.suspend()
        client.send_signal(signal.SIGTERM)
        if times == 2:
            time.sleep(1)  # the first signal has been handled, and the workers are waited for
            client.send_signal(signal.SIGTERM)
        _, told = client.communicate(timeout=GRACE + 30)
        assert client.returncode == 128 + signal.SIGTERM
        wait_until(lambda: not members(client.pid), seconds=20)
    assert "Traceback" not in told
    assert "leaked" not in told
    assert [file.name for file in out.iterdir()] == ["film.mp4"]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.slow
def test_a_disk_that_is_full_while_it_draws_is_no_mistake_of_the_chapter(tmp_path: Path) -> None:
    out = an_older_film(tmp_path)
    with begun(RENDER, tmp_path) as client:
        psutil.Process(client.pid).rlimit(psutil.RLIMIT_FSIZE, (20_000, 20_000))  # its workers inherit it
        printed, told = client.communicate(timeout=120)
        assert client.returncode == 2
    assert (printed, "Traceback" in told) == ("", False)
    assert f"{out}/.making-" in told
    assert "free some gigabytes there, or choose another folder with --out" in told
    assert contents(tmp_path) == {"out/film.mp4": OLD}
    assert [*out.iterdir(), *(tmp_path / "temporary").iterdir()] == [out / "film.mp4"]
