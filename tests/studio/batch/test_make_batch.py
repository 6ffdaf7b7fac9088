"""A course goes on when a film fails, skips what is done, and draws nothing when a film cannot be planned."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread, main_thread

import pytest
import tiny_film
from PIL import Image

from softmax_explained.core import Lesson
from softmax_explained.errors import CourseError, FilmError, SoftmaxExplainedError, WordsError
from softmax_explained.studio.batch.course import Course, CourseFilm
from softmax_explained.studio.batch.index_page import write_index
from softmax_explained.studio.batch.make_batch import make_course
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import Workers, local_workers
from softmax_explained.studio.workers.task import DrawnTake, Task

HOSTILE = '<script>alert("1")</script> & {title}'
OTHER = Lesson.from_logits([1.0, 0.0], ["yes", "no"], [0, 1], title=HOSTILE)


class RecordedBatch:
    """Records the progress of a course."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.progress_of: dict[str, tiny_film.RecordedProgress] = {}

    def planned(self, film: str) -> None:
        self.heard.append(("planned", film))

    def skipped(self, film: str) -> None:
        self.heard.append(("skipped", film))

    def begun(self, film: str, plan: Plan) -> tiny_film.RecordedProgress:
        self.heard.append(("begun", film))
        return self.progress_of.setdefault(film, tiny_film.RecordedProgress())

    def made(self, film: str) -> None:
        self.heard.append(("made", film))

    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        self.heard.append(("failed", film))

    def of(self, kind: str) -> set[str]:
        return {film for heard, film in self.heard if heard == kind}


class CountedWorkers:
    """Counts how often workers are opened."""

    def __init__(self) -> None:
        self.times = 0

    @contextmanager
    def __call__(self, scratch: Path) -> Iterator[Workers]:
        self.times += 1
        with local_workers(scratch, 1) as workers:
            yield workers


def planned(film: CourseFilm) -> Plan:
    """A plan of the tiny film, in which some films have a chapter that fails, or words that are wrong."""
    if "unsayable" in film.name:
        raise WordsError("words/en.toml: a word nobody can say", hint="say it otherwise")
    if "broken" in film.name:
        return make_plan(replace(tiny_film.faulty("ending", "broken"), lesson=film.production.lesson))
    return make_plan(film.production)


def course(out: Path, *names: str) -> Course:
    tiny = tiny_film.PRODUCTION
    films = [CourseFilm(name, replace(tiny, lesson=OTHER) if "other" in name else tiny) for name in names]
    return Course("course.toml", f"A course {HOSTILE}", out, tuple(films))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> SegmentCache:
    return SegmentCache(tmp_path_factory.mktemp("segments"))


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, cache: SegmentCache
) -> tuple[Course, RecordedBatch, CountedWorkers, object]:
    asked = course(tmp_path_factory.mktemp("course") / "out", "first", "broken", "other")
    progress, workers = RecordedBatch(), CountedWorkers()
    failed = make_course(asked, progress, cache, workers, planned)
    return asked, progress, workers, failed


def test_a_film_that_fails_names_itself_and_does_not_stop_the_others(made) -> None:
    asked, progress, workers, failed = made
    assert list(failed) == ["broken"]
    assert "chapter broken could not be drawn: ZeroDivisionError" in failed["broken"].message
    assert (progress.of("made"), progress.of("failed")) == ({"first", "other"}, {"broken"})
    assert {folder.name for folder in asked.out.iterdir()} >= {"first", "other"}
    assert not (asked.out / "broken").exists()
    assert workers.times == 1


def test_all_films_are_planned_before_one_is_begun(made) -> None:
    _, progress, _, _ = made
    assert [heard for heard, _ in progress.heard[:3]] == ["planned"] * 3


def test_the_next_time_what_is_done_is_skipped_and_what_was_drawn_is_not_drawn_again(
    made, cache: SegmentCache
) -> None:
    asked, *_ = made
    films = [file for folder in ("first", "other") for file in (asked.out / folder).iterdir()]
    before = [(file.stat().st_ino, file.stat().st_mtime_ns) for file in films]
    progress = RecordedBatch()
    assert list(make_course(asked, progress, cache, CountedWorkers(), planned)) == ["broken"]
    assert progress.of("skipped") == {"first", "other"}
    assert progress.of("planned") == progress.of("begun") == {"broken"}
    assert ("reused ending", 0) in progress.progress_of["broken"].seen
    assert [(file.stat().st_ino, file.stat().st_mtime_ns) for file in films] == before


def test_a_course_that_is_done_opens_no_workers(made, cache: SegmentCache) -> None:
    asked, *_ = made
    done, workers = replace(asked, films=(asked.films[0], asked.films[2])), CountedWorkers()
    assert make_course(done, RecordedBatch(), cache, workers, planned) == {}
    assert workers.times == 0


def test_films_that_cannot_be_planned_are_told_together_and_nothing_is_drawn(
    tmp_path: Path, cache: SegmentCache
) -> None:
    asked, progress, workers = (
        course(tmp_path / "out", "first", "unsayable-1", "unsayable-2"),
        RecordedBatch(),
        CountedWorkers(),
    )
    with pytest.raises(CourseError) as caught:
        make_course(asked, progress, cache, workers, planned)
    assert caught.value.mistakes == (
        "words/en.toml: a word nobody can say; say it otherwise (unsayable-1, unsayable-2)",
    )
    assert (workers.times, progress.of("begun")) == (0, set())
    assert not asked.out.exists()


