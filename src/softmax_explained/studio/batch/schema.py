"""The schema of course files, and error messages for everything else.

title = "Softmax for three classes"
out = "course"                                        # beside the file; its name without .toml if left out
lessons = ["cat-dog-fox", "iris", "my-lesson.toml"]   # names, or files relative to this one
languages = ["en", "zh"]
frames = ["wide", "tall"]

[[film]]                                              # another film, with its own settings
lesson = "binary"
cut = "short"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from softmax_explained.core.toml_file import parse_toml, read_small_file
from softmax_explained.errors import CourseError
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.production import CAPTIONS, QUALITIES
from softmax_explained.studio.speech.voices import VOICES

_LONGEST_VALUE = 60  # characters of a value in a message

_Line = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Path = Annotated[str, Field(min_length=1, max_length=1000)]
_Folder = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*$")]


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise ValueError("a list with at least one entry; omit the key for the default")
    return values


_Some = AfterValidator(_some)


def _one_of(values: Iterable[str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError(" or ".join((", ".join(map(repr, known[:-1])), repr(known[-1]))))
        return value

    known = tuple(values)
    return AfterValidator(check)


_Frame = Annotated[str, _one_of(FRAMES)]
_Quality = Annotated[str, _one_of(QUALITIES)]
_Voice = Annotated[str, _one_of(VOICES)]
_Captions = Annotated[str, _one_of(CAPTIONS)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FilmTable(_Table):
    """A table ``[[film]]``: a film with its own settings; `name` is that of its folder."""

    lesson: _Path
    language: _Path = "en"
    frame: _Frame = "wide"
    cut: _Path = "full"
    quality: _Quality = "high"
    voice: _Voice | None = None
    captions: _Captions | None = None
    sounds: bool = True
    name: Annotated[_Line, Field(min_length=1)] | None = None


class CourseTable(_Table):
    """A course file: every lesson in every language, frame, cut and quality, and single films."""

    title: _Line = ""
    out: _Folder = ""
    lessons: tuple[_Path, ...] = ()
    languages: Annotated[tuple[_Path, ...], _Some] = ("en",)
    frames: Annotated[tuple[_Frame, ...], _Some] = ("wide",)
    cuts: Annotated[tuple[_Path, ...], _Some] = ("full",)
    qualities: Annotated[tuple[_Quality, ...], _Some] = ("high",)
    voice: _Voice | None = None
    captions: _Captions | None = None
    sounds: bool = True
    film: tuple[FilmTable, ...] = ()


def read_course(file: Path) -> CourseTable:
    """Read a course file.

    Raises:
        CourseError: it cannot be read, is not TOML, or does not fit the schema; it lists all errors.
    """
    try:
        return CourseTable.model_validate(parse_toml(read_small_file(file)))
    except ValidationError as error:
        raise CourseError(str(file), list(_mistakes(error))) from None
    except ValueError as error:
        raise CourseError(str(file), [f"{error}; give the path of a course file in TOML"]) from error


def _mistakes(errors: ValidationError) -> Iterator[str]:
    """One line per error: the key, what was found, what is allowed."""
    for error in errors.errors(include_url=False):
        key = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in error["loc"]).lstrip(".")
        yield f"{key}: {_found(error)}; allowed: {_allowed(error)}"


_KEY_ERRORS = {"extra_forbidden": "there is no such key", "missing": "this key is missing"}


def _found(error: Any) -> str:
    if error["type"] in _KEY_ERRORS:
        return _KEY_ERRORS[error["type"]]
    value = repr(error["input"])
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


_ALLOWED = {
    "missing": "the name of a lesson, or a lesson file",
    "string_pattern_mismatch": "one line of text",
    "string_type": "text in quotes",
}


def _allowed(error: Any) -> str:
    match error["type"]:
        case "extra_forbidden":
            table = FilmTable if error["loc"][0] == "film" and len(error["loc"]) > 2 else CourseTable
            return ", ".join(table.model_fields)
        case "tuple_type":
            return "[[film]] tables" if error["loc"] == ("film",) else 'a list, such as ["a"]'
        case "value_error":
            return str(error["ctx"]["error"])
    return _ALLOWED.get(error["type"], str(error["msg"]))
