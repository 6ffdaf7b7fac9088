"""Errors while a chapter is played: they name the chapter and the line of its file."""

from __future__ import annotations

import errno
import inspect
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from av.error import ExternalError

from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.stage.scene.chapter import Chapter

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Error numbers of a full disk, an exceeded quota and a file that may not grow."""

NO_MEMORY = {errno.ENOMEM, errno.EAGAIN}
"""Error numbers of memory that is refused; x264 reports the second one, or an `ExternalError`."""


@contextmanager
def chapter_errors(chapter: type[Chapter], outcome: str) -> Iterator[None]:
    """Turn any error in the block into one that names the chapter.

    Args:
        chapter: whose beats are played in the block.
        outcome: what happened, for unforeseen errors: ``could not be drawn``.

    Raises:
        FilmError: the block failed. Ctrl-C and the like, which are no `Exception`, pass unchanged.
    """
    try:
        yield
    except SoftmaxExplainedError as error:
        raise FilmError(f"chapter {chapter.name}: {error.message}", hint=error.hint) from None
    except Exception as error:
        message = f"chapter {chapter.name} {outcome}: {type(error).__name__}: {error}"
        raise FilmError(message, hint=_hint(error, inspect.getfile(chapter))) from error


def _hint(error: Exception, file: str) -> str:
    """The line that failed: in the chapter's own file if possible, else the innermost one."""
    if isinstance(error, MemoryError | ExternalError) or _errno(error) in NO_MEMORY:
        return "most likely the memory ran out: use fewer --jobs, or a lower quality"
    if _errno(error) in NO_SPACE:
        return "free some gigabytes there, or choose another folder with --out"
    frames = traceback.extract_tb(error.__traceback__)
    of_chapter = [frame for frame in frames if frame.filename == file]
    line = (of_chapter or frames)[-1]
    return f"it failed in {line.filename}, line {line.lineno}, in {line.name}"


def _errno(error: Exception) -> int | None:
    return error.errno if isinstance(error, OSError) else None
