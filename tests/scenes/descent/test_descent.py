"""Facts of the descent chapter: step, slopes of the weights and signal are what the numbers say."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from manim import Mobject, VGroup
from manim.animation.animation import prepare_animation
from scipy.special import log_softmax, softmax

from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.descent.backward_pass import BackwardPass
from softmax_explained.scenes.descent.loss_bar import LossBar
from softmax_explained.scenes.descent.scene import Descent
from softmax_explained.scenes.descent.signal_picture import WEIGHTS_UP_TO, SignalPicture
from softmax_explained.scenes.descent.step_picture import RADIUS, StepPicture
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.scenes.squared_error.last_picture import LastPicture as Race
from softmax_explained.stage import Chapter, Production, Readout, Region, Words, style
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import PIXEL

REGION = Region(-6, -3, 6, 2)


def lesson(logits: tuple[float, ...], targets: tuple[float, ...], eta: float = 1.0) -> Lesson:
    classes = tuple("abcdefghij"[: len(logits)])
    return Lesson.from_logits(logits, classes, targets, learning_rate=eta)


LESSONS = [
    default_lesson(),
    lesson((30.0, -30.0, 0.0), (0.0, 1.0, 0.0), 3.9),
    lesson((9.0, 0.0), (1.0, 0.0)),
    lesson((1.0, 1.0, 0.5, -2.0), (0.1, 0.4, 0.3, 0.2), 3.9),
]


def words(count: int) -> list[Words]:
    return [Words("name") for _ in range(count)]


@pytest.mark.parametrize("given", LESSONS)
def test_bars_and_loss_after_the_step_are_those_of_its_scores(given: Lesson) -> None:
    solution = solve(given)
    board = StepPicture(solution, words(solution.K), REGION).draw(1.0)
    after = solution.z - given.learning_rate * (softmax(solution.z) - given.targets)
    assert board.chart.values == pytest.approx(softmax(after))
    assert board.loss(1.0) == pytest.approx(-(given.targets * log_softmax(after)).sum())
    assert board.loss(0.0) == pytest.approx(-(given.targets * log_softmax(solution.z)).sum())


@pytest.mark.parametrize("given", LESSONS)
def test_a_step_that_is_taken_back_leaves_the_numbers_from_before(given: Lesson) -> None:
    solution = solve(given)
    board = StepPicture(solution, words(solution.K), REGION)
    start = board.share.text, [number.text for number in board.scores]
    for part in (1.0, 0.4):
        board.follow(lambda part=part: part)
        board.update()
    board.settle(after=False)
    assert board.chart.values == pytest.approx(softmax(given.z))
    assert (board.share.text, [number.text for number in board.scores]) == start
    loss = LossBar(solution["C"], solution["C1"], Region(0, 0, 2, 5))
    before = loss.number.text, loss.bar.height
    loss.settle()
    loss.settle(after=False)
    assert (loss.number.text, loss.bar.height) == (before[0], pytest.approx(before[1]))


@pytest.mark.parametrize("given", LESSONS)
def test_every_dot_moves_by_its_step_and_all_to_one_scale(given: Lesson) -> None:
    solution = solve(given)
    board = StepPicture(solution, words(solution.K), REGION)
    before = np.array([dot.get_y() for dot in board.draw(0.0).dots])
    moved = np.array([dot.get_y() for dot in board.draw(1.0).dots]) - before
    steps = -given.learning_rate * (softmax(solution.z) - given.targets)
    assert np.abs(moved).max() > 1e-4
    assert moved * np.abs(steps).max() == pytest.approx(steps * np.abs(moved).max(), abs=1e-9)
    assert all(REGION.bottom <= dot.get_bottom()[1] for dot in board.dots)


@pytest.mark.parametrize("given", LESSONS)
@pytest.mark.parametrize("region", [REGION, Region(-2.1, -3, 1.0, 2)])
def test_the_letter_of_the_scores_is_left_of_them_and_marks_stay_where_they_started(
    given: Lesson, region: Region
) -> None:
    board = StepPicture(solve(given), words(solve(given).K), region)
    starts = [dot.get_center() for dot in board.draw(0.0).dots]
    scores = VGroup(board.lines, board.dots, board.scores)
    for part in (0.0, 1.0):
        board.draw(part)
        assert region.left - 1e-9 <= board.letter.get_left()[0]
        assert board.letter.get_right()[0] < scores.get_left()[0]
        assert scores.get_bottom()[1] < board.letter.get_y() < scores.get_top()[1]
        assert board.letter.plain == ("z" if len(board.scores) else "Δz")  # without numbers all seem equal
        for (_, mark), start in zip(board.lines, starts, strict=True):
            assert mark.get_center() == pytest.approx(start)
            assert mark.width < 2 * RADIUS  # the dot hides it until it leaves


class Step:
    """Notes how many arrows of the step stand when its dots have set off by which part of their way."""

    def __init__(self, boards: list[StepPicture], losses: list[LossBar]) -> None:
        self._boards, self._losses = boards, losses
        self.arrows: dict[float, int] = {}
        self.levels: set[float] = set()

    def before(self, scene: Chapter) -> None:
        for board, loss in zip(self._boards, self._losses, strict=True):
            if board in scene.mobjects:
                way = (board.chart.values - softmax([2.0, 1.0, 0.1]))[1] / (0.5457 - 0.2424)
                standing = sum(step in scene.mobjects for step in board.steps if len(step))
                part = round(float(way), 2)  # there once more when the step is taken back
                self.arrows[part] = max(standing, self.arrows.get(part, 0))
                self.levels.add(round(float(loss.bar.get_bottom()[1] - board.chart.bars.get_bottom()[1]), 6))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None: ...

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


def test_the_arrows_of_the_step_are_gone_once_the_dots_have_arrived_and_all_bars_have_one_base() -> None:
    with made(StepPicture) as boards, made(LossBar) as losses:
        watcher = Step(boards, losses)
        dry_run(Descent, Production(FILM), observer=watcher)
    assert watcher.arrows[0.0] >= 2 and watcher.arrows[1.0] == 0
    assert watcher.levels == {0.0}


def test_half_of_the_step_shows_the_shares_of_the_scores_where_the_dots_are() -> None:
    solution = solve(default_lesson())
    board = StepPicture(solution, words(3), REGION)
    start, half, end = ([dot.get_y() for dot in board.draw(part).dots] for part in (0.0, 0.5, 1.0))
    assert half == pytest.approx((np.array(start) + np.array(end)) / 2)
    halfway = np.array([2.0, 1.0, 0.1]) - 0.5 * (softmax([2.0, 1.0, 0.1]) - [0, 1, 0])
    assert board.draw(0.5).chart.values == pytest.approx(softmax(halfway))


def test_the_number_of_the_loss_rides_on_the_end_of_its_bar() -> None:
    solution = solve(default_lesson())
    bar = LossBar(solution["C"], solution["C1"], Region(0, 0, 2, 5))
    full = bar.bar.height
    assert bar.draw(solution.C / 2).bar.height == pytest.approx(full / 2)
    for loss in (solution.C, 0.1, 0.0):
        gap = bar.draw(loss).number.get_bottom()[1] - bar.bar.get_top()[1]
        assert 0 < gap < 0.3


def test_next_to_no_loss_is_next_to_no_bar() -> None:
    solution = solve(lesson((30.0, 0.0), (1.0, 0.0)))
    assert PIXEL < LossBar(solution["C"], solution["C1"], REGION).bar.height < 0.03


@pytest.mark.parametrize("inputs", [2, 8])
def test_the_slope_of_every_weight_is_beside_its_wire(inputs: int) -> None:
    given = Lesson(
        inputs=np.linspace(-1.25, 3.0, inputs),
        weights=np.linspace(-0.5, 0.75, 2 * inputs).reshape(2, inputs),
        biases=np.array([0.1, -0.2]),
        classes=("a", "b"),
        targets=np.array([1.0, 0.0]),
    )
    back = BackwardPass(solve(given), 1, NeuronDiagram(solve(given), 1, REGION))
    scores = np.asarray(given.weights) @ given.inputs + given.biases
    expected = softmax(scores)[1] * np.asarray(given.inputs)
    assert [each.quantity.value for each in back.products] == pytest.approx(list(expected))
    for wire, product in zip(back.diagram.wires, back.products, strict=True):
        way = [wire.point_from_proportion(part) for part in np.linspace(0, 1, 101)]
        assert min(np.linalg.norm(product.get_center() - place) for place in way) < 0.6


@pytest.mark.parametrize("inputs", [2, 3])
def test_the_nearest_weight_of_a_slope_is_its_own(inputs: int) -> None:
    solution = solve(
        Lesson(
            inputs=np.linspace(-1.25, 3.0, inputs),
            weights=np.linspace(-0.5, 0.75, 2 * inputs).reshape(2, inputs),
            biases=np.array([0.1, -0.2]),
            classes=("a", "b"),
            targets=np.array([1.0, 0.0]),
        )
    )
    high = Region(-6.4, -2.75, 6.4, 2.75)  # all of the body: slopes are outside the line of their weights
    back = BackwardPass(solution, 1, NeuronDiagram(solution, 1, high))
    for n, product in enumerate(back.products):
        apart = [abs(float(product.get_y() - weight.get_y())) for weight in back.diagram.weights]
        assert min(apart) == apart[n]


@pytest.mark.parametrize("given", LESSONS)
@pytest.mark.parametrize("part", [0.0, 0.25, 1.0])
def test_bars_are_as_long_as_a_minus_y_on_its_side_of_zero_and_none_crosses_a_bound(
    given: Lesson, part: float
) -> None:
    solution = solve(given)
    picture = SignalPicture(solution, REGION).draw(part)
    slopes = part * (softmax(solution.z) - given.targets)
    low, high = (float(bound.get_x()) for bound, _ in picture.bounds)
    assert [figure.plain for _, figure in picture.bounds] == ["−1", "1"]
    assert picture.zero.get_x() == pytest.approx((low + high) / 2)
    for bar, slope in zip(picture.bars, slopes, strict=True):
        end = picture.zero.get_x() + slope * (high - low) / 2
        far = bar.get_left()[0] if slope < 0 else bar.get_right()[0]
        assert far == pytest.approx(end, abs=0.011)
        assert low - 1e-9 <= bar.get_left()[0] and bar.get_right()[0] <= high + 1e-9


def test_a_wider_signal_is_a_larger_one_and_nothing_flows_where_prediction_equals_target() -> None:
    solution = solve(default_lesson())
    picture = SignalPicture(solution, REGION)
    sizes = np.abs((softmax([2.0, 1.0, 0.1]) - [0, 1, 0])[:, None] * default_lesson().weights).ravel()
    widths = np.array([each.get_stroke_width() for each in picture.signals])
    assert list(np.argsort(sizes)) == list(np.argsort(widths))
    assert all(each.get_stroke_width() == 0 for each in picture.draw(0.0).signals)


def test_the_sums_at_the_inputs_are_the_weights_transposed_times_a_minus_y() -> None:
    given = default_lesson()
    picture = SignalPicture(solve(given), REGION)
    expected = np.asarray(given.weights).T @ (softmax([2.0, 1.0, 0.1]) - [0, 1, 0])
    assert [number.quantity.value for number in picture.sums] == pytest.approx(list(expected))


def test_slopes_take_the_places_of_weights_where_wires_are_too_close_for_both() -> None:
    given = Lesson(
        inputs=np.linspace(-1.25, 3.0, 7),
        weights=np.linspace(-0.5, 0.75, 14).reshape(2, 7),
        biases=np.array([0.1, -0.2]),
        classes=("a", "b"),
        targets=np.array([1.0, 0.0]),
    )
    crowded, roomy = Region(-3.5, 0, 3.5, 2.9), Region(-6, -3, 6, 3)
    back = BackwardPass(solve(given), 0, NeuronDiagram(solve(given), 0, crowded))
    assert (len(back.products), len(back.weights)) == (7, 0)
    for above, below in pairwise(back.products):
        assert above.get_bottom()[1] >= below.get_top()[1] - PIXEL
    assert len(back.gaps) == 7
    for wire, gap, product in zip(back.diagram.wires, back.gaps, back.products, strict=True):
        (x0, y0, _), (x1, y1, _) = wire.get_start_and_end()
        assert product.get_y() == pytest.approx(np.interp(product.get_x(), [x0, x1], [y0, y1]))
        assert gap.get_left()[0] < product.get_left()[0] < product.get_right()[0] < gap.get_right()[0]
        assert gap.get_fill_color() == style().colour("ground") and gap.get_fill_opacity() == 1
    roomy_back = BackwardPass(solve(given), 0, NeuronDiagram(solve(given), 0, roomy))
    assert (len(roomy_back.weights), len(roomy_back.gaps)) == (7, 0)


def test_a_slope_that_would_touch_the_long_weight_of_another_input_takes_the_place_of_its_own() -> None:
    given = Lesson(  # seed 270
        inputs=np.array([0.0049, -7.72, 0.227, 2.77e-4]),
        weights=np.array([[0.3, -0.2, 0.1, 0.4], [0.009, -0.009, -4.8e-4, 0.015]]),
        biases=np.array([0.1, 0.87]),
        classes=("a", "b"),
        targets=np.array([1.0, 0.0]),
    )
    region = Region(-3.7, 0, 2.8, 4.2)
    back = BackwardPass(solve(given), 1, NeuronDiagram(solve(given), 1, region))
    assert len(back.products) == 4
    for one, other in combinations([*back.weights, *back.products], 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("given", LESSONS)
@pytest.mark.parametrize("region", [REGION, Region(-2.1, -2, 2.1, 2.5)])
def test_every_slope_is_written_beside_the_zero_or_a_bound_and_clear_of_its_bar(
    given: Lesson, region: Region
) -> None:
    picture = SignalPicture(solve(given), region)
    lines = [float(picture.zero.get_x()), *[float(bound.get_x()) for bound, _ in picture.bounds]]
    for bar, number in zip(picture.bars, picture.slopes, strict=True):
        left, right = float(number.get_left()[0]), float(number.get_right()[0])
        assert min(max(left - x, x - right) for x in lines) < 0.3
        beside = left >= bar.get_right()[0] or right <= bar.get_left()[0]
        assert beside or number.get_top()[1] <= bar.get_bottom()[1]


@pytest.mark.parametrize("t", range(9))
def test_the_share_of_the_true_class_is_over_all_bars_that_its_number_is_wide_enough_to_cover(t: int) -> None:
    logits = np.array([0.0, 2.0, 1.0, 2.4, 0.5, 2.2, 1.5, 2.6, 0.1])
    solution = solve(lesson(tuple(logits), tuple(np.eye(9)[t])))
    board = StepPicture(solution, words(9), Region(-2.2, -3, 1.6, 3))
    left, right = board.share.get_left()[0], board.share.get_right()[0]
    covered = [bar for k, bar in enumerate(board.chart.bars) if k != t]
    covered = [bar for bar in covered if bar.get_left()[0] < right and bar.get_right()[0] > left]
    assert len(covered) >= 1
    assert all(bar.get_top()[1] < board.share.get_bottom()[1] for bar in covered)


def test_the_share_of_the_true_class_is_over_the_small_arrow_of_a_neighbour() -> None:
    lesson = Lesson.from_logits([2.6, 2.08, -0.5, 1.3342, 0.2], list("abcde"), [0, 0, 0, 1, 0])
    names = [Words(name) for name in lesson.classes]
    board = StepPicture(solve(lesson), names, Region(-3.0, -3.0, 1.3, 1.4))
    left, right = board.share.get_left()[0], board.share.get_right()[0]
    arrows = [arrow for place in board.arrows for arrow in place]
    under = [arrow for arrow in arrows if arrow.get_left()[0] < right and left < arrow.get_right()[0]]
    assert under
    assert all(arrow.get_top()[1] < board.share.get_bottom()[1] for arrow in under)


def test_weights_stand_apart_in_front_of_the_ground_that_interrupts_their_wires() -> None:
    picture = SignalPicture(solve(default_lesson()), Region(-6, -1.5, 6, 2.5))
    lessons = {f"{each:g}" for each in np.ravel(default_lesson().weights)}
    assert {number.text.replace("−", "-") for _, number in picture.weights} == lessons
    for ground, number in picture.weights:
        assert ground.z_index < number.z_index
        assert ground.width > number.width and ground.height > number.height
        assert number.em > style().size("least")
    for (one, _), (other, _) in pairwise(picture.weights):
        apart = np.abs(one.get_center() - other.get_center())
        assert apart[0] > (one.width + other.width) / 2 or apart[1] > (one.height + other.height) / 2


def test_the_slope_of_the_bias_is_beside_its_wire_and_the_score_in_its_node() -> None:
    diagram = NeuronDiagram(solve(default_lesson()), 0, Region(-6, -2, 6, 2))
    back = BackwardPass(solve(default_lesson()), 0, diagram)
    slope = next(iter(back.name_bias())).mobject
    assert slope.get_left()[0] > diagram.bias_wire.get_x()
    assert slope.get_bottom()[1] > diagram.bias.get_top()[1]  # level with it, it would read as a factor
    assert float(back.score.text) == pytest.approx(2.0)
    assert np.allclose(back.score.get_center(), diagram.out.get_center(), atol=0.1)


def test_a_slope_without_room_beside_the_wire_of_the_bias_is_beyond_the_bias() -> None:
    given = Lesson(
        inputs=np.array([-1130.0, 0.1, -0.541]),
        weights=np.array([[-0.01305, 0.00815, -7e-05], [-0.01357, 0.00523, 0.00134]]),
        biases=np.array([-0.24, 0.86]),
        classes=("b", "a"),
        targets=np.array([0.0, 1.0]),
    )
    region = Region(-2.9, -2.6, 2.9, 2.6)
    diagram = NeuronDiagram(solve(given), 0, region)
    slope = next(iter(BackwardPass(solve(given), 0, diagram).name_bias())).mobject
    assert slope.get_right()[0] <= region.right
    assert slope.get_bottom()[1] > diagram.bias.get_top()[1]


def test_dots_whose_scores_are_written_stand_at_their_scores_before_and_after_the_step() -> None:
    solution = solve(default_lesson())
    board = StepPicture(solution, words(3), Region(-6, -3, 4, 3))
    assert [float(number.text) for number in board.scores] == pytest.approx(list(solution.lesson.z), abs=5e-4)
    before, targets = np.array(solution.lesson.z), np.array(solution.lesson.targets)
    after = before - solution.lesson.learning_rate * (softmax(before) - targets)
    heights = [dot.get_y() for step in (0.0, 1.0) for dot in board.draw(step).dots]
    scores = np.concatenate([before, after])
    unit, zero = np.polyfit(scores, heights, 1)
    assert unit > 0
    np.testing.assert_allclose(heights, zero + unit * scores, atol=1e-9)


def test_dots_without_written_scores_start_at_one_height() -> None:
    board = StepPicture(solve(default_lesson()), words(3), Region(-2, -3, 1, 3))
    assert not len(board.scores)
    assert np.ptp([dot.get_y() for dot in board.draw(0.0).dots]) < 1e-9
    assert np.ptp([dot.get_y() for dot in board.draw(1.0).dots]) > 0.1


def layer(inputs: int, classes: int) -> Lesson:
    random = np.random.default_rng(10 * inputs + classes)
    return Lesson(
        inputs=random.uniform(-2, 3, inputs).round(1),
        weights=random.uniform(-1, 1, (classes, inputs)).round(1),
        biases=np.zeros(classes),
        classes=tuple("abcdefghij"[:classes]),
        targets=np.eye(classes)[0],
    )


@pytest.mark.parametrize(
    ("inputs", "classes"), [(M, K) for M in range(1, 7) for K in range(2, 11) if M * K <= WEIGHTS_UP_TO]
)
def test_no_weight_of_a_layer_touches_a_wire_other_than_its_own(inputs: int, classes: int) -> None:
    picture = SignalPicture(solve(layer(inputs, classes)), Region(-6, -1.5, 6, 2.5))
    wires = [wire for fan in picture.network.wires[0] for wire in fan]
    ways = [np.linspace(*wire.get_start_and_end(), 2001)[:, :2] for wire in wires]
    crossed = []
    for ground, number in picture.weights:
        middle, half = ground.get_center()[:2], np.array([ground.width, ground.height]) / 2
        crossed.append([n for n, way in enumerate(ways) if (abs(way - middle) <= half).all(axis=1).any()])
        assert number.get_center() == pytest.approx(ground.get_center())
    assert crossed == [[n] for n in range(len(picture.weights))]
    assert len(crossed) in (0, inputs * classes)


@pytest.mark.parametrize(("inputs", "classes"), [(1, 10), (2, 2), (2, 4), (2, 5), (3, 3), (4, 2)])
def test_a_layer_with_room_for_its_weights_has_them(inputs: int, classes: int) -> None:
    picture = SignalPicture(solve(layer(inputs, classes)), Region(-6, -1.5, 6, 2.5))
    shown = [number.text for _, number in picture.weights]
    assert shown == [f"{each:.1f}".replace("-", "−") for each in np.ravel(layer(inputs, classes).weights)]


BACKWARD = [
    (layer(2, 3), Region(-6, -2, 6, 2)),
    (layer(3, 4), Region(-2.9, -2.6, 2.9, 2.6)),
    (layer(8, 2), Region(-3.5, 0, 3.5, 2.9)),
]
PARTS = np.linspace(0.0, 1.0, 21)


@pytest.mark.parametrize(("given", "region"), BACKWARD)
def test_no_slope_that_leaves_the_sum_covers_it_or_leaves_the_frame(given: Lesson, region: Region) -> None:
    diagram = NeuronDiagram(solve(given), 0, region)
    back = BackwardPass(solve(given), 0, diagram)
    for move in (*back.split(), *back.reach_bias(), *back.name_bias()):
        animation = prepare_animation(move)
        animation.begin()
        for part in PARTS:
            animation.interpolate(part)
            for number in numbers_of(animation.mobject):
                assert not overlap(number, diagram.body.ring)
                assert number.get_right()[0] <= region.right + 0.35  # as far as the slope of a bias may reach


@pytest.mark.parametrize(("given", "region"), BACKWARD)
def test_a_number_is_not_drawn_while_its_copy_leaves_it(given: Lesson, region: Region) -> None:
    diagram = NeuronDiagram(solve(given), 0, region)
    back = BackwardPass(solve(given), 0, diagram)
    for moves, standing in (
        (back.enter(), [back.slope]),
        (back.meet(), [node.content for node in diagram.nodes]),
    ):
        animations = [prepare_animation(move) for move in moves]
        for animation in animations:
            animation.begin()
        for part in PARTS:
            for animation in animations:
                animation.interpolate(part)
            copies = [each for animation in animations for each in numbers_of(animation.mobject)]
            for number in standing:
                over = [each for each in copies if each is not number and overlap(each, number)]
                opacity = max((float(each.get_fill_opacity()) for each in over), default=0.0)
                assert min(opacity, float(number.get_fill_opacity())) < 1 / 3
        assert all(number.get_fill_opacity() == 1 for number in standing)


def numbers_of(mobject: Mobject) -> list[Readout]:
    return [part for part in mobject.get_family() if isinstance(part, Readout)]


class RaceLabels:
    """Notes before every move whether the learning rate of the race stands, and the name of its strip."""

    def __init__(self, races: list[Race]) -> None:
        self._races = races
        self.standing: list[tuple[bool, bool]] = []

    def before(self, scene: Chapter) -> None:
        shown = {id(part) for mobject in scene.mobjects for part in mobject.get_family()}
        picture = self._races[0]
        self.standing.append((id(picture.rate) in shown, id(picture.race.upper.head) in shown))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None: ...

    def held(self, scene: Chapter, seconds: float) -> None: ...


def test_the_learning_rate_of_the_race_leaves_with_the_names_of_its_strips() -> None:
    with made(Race) as races:
        watcher = RaceLabels(races)
        dry_run(Descent, Production(FILM), observer=watcher)
    assert watcher.standing[0] == (True, True)
    assert watcher.standing[-1] == (False, False)
    assert all(rate == head for rate, head in watcher.standing)
