"""The code of a chapter is told apart beat by beat, unless one beat uses another."""

from __future__ import annotations

import pytest

from softmax_explained.scenes.film import FILM
from softmax_explained.studio.cache.beat_code import beat_code
from softmax_explained.studio.cache.import_graph import source_of

SOURCE = '''
from somewhere import Chapter, beat, draw

LENGTH = 2


class Loss(Chapter, film=FILM):
    """A chapter."""

    def first_picture(self):
        self.add(draw(LENGTH))

    @beat
    def price(self):
        """One."""
        self.play(draw(1))

    def between(self):
        return 3

    @beat(hold="long")
    def slope(self):
        self.play(draw(2))


class Other(Chapter):
    @beat
    def price(self):
        self.play(draw(4))
'''


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("draw(1)", "draw(9)", {"price"}),
        ('"""One."""', '"""Two."""', {"price"}),
        ("draw(2)", "draw(9)", {"slope"}),
        ('hold="long"', 'hold="short"', {"slope"}),
        ("return 3", "return 9", {"common"}),
        ("LENGTH = 2", "LENGTH = 9", {"common"}),
        ("draw(LENGTH)", "draw(9)", {"common"}),
        ("draw(4)", "draw(9)", {"common"}),
        ("def slope(self)", "def slopes(self)", {"common", "slope", "slopes"}),
    ],
)
def test_a_change_is_one_of_a_beat_or_of_what_they_have_in_common(
    old: str, new: str, changed: set[str]
) -> None:
    assert SOURCE.count(old) == 1
    one, other = (beat_code(text, "Loss") for text in (SOURCE, SOURCE.replace(old, new)))
    pairs = {"common": (one.common, other.common)}
    pairs |= {name: (one.beats.get(name), other.beats.get(name)) for name in {*one.beats, *other.beats}}
    assert {name for name, (before, after) in pairs.items() if before != after} == changed


@pytest.mark.parametrize("call", ["self.slope()", "Loss.slope(self)", "super().slope()"])
def test_beats_that_use_each_other_are_not_told_apart(call: str) -> None:
    code = beat_code(SOURCE.replace("self.play(draw(1))", call), "Loss")
    assert code.beats == {}
    assert code.common != beat_code(SOURCE.replace("self.play(draw(1))", f"{call} + 1"), "Loss").common


@pytest.mark.parametrize("name", [*FILM.chapters, "teaser"])
def test_all_beats_of_the_film_are_told_apart_in_their_order(name: str) -> None:
    chapter = FILM.chapter(name)
    code = beat_code(source_of(chapter.__module__), chapter.__name__)
    assert tuple(code.beats) == chapter.beats()
    assert len(set(code.beats.values())) == len(code.beats)
