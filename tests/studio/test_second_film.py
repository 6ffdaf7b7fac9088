"""The engine makes a film it does not know: one sigmoid neuron, declared in tests/second_film."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import srt
import webvtt
from PIL import Image
from tiny_film import RecordedProgress

from second_film.film import FILM
from second_film.neuron import Neuron
from softmax_explained.core.proof.verify import PROVERS, verify
from softmax_explained.scenes.film import FILM as SOFTMAX
from softmax_explained.stage import Production
from softmax_explained.studio.check.check_film import check_film
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.stills import stills
from softmax_explained.studio.video.segment_cache import SegmentCache

PRODUCTION = Production(FILM, quality="draft", voice="none")
BEATS = ["curve.output", "gradient.prediction_minus_target"]
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(PRODUCTION)


def test_no_line_of_the_engine_names_it() -> None:
    files = list(SOURCE.rglob("*.py"))
    assert len(files) > 100
    assert [file for file in files if "second_film" in file.read_text("utf-8")] == []


def test_only_the_command_line_names_the_film_of_this_project() -> None:
    named = {
        file.relative_to(SOURCE).parts[1]
        for file in SOURCE.rglob("*.py")
        if "softmax_explained.scenes" in file.read_text("utf-8")
    }
    assert named == {"cli"}


def test_it_is_declared_in_about_a_hundred_lines() -> None:
    folder = Path(__file__).parents[1] / "second_film"
    lines = [
        line
        for file in folder.rglob("*.py")
        if file.name != "theory.py"
        for line in file.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith(("from ", "import "))
    ]
    assert 50 < len(lines) < 130


@pytest.mark.parametrize("name", FILM.theory.derivations)
def test_it_is_proved_by_every_prover(name: str) -> None:
    proof = verify(FILM.theory.derivations[name], FILM.theory)
    assert proof.steps
    assert all(step.accepted == tuple(PROVERS) for step in proof.steps)


@pytest.mark.parametrize("cut", FILM.cuts)
def test_it_is_checked(cut: str) -> None:
    plan = make_plan(replace(PRODUCTION, cut=FILM.cut(cut)))
    report = check_film(plan.production, tuple(chapter.scene for chapter in plan.chapters), jobs=1)
    assert report.beats == {"full": 2, "result": 1}[cut]
    assert [(error.code, error.beat, error.measured) for error in report.errors] == []


def test_a_sentence_fits_the_solution() -> None:
    wrong = replace(PRODUCTION, lesson=Neuron(w=-3.0))
    said, otherwise = (str(each.script.sentence("curve.output")) for each in (PRODUCTION, wrong))
    assert "0.690" in said and "too low" not in said
    assert "too low, at this point, 0.002" in otherwise


def test_it_travels_to_other_processes_by_name() -> None:
    received = pickle.loads(pickle.dumps(PRODUCTION))
    assert received == PRODUCTION
    assert received.film is FILM
    assert len(pickle.dumps(PRODUCTION)) < 1000
    with pytest.raises(TypeError, match="declare this one as a global"):
        pickle.dumps(replace(FILM, chapters=("curve",)))


def test_its_code_and_its_words_are_part_of_its_fingerprint(tmp_path: Path) -> None:
    before = film_fingerprint(PRODUCTION)
    words = tmp_path / "en.toml"
    words.write_text((FILM.words_folder / "en.toml").read_text("utf-8") + "\n# a change\n", "utf-8")
    after = film_fingerprint(replace(PRODUCTION, language=str(words)))
    assert {part for part in before if before[part] != after[part]} == {"words"}
    assert film_fingerprint(Production(SOFTMAX, quality="draft", voice="none"))["code"] != before["code"]


def test_its_last_frames_are_drawn(plan: Plan, tmp_path: Path) -> None:
    scenes = tuple(chapter.scene for chapter in plan.chapters)
    *pictures, sheet = stills(plan.production, scenes, tmp_path, width=480)
    assert [file.stem for file in pictures] == BEATS
    for file in (*pictures, sheet):
        with Image.open(file) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 20


def test_it_becomes_a_film_with_captions_documents_and_a_ledger(plan: Plan, tmp_path: Path) -> None:
    files = make_film(plan, tmp_path / "out", RecordedProgress(), SegmentCache(tmp_path / "segments"))
    film, ledger_file, poster, subrip, vtt, *others = files
    ledger = json.loads(ledger_file.read_text("utf-8"))
    with av.open(str(film)) as container:
        (picture,) = container.streams.video
        assert (picture.width, picture.height, picture.codec_context.name) == (854, 480, "h264")
        assert sum(1 for _ in container.decode(picture)) == round(ledger["duration"] * 15)
        assert [mark["metadata"]["title"] for mark in container.chapters()] == ["The output", "The slope"]
        assert container.metadata["title"] == "One sigmoid neuron"
        last = round(ledger["beats"][-1]["end"] * 15) - 1  # of the beat that the film names for its poster
        container.seek(0)
        (shown,) = [frame for number, frame in enumerate(container.decode(picture)) if number == last]
        pixels = shown.to_ndarray(format="rgb24", src_colorspace="ITU709", threads=1)
    assert np.array_equal(np.asarray(Image.open(poster)), pixels)
    assert [beat["id"] for beat in ledger["beats"]] == BEATS
    assert ledger["production"]["lesson"] == Neuron().data()
    assert {"key": "g", "text": "−0.310", "value": pytest.approx(-0.31, abs=5e-4), "exponent": 0} in ledger[
        "beats"
    ][1]["numbers"]
    said = " ".join(beat["narration"] for beat in ledger["beats"])
    assert said.startswith("This formula turns any score") and said.endswith("here it is −0.310.")
    for cues in (srt.parse(subrip.read_text("utf-8")), webvtt.read(str(vtt))):
        texts = [getattr(cue, "content", None) or cue.text for cue in cues]
        assert " ".join(" ".join(texts).split()) == said
    texts = {file.name: file.read_text("utf-8") for file in others}
    assert texts["film.youtube.txt"].startswith("One sigmoid neuron\n\n")
    assert "∂C/∂z" not in texts["film.youtube.txt"]  # the result is that of another film
    assert "<figcaption>Formulas</figcaption>" in texts["film.en.transcript.html"]
    assert 'alttext="' in texts["film.en.transcript.html"]
