"""A film that is finished is known again, and only that."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_film import RecordedProgress

from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.film import Cut
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.import_graph import code_behind
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.output.manifest import file_names, outdated_parts, up_to_date
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.segment_cache import SegmentCache

TINY = {"film": "0" * 32}
"""What the tiny film is said to be made of."""


@pytest.fixture(scope="module")
def made(
    tiny_plan: Plan,
    tiny_files: dict[str, Path],
    tiny_cache: SegmentCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a finished film; its segments are those of the film that all tests share."""
    out = tmp_path_factory.mktemp("finished") / "out"
    make_film(tiny_plan, out, RecordedProgress(), tiny_cache, fingerprint=TINY)
    return out


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged at will."""
    return Path(shutil.copytree(made, tmp_path / "out"))


def test_a_finished_film_is_known_by_its_files_wherever_they_lie(out: Path) -> None:
    files = up_to_date(out, file_names("en"), TINY)
    assert [file.name for file in files] == [*file_names("en")]
    assert {"film.mp4", "film.json", "film.en.vtt", "film.en.transcript.html"} < set(file_names("en"))
    assert all(file.parent == out for file in files)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_others_can_check_the_sums(out: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "film.sha256"]
    done = subprocess.run(check, cwd=out, capture_output=True, text=True)
    assert (done.returncode, done.stdout.count(": OK")) == (0, len(file_names("en")))
    (out / "film.mp4").write_bytes(b"another")
    assert subprocess.run(check, cwd=out, capture_output=True).returncode == 1


@pytest.mark.parametrize("name", file_names("en"))
def test_a_file_that_is_cut_short_changed_or_gone_is_a_film_to_make_again(out: Path, name: str) -> None:
    whole = (out / name).read_bytes()
    for damaged in (whole[:-1], whole[:-1] + b"!", b""):
        (out / name).write_bytes(damaged)
        assert up_to_date(out, file_names("en"), TINY) == ()
        assert outdated_parts(out, file_names("en"), TINY) == [name]
    (out / name).unlink()
    assert up_to_date(out, file_names("en"), TINY) == ()


def test_whoever_is_stopped_between_two_moves_left_no_finished_film(
    made: Path, tiny_plan: Plan, tmp_path: Path
) -> None:
    names = sorted(file.name for file in made.iterdir())
    for kept in names:  # an older film lies there, and each of the new files is the only one that has come
        out = Path(shutil.copytree(made, tmp_path / f"after {kept}"))
        for name in names:
            if name != kept:
                (out / name).write_text((out / name).read_text("utf-8", "ignore") + "older", "utf-8")
        assert up_to_date(out, file_names("en"), TINY) == ()


@pytest.mark.parametrize("sums", [b"", b"\xff\xfe", b"# made of: x lesson\n", b"deadbeef  ../film.mp4\n"])
def test_sums_that_are_damaged_are_none(out: Path, sums: bytes) -> None:
    (out / "film.sha256").write_bytes(sums)
    assert up_to_date(out, file_names("en"), TINY) == ()
    assert outdated_parts(out, file_names("en"), TINY) == ["never made"]


def test_sums_that_leave_a_file_out_are_no_proof_of_it(out: Path) -> None:
    sums = out / "film.sha256"
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "film.en.srt" not in line), "utf-8")
    assert up_to_date(out, file_names("en"), TINY) == ()


def test_a_film_of_something_else_is_another_film_and_the_difference_is_named(out: Path) -> None:
    assert up_to_date(out, file_names("en"), TINY | {"lesson": "1" * 32}) == ()
    assert outdated_parts(out, file_names("en"), TINY | {"lesson": "1" * 32}) == ["lesson"]
    assert up_to_date(out, file_names("zh"), TINY) == ()


PRODUCTION = Production(FILM)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("lesson", replace(PRODUCTION, lesson=shipped_lesson("iris"))),
        ("frame", replace(PRODUCTION, frame="square")),
        ("captions", replace(PRODUCTION, captions="burn")),
        ("captions", replace(PRODUCTION, captions="lane")),
        ("sounds", replace(PRODUCTION, sounds=False)),
        ("quality", replace(PRODUCTION, quality="draft")),
        ("voice", replace(PRODUCTION, voice="none")),
        ("chapters", replace(PRODUCTION, chapters=("loss",))),
    ],
)
def test_every_setting_makes_another_film(part: str, other: Production) -> None:
    before, now = film_fingerprint(PRODUCTION), film_fingerprint(other)
    assert before[part] != now[part]
    assert {name for name in now if now[name] != before[name]} <= {part, "code"}


def test_a_cut_and_a_language_make_another_film() -> None:
    one, two = (Cut("mine", (beat,)) for beat in ("opening.road", "opening.guess_and_truth"))
    assert film_fingerprint(replace(PRODUCTION, cut=one)) != film_fingerprint(replace(PRODUCTION, cut=two))
    for other in (replace(PRODUCTION, cut=FILM.cut("short")), replace(PRODUCTION, language="zh")):
        assert film_fingerprint(other) != film_fingerprint(PRODUCTION)
    assert replace(PRODUCTION, language="zh").tag == "zh"


def test_a_word_changed_in_a_file_of_ones_own_makes_another_film(tmp_path: Path) -> None:
    words = tmp_path / "fr.toml"
    order = replace(PRODUCTION, language=str(words))
    words.write_text("a = 1", "utf-8")
    before = film_fingerprint(order)
    words.write_text("a = 2", "utf-8")
    assert [part for part, found in film_fingerprint(order).items() if found != before[part]] == ["words"]
    assert order.tag == "fr"


@pytest.mark.parametrize("language", ["../lessons/iris", "xx", "missing/xx.toml", "nul\x00.toml", ""])
def test_words_that_are_not_there_make_no_film_and_no_trouble(language: str) -> None:
    assert (
        film_fingerprint(replace(PRODUCTION, language=language))["words"]
        == film_fingerprint(Production(FILM, language="yy"))["words"]
    )


def test_the_packages_are_part_of_a_film(monkeypatch: pytest.MonkeyPatch) -> None:
    before = film_fingerprint(PRODUCTION)
    monkeypatch.setattr("softmax_explained.studio.cache.fingerprint.installed", lambda package: "0")
    changed = {part for part, found in film_fingerprint(PRODUCTION).items() if found != before[part]}
    assert {"package av", "package manim", "package hibari-tts", "package manimgx-fonts"} <= changed


def test_sound_captions_ledger_and_scenes_are_part_of_the_code() -> None:
    scene = "softmax_explained.scenes.loss.scene"
    planning = "softmax_explained.studio.planning.plan"
    declared = [f"softmax_explained.scenes.{name}" for name in ("film", "mathematics")]
    code = code_behind(planning, "softmax_explained.studio.output.make_film", *declared, scene)
    assert film_fingerprint(replace(PRODUCTION, chapters=("loss",)))["code"] == digest(dict(code))
    studio = {
        f"softmax_explained.studio.{name}"
        for name in (
            "audio.mix",
            "captions.segmentation",
            "output.ledger",
            "video.mux",
            "speech.hibari_voice",
        )
    }
    assert studio | {"softmax_explained.scenes.loss.scene", "softmax_explained.stage.scene.chapter"} <= set(
        code
    )
    assert "softmax_explained.scenes.neuron.scene" not in code


@pytest.mark.parametrize("name", ["film.sha256", "film.mp4"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(name: str, out: Path) -> None:
    (out / name).unlink()
    os.mkfifo(out / name)
    assert outdated_parts(out, file_names("en"), TINY)
