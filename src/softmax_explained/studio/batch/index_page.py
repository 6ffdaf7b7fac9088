"""The index of a course: ``index.json`` for programs, ``index.html`` for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from softmax_explained.errors import SoftmaxExplainedError, UsageError
from softmax_explained.studio.batch.course import Course, CourseFilm
from softmax_explained.studio.batch.thumbnail import thumbnail
from softmax_explained.studio.cache.checksums import open_regular
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.manifest import (
    LEDGER,
    POSTER,
    Manifest,
    file_names,
    transcript_names,
)
from softmax_explained.studio.output.staging_dir import staging_dir

JSON, HTML = "index.json", "index.html"

SCHEMA = 1  # increased when readers of ``index.json`` would have to change

_GENERATOR = '<meta name="generator" content="softmax-explained">'
"""Marks a page that may be replaced."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{generator}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ background: #0d1117; color: #e6e6e6; font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }}
main {{ display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); }}
img {{ background: #000; height: 11rem; object-fit: contain; width: 100%; }}
h2 {{ font-size: 1.1rem; margin: .5rem 0 0; }}
p {{ margin: .2rem 0; overflow-wrap: anywhere; }}
a {{ color: #7cb7ff; }}
.failed {{ color: #ff9b70; }}
</style>
</head>
<body>
<h1>{title}</h1>
<main>
{films}
</main>
</body>
</html>
"""


def check_index(out: Path) -> None:
    """Make sure that the index of a course takes the place of no other files.

    Raises:
        UsageError: there is an ``index.html`` or an ``index.json`` that this program has not written.
    """
    for name, is_ours in ((HTML, _is_page), (JSON, _is_record)):
        if (out / name).exists() and not is_ours(out / name):
            hint = "move it away, or choose another folder with --out: the index of the course goes there"
            raise UsageError(f"{out / name} is not an index of a course", hint=hint)


def _is_page(file: Path) -> bool:
    with suppress(OSError, ValueError), open_regular(file) as page:
        return _GENERATOR in page.read().decode()
    return False


def _is_record(file: Path) -> bool:
    with suppress(OSError, ValueError, RecursionError), open_regular(file) as record:
        return {"schema_version", "title", "films"} <= set(json.load(record))
    return False


def write_index(course: Course, failed: Mapping[str, SoftmaxExplainedError]) -> tuple[Path, Path]:
    """Write both files to the folder of a course whose films are finished, or failed with an error by name.

    Raises:
        FilmError: the folder cannot be written.
    """
    with staging_dir(course.out) as scratch:
        films = [
            _entry(film, course.out / film.name, failed.get(film.name), scratch) for film in course.films
        ]
        cards = "\n".join(map(_card, films))
        page = _PAGE.format(title=escape(course.title), generator=_GENERATOR, films=cards)
        record = {"schema_version": SCHEMA, "title": course.title, "films": films}
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        texts = {JSON: text, HTML: page}
        for name, text in texts.items():
            (scratch / name).write_text(text, "utf-8")
        replace_files(scratch, course.out, tuple(texts))
    json_, html = (course.out / name for name in texts)
    return html, json_


def _entry(
    film: CourseFilm, folder: Path, error: SoftmaxExplainedError | None, scratch: Path
) -> dict[str, Any]:
    """A film as a JSON object; paths are relative to the folder of the course."""
    production = film.production
    settings = {
        "name": film.name,
        "lesson": production.lesson.title or " · ".join(production.lesson.classes),
        "language": production.tag,
        "frame": production.frame,
        "cut": production.cut.name,
        "quality": production.quality,
    }
    if error is not None:
        return {**settings, "state": "failed", "error": error.message, "hint": error.hint}
    ledger = json.loads((folder / LEDGER).read_text("utf-8"))
    picture = thumbnail(folder / POSTER, Manifest.read(folder).checksums[POSTER], scratch)
    film_file, ledger_file, _, *others = (f"{film.name}/{name}" for name in file_names(*production.languages))
    captions = others[: 2 * len(production.languages)]
    page, _ = transcript_names(production.tag)
    return {
        **settings,
        "state": "done",
        "title": ledger["title"],
        **{key: ledger["production"][key] for key in ("voice", "width", "height")},
        "seconds": ledger["duration"],
        "film": film_file,
        "ledger": ledger_file,
        "captions": captions,
        "transcript": f"{film.name}/{page}",
        "poster": f"{film.name}/{picture.name}",
    }


def _card(film: Mapping[str, Any]) -> str:
    """A film as HTML; all text comes from files of the user and is escaped."""
    settings = " · ".join(film[key] for key in ("language", "frame", "cut", "quality"))
    heading = f'<h2 lang="{escape(film["language"])}">{escape(film["lesson"])}</h2><p>{escape(settings)}</p>'
    if film["state"] == "failed":
        message = escape(f"not made: {film['error']} {film['hint']}")
        return f'<article>{heading}<p class="failed">{message}</p></article>'
    minutes, seconds = divmod(round(film["seconds"]), 60)
    captions = ((_caption_link(path), path) for path in film["captions"])
    before, after = (("film", film["film"]), ("transcript", film["transcript"])), ("ledger", film["ledger"])
    links = ", ".join(
        f'<a href="{quote(path)}">{escape(name)}</a>' for name, path in (*before, *captions, after)
    )
    picture = f'<img src="{quote(film["poster"])}" alt="" loading="lazy">'
    return (
        f'<article><a href="{quote(film["film"])}">{picture}</a>{heading}'
        f"<p>{escape(film['title'])}, {minutes}:{seconds:02}, voice: {escape(film['voice'])}</p>"
        f"<p>{links}</p></article>"
    )


def _caption_link(path: str) -> str:
    """What a link to a file of captions is called.

    >>> _caption_link("dog/film.en.vtt")
    'VTT en'
    """
    _, language, ending = path.rsplit(".", 2)
    return f"{ending.upper()} {language}"