class Endless:
    """A worker who comes to no end, but gives up after half a minute."""

    lost_worker_errors = ()

    def __init__(self) -> None:
        self.tasks: list[Future[DrawnTake]] = []
        self.gave_up, self._end = False, time.monotonic() + 30

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        self.tasks.append(Future())
        return self.tasks[-1]

    def progress(self) -> Iterator[tuple[str, int]]:
        self.gave_up = time.monotonic() > self._end
        if self.gave_up:
            raise FilmError("it takes too long", hint="stop it")
        return iter(())


@pytest.fixture
def heeding_control_c() -> Iterator[None]:
    """Whoever runs the tests in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(params=[0.0, 0.5], ids=["at once", "late"])
def slow_to_start_threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts a thread may have to wait for the processor: the thread is at work before it goes on."""
    start = Thread.start

    def start_and_wait(thread: Thread) -> None:
        start(thread)
        time.sleep(request.param)

    monkeypatch.setattr(Thread, "start", start_and_wait)


@pytest.mark.usefixtures("heeding_control_c", "slow_to_start_threads")
def test_whoever_stops_a_course_stops_every_film_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    asked, endless = course(tmp_path / "out", "first", "other"), Endless()
    takes = sum(len(planned(film).chapters) for film in asked.films)

    def press() -> None:
        while len(endless.tasks) < takes:  # until both films are under way
            time.sleep(0.01)
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)

    Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        make_course(
            asked,
            RecordedBatch(),
            SegmentCache(tmp_path / "segments"),
            lambda scratch: nullcontext(endless),
            planned,
        )
    assert not endless.gave_up
    assert all(task.cancelled() for task in endless.tasks)
    assert not asked.out.exists()


def test_two_batches_of_one_course_take_its_posters_at_once(made) -> None:
    asked, _, _, failed = made
    for folder in ("first", "other"):
        (asked.out / folder / "poster.jpg").unlink(missing_ok=True)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: write_index(asked, failed), range(24)))
    for folder in ("first", "other"):
        with Image.open(asked.out / folder / "poster.jpg") as picture:
            assert picture.width == 480
        assert not list((asked.out / folder).glob(".*"))


class Page(HTMLParser):
    """The tags, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def index(made) -> tuple[Path, Page, dict]:
    asked, _, _, failed = made
    html, record = write_index(asked, failed)
    page = Page()
    page.feed(html.read_text("utf-8"))
    return asked.out, page, json.loads(record.read_text("utf-8"))


def test_the_index_leads_to_every_file_and_to_nothing_else(index) -> None:
    out, page, _ = index
    assert all((out / link).is_file() for link in page.links)
    for folder in ("first", "other"):
        files = "film.mp4", "film.json", "film.en.srt", "film.en.vtt", "film.en.transcript.html", "poster.jpg"
        for name in files:
            assert f"{folder}/{name}" in page.links
    assert not [file.name for file in out.iterdir() if file.name.startswith(".")]


def test_the_index_leads_to_the_captions_in_every_language(made, cache: SegmentCache, tmp_path: Path) -> None:
    film = CourseFilm("both", tiny_film.bilingual(tmp_path / "words"))
    asked = replace(made[0], out=tmp_path / "out", films=(film,))
    assert make_course(asked, RecordedBatch(), cache, CountedWorkers(), planned) == {}
    html, record = write_index(asked, {})
    page = Page()
    page.feed(html.read_text("utf-8"))
    files = [f"both/film.{tag}.{ending}" for tag in ("en", "zh") for ending in ("srt", "vtt")]
    assert json.loads(record.read_text("utf-8"))["films"][0]["captions"] == files
    assert set(files) <= set(page.links)
    assert all((asked.out / file).is_file() for file in files)
    assert {"SRT en", "VTT en", "SRT zh", "VTT zh"} <= set(page.words)


def test_text_of_a_lesson_is_text_in_the_index(index) -> None:
    _, page, _ = index
    assert "script" not in page.tags
    assert HOSTILE in page.words
    assert page.words.count(f"A course {HOSTILE}") == 2  # in the window's title, and on the page


def test_the_index_tells_what_failed_and_why(index) -> None:
    _, page, record = index
    states = {film["name"]: film["state"] for film in record["films"]}
    assert states == {"first": "done", "broken": "failed", "other": "done"}
    assert "ZeroDivisionError" in record["films"][1]["error"]
    assert any("ZeroDivisionError" in words for words in page.words)
    assert record["films"][0]["seconds"] > 1


def test_a_poster_shows_a_picture_of_its_film_and_is_taken_once(made, index) -> None:
    asked, _, _, failed = made
    poster = asked.out / "first" / "poster.jpg"
    with Image.open(poster) as picture:
        assert picture.size == (480, 270)
        assert len(picture.convert("L").getcolors() or []) > 2  # not one black frame
    before = poster.stat().st_mtime_ns
    write_index(asked, failed)
    assert poster.stat().st_mtime_ns == before
    poster.write_bytes(b"no picture")
    write_index(asked, failed)
    assert Image.open(poster).size == (480, 270)
