"""What fails in a chapter says which chapter it was, and where to look."""

from __future__ import annotations

import errno
import inspect

import pytest
import tiny_film
from av.error import ExternalError

from softmax_explained.errors import FilmError, WordsError
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.workers.error_context import chapter_errors
from softmax_explained.studio.workers.task import StoppedError


def test_a_mistake_of_a_scene_is_named_with_its_chapter_file_and_line() -> None:
    with pytest.raises(FilmError) as caught, chapter_errors(tiny_film.Broken, "could not be played"):
        dry_run(tiny_film.Broken, tiny_film.faulty("broken"))
    lines, first = inspect.getsourcelines(tiny_film.Broken.fails)
    line = first + next(k for k, text in enumerate(lines) if "raise" in text)
    assert caught.value.message == (
        "chapter broken could not be played: ZeroDivisionError: the scene divides by nothing"
    )
    assert caught.value.hint == f"it failed in {tiny_film.__file__}, line {line}, in fails"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_mistake_outside_the_chapters_file_is_named_where_it_happened() -> None:
    with pytest.raises(FilmError) as caught, chapter_errors(tiny_film.Broken, "could not be drawn"):
        int("seven")
    assert __file__ in caught.value.hint
    assert "seven" in caught.value.message


def test_an_error_that_teaches_keeps_its_words_and_gets_the_chapter() -> None:
    with pytest.raises(FilmError) as caught, chapter_errors(tiny_film.Opening, "could not be drawn"):
        raise WordsError("opening.first: no mark 'square' left", hint="still to come: round")
    assert caught.value.message == "chapter opening: opening.first: no mark 'square' left"
    assert caught.value.hint == "still to come: round"


def test_a_full_disk_is_no_error_of_the_chapter() -> None:
    with (
        pytest.raises(FilmError, match="loss") as caught,
        chapter_errors(tiny_film.Opening, "could not be drawn"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device", "out/loss.mp4")
    assert caught.value.hint == "free some gigabytes there, or choose another folder with --out"


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),
        ExternalError(542398533, "Generic error in an external library"),
    ],
)
def test_memory_that_runs_out_is_no_error_of_the_chapter(error: Exception) -> None:
    with (
        pytest.raises(FilmError, match="opening") as caught,
        chapter_errors(tiny_film.Opening, "could not be drawn"),
    ):
        raise error
    assert caught.value.hint == "most likely the memory ran out: use fewer --jobs, or a lower quality"


@pytest.mark.parametrize("order", [KeyboardInterrupt, StoppedError])
def test_an_order_to_stop_passes_unchanged(order: type[BaseException]) -> None:
    with pytest.raises(order), chapter_errors(tiny_film.Opening, "could not be drawn"):
        raise order
