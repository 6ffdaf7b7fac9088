"""The settings of a run: checked, frozen, and able to travel to another process."""

from __future__ import annotations

import pickle

import pytest

from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.stage.scene.production import Production

TIMING = reading_time(Sentence.parse("one {here|two}", dict[str, tuple[str, str]]().__getitem__))


def test_a_production_with_its_times_travels_to_another_process() -> None:
    sent = Production(FILM, quality="draft", voice="heart", timings={"softmax.share_out": TIMING})
    received = pickle.loads(pickle.dumps(sent))
    assert received == sent
    assert received.timings["softmax.share_out"].marks == TIMING.marks


def test_what_a_production_has_computed_stays_at_home() -> None:
    production = Production(FILM)
    before = len(pickle.dumps(production))
    assert production.solution is not None
    assert len(pickle.dumps(production)) == before


@pytest.mark.parametrize(
    "copied", [Production(FILM, timings={"a.b": TIMING}), pickle.loads(pickle.dumps(Production(FILM)))]
)
def test_nobody_can_change_the_times(copied: Production) -> None:
    with pytest.raises(TypeError):
        copied.timings["a.b"] = TIMING  # type: ignore[index]
    with pytest.raises(TypeError):
        TIMING.marks["here"] = 0.0  # type: ignore[index]


def test_the_times_do_not_change_with_the_dictionary_they_came_from() -> None:
    given = {"a.b": TIMING}
    production = Production(FILM, timings=given)
    given.clear()
    assert list(production.timings) == ["a.b"]


@pytest.mark.parametrize("setting", ["quality", "frame"])
def test_a_setting_that_is_not_there_is_an_error_that_lists_those_that_are(setting: str) -> None:
    with pytest.raises(UsageError, match=f"no {setting} 'best'") as refused:
        Production(FILM, **{setting: "best"})
    assert {"quality": "draft, medium, high, 4k", "frame": "wide, tall, square"}[
        setting
    ] in refused.value.hint
