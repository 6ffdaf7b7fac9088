"""Two hundred processes, killed anywhere in their work: every file is the old one or the new one, whole."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import tiny_film
from hypothesis import given, settings
from hypothesis import strategies as st
from killed import OLD, an_older_film, calls_of, in_a_process_of_its_own
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, Undisturbed, contents, often

from softmax_explained.errors import SoftmaxExplainedError
from softmax_explained.studio.batch.course import Course, CourseFilm
from softmax_explained.studio.batch.index_page import write_index
from softmax_explained.studio.batch.make_batch import make_course
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.output.staging_dir import PREFIX
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.segment_cache import SegmentCache

Work = Callable[[Undisturbed, Path, Path], object]  # given the folders of the result and of the cache


def film_from_the_cache(undisturbed: Undisturbed, out: Path, _: Path) -> None:
    """Read the cache, mux, and move the files to their places."""
    cache = SegmentCache(undisturbed.cache)
    make_film(undisturbed.plan, out, RecordedProgress(), cache, fingerprint=MADE_OF)


def film_that_is_drawn(undisturbed: Undisturbed, out: Path, cache: Path) -> None:
    """Receive beats from workers, and write the cache."""
    make_film(
        undisturbed.plan, out, RecordedProgress(), SegmentCache(cache), undisturbed.open_workers, MADE_OF
    )


class Unheard:
    """The progress of a course that nobody looks at."""

    def planned(self, film: str) -> None: ...
    def skipped(self, film: str) -> None: ...
    def made(self, film: str) -> None: ...
    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        raise error

    def begun(self, film: str, plan: Plan) -> RecordedProgress:
        return RecordedProgress()


def course_with_its_page(undisturbed: Undisturbed, out: Path, cache: Path) -> None:
    """Make two films in threads, their posters and the page that shows them."""
    films = tuple(CourseFilm(name, tiny_film.PRODUCTION) for name in ("first", "other"))
    course = Course("course.toml", "A course", out, films)
    failed = make_course(
        course, Unheard(), SegmentCache(cache), undisturbed.open_workers, lambda film: undisturbed.plan
    )
    assert failed == {}
    write_index(course, failed)


TO_THE_END = st.floats(0, 1) | st.floats(0.95, 1)  # at the end the files come to their places


@pytest.mark.slow
@pytest.mark.parametrize("work", [film_from_the_cache, film_that_is_drawn], ids=lambda work: work.__name__)
def test_a_film_whose_process_is_killed_at_any_call_is_the_old_or_the_new_one(
    work: Work, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out, cache = tmp_path / "out", tmp_path / "segments"
    calls = calls_of(lambda: work(undisturbed, out, cache))
    expected = contents(out)
    assert {"film.mp4", "film.json", "film.sha256"} <= set(expected)

    @given(share=TO_THE_END)
    @settings(often, max_examples=70)
    def judge(share: float) -> None:
        shutil.rmtree(cache, ignore_errors=True)
        an_older_film(out)
        kill_at = max(1, int(share * calls))
        code = in_a_process_of_its_own(lambda: calls_of(lambda: work(undisturbed, out, cache), kill_at))
        assert code == -signal.SIGKILL
        left_by_the_killed(out, expected)
        work(undisturbed, out, cache)
        assert contents(out) == expected
        assert not list(out.glob(f"{PREFIX}*"))

    judge()


@pytest.mark.slow
def test_a_course_whose_process_is_killed_at_any_time_has_old_or_new_films_and_pages(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out, cache = tmp_path / "out", tmp_path / "segments"
    begun = time.monotonic()
    course_with_its_page(undisturbed, out, cache)
    seconds, expected = time.monotonic() - begun, contents(out)
    assert {"first/film.mp4", "other/film.mp4", "first/poster.jpg", "index.html"} <= set(expected)

    @given(share=TO_THE_END)
    @settings(often, max_examples=70)
    def judge(share: float) -> None:
        for folder in (out, cache):
            shutil.rmtree(folder, ignore_errors=True)
        for film in ("first", "other"):
            an_older_film(out / film)
        in_a_process_of_its_own(lambda: course_with_its_page(undisturbed, out, cache), share * seconds)
        left_by_the_killed(out, expected)
        course_with_its_page(undisturbed, out, cache)
        assert contents(out) == expected
        assert not list(out.rglob(f"{PREFIX}*"))

    judge()


def left_by_the_killed(out: Path, expected: Mapping[str, bytes]) -> None:
    """See that every file of a folder is the old or the new one."""
    for name, content in contents(out).items():
        assert PREFIX in name or content in (expected.get(name), OLD), name
