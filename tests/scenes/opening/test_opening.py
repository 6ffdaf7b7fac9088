"""The opening: the first frame shows the example, and the bars grow out of the output nodes."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from manim import tempconfig
from PIL import Image
from scipy.special import softmax

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.core.lesson.picture import Picture
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.opening.example_card import NumberCard, PictureCard, example_card
from softmax_explained.scenes.opening.prediction import Prediction
from softmax_explained.scenes.opening.scene import Opening
from softmax_explained.scenes.opening.slopes import Slopes
from softmax_explained.stage import Chapter, Production, Region, Words, style
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import ADRIFT, PIXEL
from softmax_explained.studio.painting.camera import SegmentCamera


def prediction(lesson: Lesson, frame: str) -> Prediction:
    solution = solve(lesson)
    return Prediction(solution, [Words(name) for name in lesson.classes], FRAMES[frame].stage)


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
@pytest.mark.parametrize("name", ["cat-dog-fox", "ten-digits", "soft-labels"])
def test_bars_are_as_long_as_the_shares_and_grow_from_their_nodes(name: str, frame: str) -> None:
    lesson = shipped_lesson(name)
    seen = prediction(lesson, frame)
    along, across = (0, 1) if seen.lying else (1, 0)
    shares = softmax(lesson.z)
    sizes = np.array([(bar.width, bar.height)[along] for bar in seen.bars])
    largest = int(np.argmax(shares))
    assert sizes == pytest.approx(shares * sizes[largest] / shares[largest], abs=0.011)
    for bar, node in zip(seen.bars, seen.network.columns["a"], strict=True):
        assert bar.get_center()[across] == pytest.approx(node.ring.get_center()[across], abs=1e-6)


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_outlines_show_the_targets_that_are_not_zero(frame: str) -> None:
    assert len(prediction(default_lesson(), frame).targets) == 1
    assert len(prediction(shipped_lesson("soft-labels"), frame).targets) == 4


def test_an_example_without_a_picture_is_a_card_with_its_inputs() -> None:
    lesson = shipped_lesson("ten-digits")
    bare = Lesson(
        **{name: getattr(lesson, name) for name in ("inputs", "weights", "biases", "classes", "targets")}
    )
    card = example_card(solve(bare), Region(0, 0, 3, 4))
    assert isinstance(card, NumberCard)
    assert [formula.expr.text for formula in card.inputs] == ["2.4", "2.8", "3.5", "2.9"]
    assert card.inputs.width <= 3 and card.inputs.height <= 4


def test_a_lesson_with_a_picture_shows_it() -> None:
    assert default_lesson().picture is not None
    card = example_card(solve(default_lesson()), Region(0, 0, 3, 4))
    assert isinstance(card, PictureCard)
    assert 2 < card.picture.width <= 3 and card.picture.height <= 4


@pytest.mark.parametrize("targets", [[1.0, 0.0, 0.0], [0.659, 0.242, 0.099]])
def test_a_network_that_is_right_has_an_opening_too(targets: list[float]) -> None:
    lesson = Lesson.from_logits([9.0, 0.0, 0.1], ["cat", "dog", "fox"], targets)
    records = dry_run(Opening, Production(FILM, lesson=lesson)).records
    assert [record.id for record in records][-1] == "opening.road"


class Lit:
    """Notes how many of the signed numbers are not in the colour of the loss, in the middle of every move."""

    def __init__(self, slopes: list[Slopes]) -> None:
        self._slopes = slopes
        self.times: list[tuple[float, list[bool]]] = []

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [seconds / 2]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        colour = style().colour("C")
        for numbers in (each.chart.values for each in self._slopes):
            lit = [number.family_members_with_points()[-1].get_fill_color() != colour for number in numbers]
            self.times.append((scene.clock, lit))

    def held(self, scene: Chapter, seconds: float) -> None: ...


def test_every_signed_number_lights_up_when_they_are_named_and_at_no_other_time() -> None:
    with made(Slopes) as slopes:
        watcher = Lit(slopes)
        scene = dry_run(Opening, Production(FILM), observer=watcher)
    named = next(move.start for move in scene.records[2].moves if move.mark == "slope")
    assert [lit for time, lit in watcher.times if any(lit)] == [[True] * 3]
    assert [time for time, lit in watcher.times if any(lit)] == [pytest.approx(named, abs=0.5)]


class Doubled:
    """Notes the words that stand over other words, at many moments of one beat."""

    def __init__(self, beat: str) -> None:
        self._beat = beat
        self.over, self.looked = list[tuple[str, str]](), 0

    def before(self, scene: Chapter) -> None:
        self.is_here = scene.beat_id == self._beat

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0, seconds, 12)[1:-1]) if self.is_here else []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        shown = [each for each in typeset_text_shown(scene, Words) if each[0].get_fill_opacity() > 0.1]
        pairs = [(one, other) for one, other in combinations(shown, 2) if overlap(one, other)]
        self.over += [(one.text, other.text) for one, other in pairs]
        self.looked += len(shown) > 1

    def held(self, scene: Chapter, seconds: float) -> None: ...


def test_the_names_of_one_strip_never_stand_over_those_of_the_other() -> None:
    watcher = Doubled("opening.two_losses")
    dry_run(Opening, Production(FILM), observer=watcher)
    assert watcher.looked > 20 and not watcher.over


LAST_TWO = Lesson.from_logits(
    [3.2, 4.0, 0.5, 0.9, 0.4, 3.3, -8.0, 4.02, -7.0],
    [
        *("non-small cell lung carcinoma", "Internationalisierungsbeauftragte", "Not_Suitable_For_Anything"),
        *(
            "dishwasher, dish washer",
            "comp.sys.ibm.pc.hardware",
            "great white shark",
            "WWWWWWWWWWWWWWWWWWWWWW",
        ),
        *("hammerhead, hammerhead shark", "ill"),
    ],
    np.eye(9)[8],
)


FIRST_TWO = Lesson.from_logits(
    [1.0, 0.3, -0.2, -0.8, 1.6, -0.9, 1.6, 0.1, 0.1, 1.6],
    ["bee", "hen", "owl", "dog", "cow", "cat", "fox", "emu", "ant", "elk"],
    [0.01, 0.91, *[0.01] * 8],
)


@pytest.mark.parametrize(
    "lesson",
    [
        default_lesson(),
        LAST_TWO,
        *[pytest.param(each, marks=pytest.mark.slow) for each in (shipped_lesson("ten-digits"), FIRST_TWO)],
    ],
)
@pytest.mark.parametrize("frame", first_fast(FRAMES))
def test_the_word_slope_is_beside_a_number_and_clear_of_the_legend(lesson: Lesson, frame: str) -> None:
    with made(Slopes) as pictures:
        dry_run(Opening, Production(FILM, lesson=lesson, frame=frame), until="one_subtraction")
    slopes, stage = pictures[0], FRAMES[frame].stage
    tag, legend = slopes.tag, slopes.legend
    gaps = [
        np.hypot(
            max(0.0, abs(tag.get_x() - number.get_x()) - (tag.width + number.width) / 2),
            max(0.0, abs(tag.get_y() - number.get_y()) - (tag.height + number.height) / 2),
        )
        for number in slopes.chart.values
    ]
    assert min(gaps) <= ADRIFT * PIXEL
    assert not overlap(tag, legend)
    assert not any(overlap(tag, number) for number in slopes.chart.values)
    for word in (tag, legend):
        assert stage.left - 1e-6 <= word.get_left()[0] < word.get_right()[0] <= stage.right + 1e-6


def test_the_number_of_a_flat_bar_is_not_over_the_bar_beside_it() -> None:
    scores = [0.794, 0.802, -1.738, 0.547, 1.409, -0.187, 1.614, -998.386, 1.327, -2.582]
    seen = prediction(Lesson.from_logits(scores, list("abcdefghij"), np.eye(10)[7]), "tall")
    for k in (6, 7):
        others = [bar for n, bar in enumerate(seen.bars) if n != k]
        assert not any(overlap(seen.number_of(k), bar) for bar in others)
    assert not overlap(seen.number_of(6), seen.number_of(7))


def test_an_image_is_drawn_on_its_card() -> None:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), (200, 30, 30)).save(file, format="png")
    region = Region(-3, -3, 3, 3)
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        camera, card = SegmentCamera(), PictureCard(Picture(file.getvalue()), region)
        camera.paint(np.zeros(camera.pixel_array.shape, np.uint8), [card])
    assert camera.pixel_array[90, 160].tolist() == [200, 30, 30, 255]
    red = (camera.pixel_array[..., :3] == (200, 30, 30)).all(axis=2)
    height, width = (np.ptp(places) + 1 for places in np.nonzero(red))
    assert width / height == pytest.approx(80 / 60, rel=0.03)
    assert width > 0.7 * 180 * region.width / 8
