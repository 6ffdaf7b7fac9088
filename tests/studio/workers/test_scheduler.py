"""Chapters are drawn side by side; whoever dies is replaced, and nobody is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
import pytest
import tiny_film

from softmax_explained.errors import FilmError
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.studio.workers import local_pool
from softmax_explained.studio.workers.local_pool import LocalWorkers, early_workers, local_workers
from softmax_explained.studio.workers.scheduler import draw_all
from softmax_explained.studio.workers.shared_pool import SharedPool
from softmax_explained.studio.workers.takes import Take
from softmax_explained.studio.workers.task import DrawnBeat, DrawnTake, Task, draw_take


def tasks(*chapters: type[Chapter]) -> list[Task]:
    production = tiny_film.faulty(*(chapter.name for chapter in chapters))
    return [Task.of(production, whole(chapter)) for chapter in chapters]


def whole(chapter: type[Chapter]) -> Take:
    return Take(chapter, chapter.beats(), seconds=5)


def nobody(*_: object) -> None:
    """A callback that ignores its arguments."""


@pytest.mark.slow
def test_a_process_that_is_killed_again_and_again_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    finished: list[DrawnBeat] = []
    with local_workers(tmp_path, jobs=1) as workers, pytest.raises(FilmError, match="killed") as caught:
        draw_all(tasks(tiny_film.Killed, tiny_film.Ending), workers, nobody, finished.append)
    assert "memory" in caught.value.hint
    assert [beat.record.chapter for beat in finished] == ["ending"]
    assert multiprocessing.active_children() == []


class Losing:
    """Workers that are gone before they have drawn anything."""

    lost_worker_errors = (BrokenProcessPool,)

    def __init__(self) -> None:
        self.isolated: list[bool] = []

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        self.isolated.append(isolated)
        future = Future[DrawnTake]()
        future.set_exception(BrokenProcessPool())
        return future

    def progress(self) -> Iterator[tuple[str, int]]:
        return iter(())


def test_a_take_is_tried_again_and_the_last_time_in_a_process_of_its_own() -> None:
    workers = Losing()
    with pytest.raises(FilmError, match="killed 3 times"):
        draw_all(tasks(tiny_film.Ending), workers, nobody, nobody)
    assert workers.isolated == [False, False, True]


@pytest.mark.slow
def test_takes_that_wait_beside_one_that_always_dies_are_not_to_blame(tmp_path: Path) -> None:
    films: dict[str, list[str]] = {"killed": [], "first": [], "second": []}

    def make(film: str, pool: SharedPool, *chapters: type[Chapter]) -> None:
        draw_all(tasks(*chapters), pool, nobody, lambda beat: films[film].append(beat.record.id))

    with local_workers(tmp_path, jobs=1) as workers, ThreadPoolExecutor(3) as threads:
        pool = SharedPool(workers)
        dying = threads.submit(make, "killed", pool, tiny_film.Killed)
        others = [
            threads.submit(make, film, pool, tiny_film.Opening, tiny_film.Ending) for film in list(films)[1:]
        ]
        assert isinstance(dying.exception(120), FilmError)
        assert [other.exception(120) for other in others] == [None, None]
    assert {film: sorted(beats) for film, beats in films.items()} == {
        "killed": [],
        "first": ["ending.last", "opening.first", "opening.second"],
        "second": ["ending.last", "opening.first", "opening.second"],
    }


@pytest.mark.slow
def test_threads_of_one_worker_do_not_disturb_each_other(tmp_path: Path) -> None:
    small, large = (replace(tiny_film.PRODUCTION, quality=quality) for quality in ("draft", "medium"))
    asked = [Task.of(production, whole(tiny_film.Opening)) for production in (small, large, small, large)]
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(draw_take, asked))
    assert drawn == [draw_take(asked[0]), draw_take(asked[1])] * 2


@pytest.mark.slow
def test_a_chapter_whose_process_is_killed_once_is_drawn_by_another(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_once(chapter: str, seconds: float) -> None:
        if not killed:
            victim = multiprocessing.active_children()[0]
            killed.append(victim.pid or 0)
            os.kill(victim.pid or 0, signal.SIGKILL)

    finished: list[DrawnBeat] = []
    with local_workers(tmp_path, jobs=1) as workers:
        draw_all(tasks(tiny_film.Opening), workers, kill_once, finished.append)
    assert killed
    assert [beat.record.id for beat in finished] == ["opening.first", "opening.second"]
    assert all(beat.video for beat in finished)


@pytest.mark.slow
def test_an_interrupt_stops_every_process(tmp_path: Path) -> None:
    def press(chapter: str, seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), local_workers(tmp_path) as workers:
        draw_all(tasks(tiny_film.Opening, tiny_film.Ending), workers, press, nobody)
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []  # no half-drawn media is left


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    task = tasks(tiny_film.Ending)[0]
    older = replace(task, environment={**task.environment, "package manim": "older"})
    with local_workers(tmp_path) as workers, pytest.raises(FilmError, match="package manim") as caught:
        draw_all([older], workers, nobody, nobody)
    assert "ending" in caught.value.message
    assert "same version" in caught.value.hint


CLIENT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import tiny_film
from softmax_explained.studio.workers.scheduler import draw_all
from softmax_explained.studio.workers.takes import Take
from softmax_explained.studio.workers.task import Task
from softmax_explained.studio.workers.local_pool import local_workers
if __name__ == "__main__":
    folder = Path(sys.argv[2])
    with local_workers(folder, jobs=2) as workers:
        takes = [Take(chapter, chapter.beats(), 5) for chapter in (tiny_film.Opening, tiny_film.Ending)]
        slow = [Task.of(tiny_film.PRODUCTION, take) for take in takes]
        draw_all(slow, workers, lambda *_: print("drawing", flush=True), lambda beat: None)
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    script = tmp_path / "client.py"
    script.write_text(CLIENT)
    (tmp_path / "segments").mkdir()
    command = [sys.executable, str(script), str(Path(__file__).parents[1]), str(tmp_path / "segments")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_nobody_goes_on_drawing_for_a_client_that_was_killed(client: subprocess.Popen[str]) -> None:
    assert client.stdout is not None
    assert client.stdout.readline() == "drawing\n"
    workers = psutil.Process(client.pid).children(recursive=True)
    assert workers
    client.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert alive == []


def test_workers_are_processes_of_their_own(tmp_path: Path) -> None:
    with LocalWorkers(jobs=1).open(tmp_path) as workers:
        assert workers.submit(tasks(tiny_film.Ending)[0]).result().frames > 0
    deadline = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


def test_workers_that_start_early_draw_or_are_gone_at_once(tmp_path: Path) -> None:
    with early_workers(tiny_film.FILM, jobs=2):
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []
    with early_workers(tiny_film.FILM, jobs=1) as open_workers, open_workers(tmp_path) as workers:
        (started,) = multiprocessing.active_children()
        drawn = workers.submit(tasks(tiny_film.PutsAside)[0]).result()
        assert drawn.frames > 0 and multiprocessing.active_children() == [started]
    assert (tmp_path / "put aside").exists()
    assert multiprocessing.active_children() == []


def test_a_pool_that_is_just_ending_can_be_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close = Connection._close

    def slowly(connection: Connection, **options: Any) -> None:
        time.sleep(0.4)  # whoever closes the same end of the pipe meanwhile finds it open, and fails
        close(connection, **options)

    monkeypatch.setattr(local_pool, "GRACE", 0.1)
    with LocalWorkers(jobs=1).open(tmp_path) as workers:
        workers.submit(tasks(tiny_film.Ending)[0]).result()
        monkeypatch.setattr(Connection, "_close", slowly)
    assert multiprocessing.active_children() == []


def test_tasks_that_nobody_has_read_do_not_keep_a_pool_from_being_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_pool, "GRACE", 0.5)
    words = tiny_film.WORDS | {"film": {"title": "A film. " * 100_000}}  # more than a pipe holds
    production = replace(tiny_film.PRODUCTION, words=WordsFile("en", "tiny film", words))
    large = Task.of(production, whole(tiny_film.Ending))
    with LocalWorkers(jobs=1).open(tmp_path) as workers:
        workers.submit(tasks(tiny_film.Ending)[0]).result()
        (process,) = multiprocessing.active_children()
        os.kill(process.pid or 0, signal.SIGSTOP)
        for _ in range(3):
            workers.submit(large)
        time.sleep(0.3)
    assert multiprocessing.active_children() == []


def test_what_a_worker_puts_aside_lies_in_the_folder_of_its_film(tmp_path: Path) -> None:
    with local_workers(tmp_path, jobs=1) as workers:
        workers.submit(tasks(tiny_film.PutsAside)[0]).result()
    assert (tmp_path / "put aside").exists()
