"""A cut may have chapters of its own instead of those of the film: it is made as any film is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import av
import pytest
import tiny_film
from tiny_film import RecordedProgress

from softmax_explained.errors import UsageError
from softmax_explained.stage.scene.film import FULL
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache

PRODUCTION = replace(
    tiny_film.PRODUCTION, film=tiny_film.WITH_TRAILER, cut=tiny_film.WITH_TRAILER.cut("trailer")
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("trailer")
    made = make_film(
        make_plan(PRODUCTION), folder / "out", RecordedProgress(), SegmentCache(folder / "segments")
    )
    return {file.name: file for file in made}


def test_it_shows_its_own_chapters_and_nothing_of_the_film(files: dict[str, Path]) -> None:
    ledger = json.loads(files["film.json"].read_text("utf-8"))
    assert [chapter["name"] for chapter in ledger["chapters"]] == ["ending"]
    assert [beat["id"] for beat in ledger["beats"]] == ["ending.last"]
    assert (ledger["production"]["cut"], ledger["production"]["captions"]) == ("trailer", "burn")


def test_its_file_has_the_title_of_the_film_and_its_own_chapter(files: dict[str, Path]) -> None:
    with av.open(str(files["film.mp4"])) as file:
        assert file.metadata["title"] == "A tiny film"
        assert [mark["metadata"]["title"] for mark in file.chapters()] == ["The ending"]


def test_its_captions_are_burned_in_in_every_frame_and_also_in_a_file(files: dict[str, Path]) -> None:
    assert PRODUCTION.frame == "wide"
    assert make_plan(PRODUCTION).production.cues["ending.last"]
    assert "Here a square appears." in files["film.en.srt"].read_text("utf-8")


def test_the_film_itself_leaves_them_out_but_knows_their_words() -> None:
    plan = make_plan(replace(PRODUCTION, cut=FULL))
    assert [chapter.scene.name for chapter in plan.chapters] == ["opening"]


def test_a_chapter_of_the_film_is_not_in_the_cut() -> None:
    with pytest.raises(UsageError, match="the trailer cut has nothing of chapter 'opening'") as caught:
        replace(PRODUCTION, chapters=("opening",))
    assert "ending" in caught.value.hint


def test_it_is_another_film_than_the_whole() -> None:
    assert film_fingerprint(PRODUCTION) != film_fingerprint(replace(PRODUCTION, cut=FULL))
