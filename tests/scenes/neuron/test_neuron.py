"""The chapter on the neuron: the class in focus, what its drawing says, and where the scores are drawn."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from manim import DL, UR, Circle, Line, RoundedRectangle, Transform
from stills import play, record_of

from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.forward_pass import ForwardPass
from softmax_explained.scenes.neuron.last_picture import LastPicture
from softmax_explained.scenes.neuron.layer_picture import TO_NAME, LayerPicture
from softmax_explained.scenes.neuron.scene import Neuron
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.scenes.pictures.score_line import ScoreBars
from softmax_explained.scenes.softmax.scene import Softmax
from softmax_explained.stage import Chapter, Production, Region, Words
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.shapes.neuron_layout import NeuronLayout
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import EM, PIXEL, ROUNDING

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([-1.5, 0.7], ["no", "yes"], [0.3, 0.7]),
    "ten": Lesson.from_logits([n - 4.5 for n in range(10)], [f"c{n}" for n in range(10)], [0.1] * 10),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}


@pytest.fixture(params=LESSONS, scope="module")
def last_frames(request: pytest.FixtureRequest) -> tuple[Chapter, dict[str, list[object]]]:
    """The chapter with one lesson, and what stood on the stage at the end of each beat."""
    seen: dict[str, list[object]] = {}

    def look(chapter: Chapter, record: BeatRecord) -> None:
        seen[record.id] = list(chapter.mobjects)

    return dry_run(Neuron, Production(FILM, lesson=LESSONS[request.param]), after_beat=look), seen


def test_the_single_neuron_is_the_one_of_the_focus_class(
    last_frames: tuple[Chapter, dict[str, list[object]]],
) -> None:
    chapter, _ = last_frames
    one_neuron = record_of(chapter, "one_neuron")
    focus = chapter.solution.i
    assert f"z[{focus}]" in {number.key for number in one_neuron.numbers}
    assert chapter.script.classes[focus] in one_neuron.words


def test_every_bar_is_as_long_as_its_score(last_frames: tuple[Chapter, dict[str, list[object]]]) -> None:
    chapter, seen = last_frames
    (picture,) = [shown for shown in seen["neuron.one_per_class"] if isinstance(shown, LastPicture)]
    line = picture.scores.line
    zero, one = (
        float(edge[0]) for edge in (line.band.get_left(), line.band.get_right())
    )  # as they are drawn
    assert zero == pytest.approx(line.zero.get_x(), abs=PIXEL)
    lesson = chapter.solution.lesson
    scores = lesson.weights @ lesson.inputs + lesson.biases
    for bar, dot, score in zip(picture.scores.bars, picture.scores.dots, scores, strict=True):
        ends = sorted([zero, zero + float(score) * (one - zero)])
        assert [bar.get_left()[0], bar.get_right()[0]] == pytest.approx(ends, abs=PIXEL)
        assert dot.get_x() == pytest.approx(ends[0] if score < 0 else ends[1], abs=PIXEL)
        assert line.region.left <= dot.get_x() <= line.region.right


def test_every_score_that_no_probability_can_be_says_so(
    last_frames: tuple[Chapter, dict[str, list[object]]],
) -> None:
    chapter, _ = last_frames
    shown = {formula.text for formula in record_of(chapter, "one_per_class").formulas}
    for score in chapter.solution.z:
        digits = f"{score:.1f}".replace("-", "−")
        assert (f"{digits} < 0" in shown) == (score < 0)
        assert (f"{digits} > 1" in shown) == (score > 1)


def test_a_score_that_reads_zero_or_one_is_not_said_to_be_less_or_more() -> None:
    lesson = Lesson.from_logits([-0.000155, 1.000155, 0.5, -0.003205, 1.003205], list("abcde"), 1)
    chapter = dry_run(Neuron, Production(FILM, lesson=lesson))
    shown = {formula.text for formula in record_of(chapter, "one_per_class").formulas}
    assert {text for text in shown if " < 0" in text or " > 1" in text} == {"−0.003 < 0", "1.003 > 1"}


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
@pytest.mark.parametrize("name", LESSONS)
def test_the_letters_over_the_table_are_those_of_its_weights_and_biases(name: str, frame: str) -> None:
    chapter = Neuron(Production(FILM, lesson=LESSONS[name], frame=frame))
    picture = LastPicture(chapter)
    heads = picture.layer[1].heads
    letters = [head.source for head in heads]
    assert all(letter.startswith("w_") for letter in letters[:-1]) and letters[-1].startswith("b_")
    assert all(two.get_left()[0] > one.get_right()[0] for one, two in pairwise(heads))


def test_every_node_of_a_score_carries_its_letter() -> None:
    picture = LastPicture(Neuron(Production(FILM)))
    assert [node.content.plain for node in picture.layer[0].columns["z"]] == ["z_1", "z_2", "z_3"]


def test_the_node_of_the_score_is_empty_until_a_product_arrives() -> None:
    chapter = Neuron(Production(FILM))
    run = ForwardPass(chapter.solution, 0, NeuronDiagram(chapter.solution, 0, Region(-6, -3, 6, 2)))
    assert run.total.get_fill_opacity() == 0
    for move in run.add():
        if isinstance(move, ShowNumbers):
            move.begin()
            for part, opacity in ((0.0, 0), (0.5, 0), (1.0, 1)):
                move.interpolate(part)
                assert run.total.get_fill_opacity() == opacity


def test_a_product_touches_no_weight() -> None:
    chapter = Neuron(Production(FILM))
    diagram = NeuronDiagram(chapter.solution, 0, Region(-6, -3, 6, 2))
    for chip in ForwardPass(chapter.solution, 0, diagram).chips:
        for weight in diagram.weights:
            across, up = np.abs(chip.get_center() - weight.get_center())[:2]
            gaps = across - (chip.width + weight.width) / 2, up - (chip.height + weight.height) / 2
            assert max(gaps) > 10 * PIXEL


IN_THEIR_UNITS = Lesson(
    inputs=np.array([0.0258, 0.000453, 16.0]),
    weights=np.array([[-0.01069, 0.00827, 0.01087], [0.02311, -0.01082, -0.00609]]),
    biases=np.array([1.98, -0.9]),
    classes=("a", "d"),
    targets=np.array([1.0, 0.0]),
)


@pytest.mark.parametrize("region", [Region(-6, -3, 6, 2), Region(-2.9, -2.6, 2.9, 2.6)])
def test_long_products_cover_neither_the_sum_nor_each_other_nor_a_weight_that_stays(region: Region) -> None:
    solution = solve(IN_THEIR_UNITS)
    diagram = NeuronDiagram(solution, 0, region)
    run = ForwardPass(solution, 0, diagram)
    assert len(run.chips) == 3
    standing = [diagram.body, *run.weights, *run.chips]
    for chip in run.chips:
        for other in (each for each in standing if each is not chip):
            across, up = np.abs(chip.get_center() - other.get_center())[:2]
            gaps = across - (chip.width + other.width) / 2, up - (chip.height + other.height) / 2
            assert max(gaps) > -1e-6


def test_the_frames_of_products_on_close_wires_are_apart_and_the_nearest_to_the_sum_goes_first() -> None:
    digits = shipped_lesson("ten-digits")
    chapter = Neuron(Production(FILM, lesson=digits, frame="square"))
    i = chapter.solution.i
    run = ForwardPass(chapter.solution, i, NeuronDiagram(chapter.solution, i, chapter.stage.inset(y=1.0)))
    for one, other in combinations(run.chips, 2):
        assert not overlap(one, other, 0.04)
    group, *_ = run.add()
    places = [float(move.mobject.get_x()) for move in group.animations]
    assert len(places) == 4 and places == sorted(places, reverse=True)


FAR_BELOW_ONE = Lesson(
    inputs=np.array([-1130.0, 0.1, -0.541]),
    weights=np.array([[-0.01305, 0.00815, -7e-05], [-0.01357, 0.00523, 0.00134]]),
    biases=np.array([-0.24, 0.86]),
    classes=("b", "a"),
    targets=np.array([0.0, 1.0]),
)


@pytest.mark.parametrize(("given", "weights"), [(default_lesson(), 2), (FAR_BELOW_ONE, 0)])
def test_a_product_passes_no_weight_that_stays_on_its_way_into_the_sum(given: Lesson, weights: int) -> None:
    solution = solve(given)
    diagram = NeuronDiagram(solution, 0, Region(-3.68, -1.99, 2.8, 4.55))
    run = ForwardPass(solution, 0, diagram)
    assert len(run.weights) == weights
    assert all(isinstance(chip[0], RoundedRectangle) for chip in run.chips)  # they have their frames
    into = diagram.body.get_center()
    for chip in run.chips:
        for part in np.linspace(0, 1, 40):
            centre, size = chip.get_center() + part * (into - chip.get_center()), 1 - 0.25 * part
            for weight in run.weights:
                across, up = np.abs(centre - weight.get_center())[:2]
                gaps = (
                    across - (size * chip.width + weight.width) / 2,
                    up - (size * chip.height + weight.height) / 2,
                )
                assert max(gaps) > -0.03  # 4 pixels of 1080, between the steps at which the picture looks


def test_columns_are_equally_far_apart_though_long_numbers_stand_before_the_inputs() -> None:
    network = Network(solve(IN_THEIR_UNITS), Region(-6, -3, 6, 3), numbers=True)
    columns = [float(column[0].ring.get_x()) for column in network.columns.values()]
    assert np.diff(columns) == pytest.approx(np.diff(columns)[0])
    numbers = [node.content for node in network.columns["x"]]
    assert all(len(number) and number.get_left()[0] >= -6 - 1e-6 for number in numbers)


def test_the_numbers_of_the_inputs_give_way_where_they_leave_no_room_for_the_wires() -> None:
    inputs = np.array([1.32, -0.00072, 6980.0, 1300.0, 161.0, 0.000823, 1.43, -42.7])
    weights = np.linspace(-0.02, 0.03, 64).reshape(8, 8)
    names = ("emu", "fox", "hen", "owl", "dog", "ant", "cat", "cow")
    lesson = Lesson(inputs=inputs, weights=weights, biases=np.zeros(8), classes=names, targets=np.eye(8)[6])
    chapter = dry_run(Neuron, Production(FILM, lesson=lesson, frame="tall"))
    picture = LastPicture(chapter)
    inputs_end = max(float(node.ring.get_right()[0]) for node in picture.network.columns["x"])
    scores_start = min(float(node.ring.get_left()[0]) for node in picture.network.columns["z"])
    assert scores_start - inputs_end >= 0.5  # Manim units
    assert picture.get_left()[0] >= chapter.stage.left - PIXEL
    assert picture.get_right()[0] <= chapter.stage.right + PIXEL


LONG_NAME = "the northern white-breasted hedgehog sp."
EIGHT = Lesson(
    inputs=np.linspace(-1.25, 3.0, 8),
    weights=np.linspace(-0.5, 0.75, 16).reshape(2, 8),
    biases=np.array([0.1, -0.2]),
    classes=("cat", LONG_NAME),
    targets=np.array([1.0, 0.0]),
)


@pytest.mark.parametrize(
    "frame", ["wide", *[pytest.param(frame, marks=pytest.mark.slow) for frame in ("tall", "square")]]
)
def test_every_weight_of_eight_inputs_is_written_and_readable(frame: str) -> None:
    still = play(Neuron, Production(FILM, lesson=EIGHT, frame=frame)).still("one_neuron")
    focus = Production(FILM, lesson=EIGHT).solution.i
    written = {number.key for number in still.record.numbers}
    assert {f"W[{focus},{m}]" for m in range(8)} <= written
    assert min(piece.em for piece in still.pieces) >= EM * PIXEL * ROUNDING


def test_no_weight_is_written_over_its_wire() -> None:
    diagram = NeuronDiagram(solve(default_lesson()), 0, Region(-6, -3, 6, 2))
    assert len(diagram.weights) == 2
    for wire, weight in zip(diagram.wires, diagram.weights, strict=True):
        (x0, y0, _), (x1, y1, _) = wire.get_start_and_end()
        for x in (weight.get_left()[0], weight.get_right()[0]):
            assert weight.get_bottom()[1] > y0 + (x - x0) / (x1 - x0) * (y1 - y0)


@pytest.mark.parametrize("height", [3.0, 5.0])
def test_a_weight_without_room_above_its_wire_stands_in_it_clear_of_its_input(height: float) -> None:
    diagram = NeuronDiagram(solve(EIGHT), 0, Region(-3.5, 0, 3.5, height))
    assert len(diagram.weights) == 8
    for gap, weight in zip(diagram.gaps, diagram.weights, strict=True):
        assert gap.get_left()[0] < weight.get_left()[0] < weight.get_right()[0] < gap.get_right()[0]
    for wire, node, weight in zip(diagram.wires, diagram.inputs, diagram.weights, strict=True):
        (x0, y0, _), (x1, y1, _) = wire.get_start_and_end()
        assert weight.get_y() == pytest.approx(np.interp(weight.get_x(), [x0, x1], [y0, y1]))
        assert weight[0].get_stroke_width(background=True) > 0  # the wire ends before it
        assert weight.get_left()[0] > node.ring.get_right()[0]


def test_the_score_stands_beside_the_sum_in_a_wide_region_and_below_it_in_a_narrow_one() -> None:
    wide, narrow = Region(-6, -3, 6, 2), Region(-3, -3, 3, 2)
    row, corner = NeuronLayout.of(wide, 0.5), NeuronLayout.of(narrow, 0.5)
    assert row.out[1] == row.body[1] and row.out[0] > row.body[0] + 2 * row.radius
    assert corner.out[0] == corner.body[0] and corner.out[1] < corner.body[1] - 2 * corner.radius
    for places, region in ((row, wide), (corner, narrow)):
        assert region.left < places.body[0] + places.radius <= region.right + 1e-9
        assert region.bottom - 1e-9 <= places.out[1] - places.radius


class Growth:
    """Notes where the bars of the scores are while they move: left, right, bottom, top."""

    def __init__(self, made: list[ScoreBars]) -> None:
        self._made = made
        self.edges: dict[int, list[tuple[float, float, float, float]]] = {}

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0.0, seconds, 9))

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        shown = {id(part) for mobject in scene.mobjects for part in mobject.get_family()}
        for k, bar in enumerate(self._made[0].bars if self._made else ()):
            if id(bar) in shown:
                (left, bottom), (right, top) = bar.get_corner(DL)[:2], bar.get_corner(UR)[:2]
                self.edges.setdefault(k, []).append((left, right, bottom, top))

    def held(self, scene: Chapter, seconds: float) -> None: ...


@pytest.mark.parametrize("name", LESSONS)
def test_every_bar_grows_from_zero_in_its_row(name: str) -> None:
    with made(ScoreBars) as bars:
        watcher = Growth(bars)
        dry_run(Neuron, Production(FILM, lesson=LESSONS[name]), observer=watcher)
    line = bars[0].line
    for k, score in enumerate(solve(LESSONS[name]).z):
        left, right, bottom, top = np.array(watcher.edges[k]).T
        assert np.ptp(bottom) == pytest.approx(0) and np.ptp(top) == pytest.approx(0)
        zero, end = (right, left) if score < 0 else (left, right)
        assert zero == pytest.approx(line.x(0.0))
        lengths = abs(end - line.x(0.0)) / line.unit
        assert (np.diff(lengths) >= -1e-9).all() and lengths[-1] == pytest.approx(abs(score))
        halfway = (lengths > 0.05 * abs(score)) & (lengths < 0.95 * abs(score))
        assert halfway.any() or score == 0


class NamesBesideBars(Growth):
    """Notes how far left of each bar the name in its row ends."""

    def __init__(self, made: list[ScoreBars]) -> None:
        super().__init__(made)
        self.gaps: dict[int, list[float]] = {}

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        parts = [part for mobject in scene.mobjects for part in mobject.get_family()]
        words = [part for part in parts if isinstance(part, Words)]
        for k, bar in enumerate(self._made[0].bars if self._made else ()):
            left = float(bar.get_left()[0])
            ends = [float(each.get_right()[0]) for each in words if abs(each.get_y() - bar.get_y()) < 0.1]
            if any(part is bar for part in parts) and ends:
                self.gaps.setdefault(k, []).append(min(left - end for end in ends if end < left))


@pytest.mark.parametrize("name", ["two", "far apart"])
def test_a_name_goes_along_with_the_end_of_its_bar(name: str) -> None:
    with made(ScoreBars) as bars:
        watcher = NamesBesideBars(bars)
        dry_run(Neuron, Production(FILM, lesson=LESSONS[name], frame="tall"), observer=watcher)
    assert set(watcher.gaps) == set(range(LESSONS[name].K))
    assert np.concatenate([*watcher.gaps.values()]) == pytest.approx(TO_NAME, abs=0.005)


class TiedWires:
    """Notes how far from the rings wires end while neurons come out of the first, and how low rings are."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.below: list[float] = []
        self.most = 0

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0.0, seconds, 7))

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        if scene.beat_id != "neuron.one_per_class":
            return
        moved = [each.mobject for each in scene.animations or () if type(each) is Transform]
        rings = [each for each in moved if isinstance(each, Circle)]
        wires = [each for each in moved if isinstance(each, Line)]
        self.most = max(self.most, len(wires))
        for wire in wires:
            for end in (wire.get_start(), wire.get_end()):
                apart = [np.linalg.norm(end - ring.get_center()) - ring.width / 2 for ring in rings]
                self.gaps.append(min(map(abs, apart)))
        self.below += [scene.stage.bottom - float(ring.get_bottom()[1]) for ring in rings]

    def held(self, scene: Chapter, seconds: float) -> None: ...


@pytest.mark.parametrize("frame", ["wide", "square"])
def test_neurons_come_out_of_the_first_one_within_the_frame_and_tied_to_their_wires(frame: str) -> None:
    watcher = TiedWires()
    dry_run(Neuron, Production(FILM, lesson=shipped_lesson("ten-digits"), frame=frame), observer=watcher)
    assert watcher.most == 10 * 4
    assert max(watcher.gaps) < 0.05  # Manim units: the ends of a wire move straight, its ring grows
    assert max(watcher.below) < 0.02


@pytest.mark.parametrize("scores", [[2, 1.9, -3, 0.1], [0.5, 0.5], [0.7, 0.2, 0.1], [2, 1, 0.1]])
def test_a_sum_that_reads_one_is_not_said_to_be_another_number(scores: list[float]) -> None:
    lesson = Lesson.from_logits(scores, list("abcd")[: len(scores)], np.eye(len(scores))[0])
    total = LayerPicture(Neuron(Production(FILM, lesson=lesson))).total
    reads_one = round(sum(scores), 9) == 1
    assert ("≠" in total.plain) is not reads_one
    dry_run(Softmax, Production(FILM, lesson=lesson))  # its first picture has the sum: it must be proved
