"""`batch` makes a course, tells what became of each film, and refuses a wrong course before it draws."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from softmax_explained.cli import main
from softmax_explained.cli.app import app
from softmax_explained.scenes.film import FILM
from softmax_explained.studio.batch.course import load_course
from softmax_explained.studio.output.manifest import Manifest, file_names
from softmax_explained.studio.planning.fingerprints import film_fingerprint


def batch(*arguments: str, cwd: Path, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "softmax_explained", "batch", *arguments]
    environment = os.environ | ({"XDG_CACHE_HOME": str(cache)} if cache else {})
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=1800, env=environment)


def finish(course: Path, name: str) -> None:
    """Lay files where a film of a course would lie when it was finished."""
    asked = load_course(course, FILM)
    production = next(film.production for film in asked.films if film.name == name)
    folder, names = asked.out / name, file_names(*production.languages)
    folder.mkdir(parents=True)
    for file in names:
        (folder / file).write_text(f"the finished {file}", "utf-8")
    (folder / "film.sha256").write_text(
        Manifest.of(film_fingerprint(production), folder, names).text(), "utf-8"
    )


def test_a_list_tells_which_films_are_done_and_makes_none(tmp_path: Path) -> None:
    course = tmp_path / "mine.toml"
    course.write_text('lessons = ["iris"]\nframes = ["wide", "tall", "square"]', "utf-8")
    finish(course, "iris-en-tall")
    finish(course, "iris-en-square")
    (tmp_path / "mine" / "iris-en-square" / "film.mp4").write_bytes(b"cut sh")
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(app, ["batch", str(course), "--list"])
    assert done.exit_code == 0, done.output
    assert [line.split(maxsplit=1) for line in done.stdout.splitlines()] == [
        ["iris-en-wide", "to do: never made"],
        ["iris-en-tall", "done"],
        ["iris-en-square", "to do: film.mp4"],
    ]
    assert sorted(tmp_path.rglob("*")) == before


def test_silent_films_are_told_of_the_voice_they_could_have(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text("[film]", "utf-8")  # has no words, so that nothing is drawn
    (tmp_path / "mine.toml").write_text('lessons = ["iris"]\nlanguages = ["en", "zh", "xx.toml"]', "utf-8")
    done = CliRunner().invoke(app, ["batch", str(tmp_path / "mine.toml")])
    notes = [line for line in done.stderr.splitlines() if line.startswith("note:")]
    assert len(notes) == 1
    assert "no voice for zh is installed" in notes[0]
    assert "softmax-explained voices install" in notes[0]


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        ("lessons = ['nope']", "", "no lesson 'nope'"),
        ("lessons = ['iris']\nout = \"a\\u0000b\"", "", "out: "),
        (f"lessons = ['iris']\nout = '{'a' * 300}'", "", "--out"),
        ("lessons = ['iris']\nframes = ['\x1b[2J']", "", "this is not TOML"),
        ("lessons = ['iris']\nframes = [\"\\u001b[2J\"]", "", "allowed: 'wide', 'tall' or 'square'"),
        ("lessons = ['iris']\nlanguages = ['xx', 'en']", "", "no words for language 'xx'"),
        ("lessons = ['iris']\nlanguages = ['zh']\nvoice = 'heart'", "", "the voice 'heart' speaks 'en'"),
        ("lessons = ['iris']", "--out mine.toml", "is a file"),
        ("lessons = ['iris']", "--jobs 0", "--jobs"),
    ],
)
def test_what_cannot_be_made_is_refused_with_exit_code_2(
    text: str,
    arguments: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))
    monkeypatch.setattr(sys, "argv", ["softmax-explained", "batch", "mine.toml", *shlex.split(arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    printed = capsys.readouterr()
    assert (caught.value.code, printed.out) == (2, "")
    assert told in " ".join(printed.err.replace("│", " ").split())
    assert "\x1b[2J" not in printed.err
    assert [file.name for file in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("index.html", "<!DOCTYPE html><title>My own page</title>"),
        ("index.json", '{"title": "My own"}'),
        ("index.json", "[1"),
    ],
)
def test_a_page_of_somebody_else_is_not_replaced(
    name: str,
    theirs: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "mine.toml").write_text("lessons = ['iris']\nout = 'films'", "utf-8")
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / name).write_text(theirs)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["softmax-explained", "batch", "mine.toml"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert f"films/{name} is not an index of a course" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "films").iterdir()] == [name]
    assert (tmp_path / "films" / name).read_text() == theirs


@pytest.mark.slow
def test_a_course_of_short_films_is_made_and_then_left_alone(tmp_path: Path) -> None:
    course = 'lessons = ["iris"]\nlanguages = ["zh"]\ncuts = ["short"]\nqualities = ["draft"]\nout = "films"'
    (tmp_path / "mine.toml").write_text(course, "utf-8")
    done = batch("mine.toml", cwd=tmp_path, cache=tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["films/index.html", "films/index.json"]
    (film,) = json.loads((tmp_path / "films" / "index.json").read_text("utf-8"))["films"]
    assert (film["state"], film["film"]) == ("done", "iris-zh-wide-short-draft/film.mp4")
    assert (tmp_path / "films" / film["film"]).stat().st_size > 100_000
    again = batch("mine.toml", cwd=tmp_path, cache=tmp_path / "other cache")
    assert "iris-zh-wide-short-draft: up to date" in again.stderr
    other = tmp_path / "other cache" / "softmax-explained"
    assert [folder.name for folder in other.iterdir()] == ["imports"]  # nothing was planned, spoken or drawn
