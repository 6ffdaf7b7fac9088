"""Whose fault it was: what fails while a chapter is played names the chapter and the line of its file."""

from __future__ import annotations

import errno
import inspect
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.stage.scene.chapter import Chapter

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says when a disk, or somebody's share of it, is full, or a file may not grow."""


@contextmanager
def blamed(chapter: type[Chapter], outcome: str) -> Iterator[None]:
    """Turn what fails in the block into one error that names the chapter.

    Args:
        chapter: whose beats are played in the block.
        outcome: what became of it, for mistakes that nobody has foreseen: ``could not be drawn``.

    Raises:
        FilmError: the block failed. What is no `Exception`, such as Ctrl-C, is nobody's fault and passes.
    """
    try:
        yield
    except SoftmaxExplainedError as error:
        raise FilmError(f"chapter {chapter.name}: {error.message}", hint=error.hint) from None
    except Exception as error:
        raise FilmError(
            f"chapter {chapter.name} {outcome}: {type(error).__name__}: {error}",
            hint=_remedy(error, inspect.getfile(chapter)),
        ) from error


def _remedy(error: Exception, file: str) -> str:
    """What to do about it; mostly, where to look."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return "make some gigabytes free there, or choose another folder with --out"
    return _where(error, file)


def _where(error: Exception, file: str) -> str:
    """The line of the chapter that failed, or the line below it if it is not in the chapter's own file."""
    frames = traceback.extract_tb(error.__traceback__)
    of_chapter = [frame for frame in frames if frame.filename == file]
    line = (of_chapter or frames)[-1]
    return f"it failed in {line.filename}, line {line.lineno}, in {line.name}"
