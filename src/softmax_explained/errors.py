"""All errors that this project raises, in one tree.

SoftmaxExplainedError            any of the following; the command line prints its message and exits with 2
├── LessonError                  a lesson: its file, a key or a value
├── WordsError                   a words file: a key, a placeholder or a mark
├── StyleError                   assets/style.toml
├── ProofError                   a formula on the screen that is not proved
├── UnknownQuantityError         a key that names no quantity of the solution
├── SpeechError                  the voice model or the text it is given
├── CourseError                  a course file
├── FilmError                    video, audio, captions or the finished file
└── UsageError                   an argument of a command or a function
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class SoftmaxExplainedError(Exception):
    """An error whose message says what is wrong, and whose hint says what is allowed and what to do.

    Args:
        message: the file, the key and the value that was found.
        hint: what is allowed and what to do.

    >>> print(SoftmaxExplainedError("lesson.toml: no key 'targets'", hint="add targets = [0, 1, 0]"))
    lesson.toml: no key 'targets'
      add targets = [0, 1, 0]
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class LessonError(SoftmaxExplainedError, ValueError):
    """A lesson that is not valid: its file, a key, a shape or a value."""

    def __init__(self, where: str, key: str, found: str, allowed: str) -> None:
        self.where, self.key, self.found, self.allowed = where, key, found, allowed
        at = f"{where}: {key}" if key else where
        super().__init__(f"{at}: {found}", hint=f"allowed: {allowed}")

    def __reduce__(self) -> tuple[type[LessonError], tuple[str, ...]]:
        """Pickle the arguments, because Python would pass only the message."""
        return LessonError, (self.where, self.key, self.found, self.allowed)


class WordsError(SoftmaxExplainedError, ValueError):
    """A words file that does not fit the film: a missing or unknown key, placeholder or mark."""


class StyleError(SoftmaxExplainedError, ValueError):
    """A style token that is missing, unknown or of the wrong kind."""


class ProofError(SoftmaxExplainedError):
    """A formula on the screen that is not proved."""


class UnknownQuantityError(SoftmaxExplainedError, KeyError):
    """A key that names no quantity of the solution."""

    __str__ = SoftmaxExplainedError.__str__


class SpeechError(SoftmaxExplainedError):
    """The voice cannot speak a text, or its model cannot be loaded."""


class CourseError(SoftmaxExplainedError, ValueError):
    """A course file with errors; all of them are reported at once.

    Args:
        where: the course file.
        mistakes: one message per error.

    >>> print(CourseError("course.toml", ["languages[0]: no words for 'fr'", "frames: 'round'"]))
    course.toml: 2 errors; no film was started
      languages[0]: no words for 'fr'
      frames: 'round'
    """

    def __init__(self, where: str, mistakes: Sequence[str]) -> None:
        self.where, self.mistakes = where, tuple(mistakes)
        count = "1 error" if len(mistakes) == 1 else f"{len(mistakes)} errors"
        super().__init__(f"{where}: {count}; no film was started", hint="\n  ".join(mistakes))

    def __reduce__(self) -> tuple[type[CourseError], tuple[object, ...]]:
        """Pickle the arguments, because Python would pass only the message."""
        return CourseError, (self.where, self.mistakes)


class FilmError(SoftmaxExplainedError):
    """The video, the audio, the captions or the film could not be made."""


class UsageError(SoftmaxExplainedError):
    """An argument that is not allowed, of a command or of a function."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the start of a hint with the most similar of the known names, or "" if none is similar.

    >>> did_you_mean("sofmax", ["neuron", "softmax"]), did_you_mean("xyz", ["neuron"])
    ('did you mean softmax? ', '')
    """
    near = get_close_matches(name, tuple(known), 1)
    return f"did you mean {near[0]}? " if near else ""
