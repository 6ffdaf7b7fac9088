"""The chapter on the loss: who pays, what it costs, and how steep the price is."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from scipy.special import entr, log_softmax, softmax
from stills import play, record_of

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson, Solution, default_lesson
from softmax_explained.core.formulas.symbols import C
from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss.bars import StandingBars
from softmax_explained.scenes.loss.last_picture import LastPicture
from softmax_explained.scenes.loss.price import PaidPrices
from softmax_explained.scenes.loss.price_point import PricePoint
from softmax_explained.scenes.loss.product import ProductCard
from softmax_explained.scenes.loss.scene import Loss
from softmax_explained.scenes.loss.slope import SwingingTangent
from softmax_explained.scenes.loss.terms import LossRows
from softmax_explained.scenes.pictures.price_curve import PriceCurve
from softmax_explained.scenes.pictures.target_unit import TargetUnit
from softmax_explained.stage import Chapter, Formula, Production, Readout, Region, Words
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import INDEX, PIXEL, ROUNDING

SOFT = Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0.2, 0.7, 0.1])
TEN = Lesson.from_logits(np.linspace(-2, 2, 10), [f"c{n}" for n in range(10)], [0] * 6 + [1] + [0] * 3)
LESSONS = {
    "one-hot": default_lesson(),
    "soft": SOFT,
    "two": Lesson.from_logits([-0.7, 0.4], ["spam", "no"], [1, 0]),
    "ten": TEN,
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
    "hundreds apart": Lesson.from_logits([600, 0], ["alpha", "beta"], [0, 1]),
    "certain": Lesson.from_logits([30, -30], ["alpha", "beta"], [1, 0]),
}
REGION = Region(-6, -3, 1, 3)


@pytest.fixture(params=LESSONS, scope="module")
def played(request: pytest.FixtureRequest) -> Chapter:
    return dry_run(Loss, Production(FILM, lesson=LESSONS[request.param]))


def test_every_class_that_pays_has_a_row_with_its_result(played: Chapter) -> None:
    shown = {n.key: n.text for n in record_of(played, "who_pays").numbers if n.key.startswith("loss_term[")}
    lesson = played.solution.lesson
    paid = {k: -y * log_softmax(lesson.z)[k] for k, y in enumerate(lesson.targets) if y > 0}
    assert set(shown) == {f"loss_term[{k}]" for k in paid}
    for k, cost in paid.items():
        assert float(shown[f"loss_term[{k}]"]) == pytest.approx(cost, abs=6e-4)


@pytest.mark.parametrize("lesson", ["cat-dog-fox", "binary", "iris", "ten-digits"])
def test_the_digits_of_a_paid_price_give_it(lesson: str) -> None:
    with made(LossRows) as rows:
        dry_run(Loss, Production(FILM, lesson=shipped_lesson(lesson)))
    worked = [formula for each in rows for _, formula in each.paying]
    assert worked and all("=" in formula.plain for formula in worked)
    for numbers in (formula.numbers for formula in worked):
        texts = {number.key.partition("[")[0]: number.text.replace("−", "-") for number in numbers}
        paid = -float(texts.get("y", "1")) * math.log(float(texts["a"]))
        assert f"{paid:.3f}" == texts["loss_term"]


def test_the_targets_stand_over_the_bars_and_are_one_unit_together(played: Chapter) -> None:
    with made(StandingBars) as bars:
        chapter = dry_run(Loss, Production(FILM, lesson=played.solution.lesson))
    _, there = bars  # over the whole stage, and beside the rows
    targets = chapter.solution.lesson.targets
    assert sum(piece.height for piece in there.unit.pieces.values()) == pytest.approx(
        there.chart.unit * targets.sum(), abs=2 * PIXEL * len(targets)
    )
    for k, piece in there.unit.pieces.items():
        assert piece.get_x() == pytest.approx(there.chart.x(k), abs=PIXEL)
        assert piece.height == pytest.approx(there.chart.unit * targets[k], abs=2 * PIXEL)


def needed_digits(played: Chapter, key: str) -> list[str]:
    """A share with one digit more, if only with that its digits give what its class pays."""
    if not key.startswith("a["):
        return []
    share, k = played.solution[key], int(key[2:-1])
    target, paid = float(played.solution.lesson.targets[k]), played.solution[f"loss_term[{k}]"]
    if target == 0 or f"{-target * math.log(float(share.text) or 1.0):.3f}" == paid.text:
        return []
    return [f"{share.value:.4f}"]


def test_the_numbers_come_back_to_the_lessons_own(played: Chapter) -> None:
    for record in played.records:
        for number in record.numbers:
            assert number.text in (played.solution[number.key].text, *needed_digits(played, number.key))
    price = record_of(played, "price")
    assert f"C: {played.solution['C'].text}" in {f"{n.key}: {n.text}" for n in price.numbers}


def test_soft_targets_lead_to_the_smallest_loss_they_allow_and_a_needed_share_to_none() -> None:
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM, lesson=SOFT))
    (prices,) = paid
    prices.follow()
    prices._least.set_value(1.0)
    prices.level.update()
    assert prices.level.number.text == f"{entr(SOFT.targets).sum():.3f}"
    prices._none.set_value(1.0)
    prices.level.update()
    assert float(prices.level.number.text) > 2 * entr(SOFT.targets).sum()
    prices.settle()


@pytest.mark.parametrize("gone", [0.0, 0.3, 0.7, 1.0])
def test_the_dots_of_soft_targets_stand_at_shares_that_add_up_to_one(gone: float) -> None:
    assert (SOFT.targets > 0).all()
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM, lesson=SOFT))
    (prices,) = paid
    prices.follow()
    prices._least.set_value(1.0)
    prices._none.set_value(gone)
    prices.update()
    for part in (prices.point, *prices.others):
        part.update()
    ruler = prices.curve.on_ruler(1)[0] - prices.curve.foot[0]
    dots = [part.dot.get_x() - prices.curve.foot[0] for part in (prices.point, *prices.others)]
    assert sum(dots) / ruler == pytest.approx(1, abs=1e-6)
    prices.settle()


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_the_axis_of_the_price_is_the_loss_only_where_one_class_pays(frame: str) -> None:
    for lesson in (default_lesson(), SOFT):
        with made(LastPicture) as pictures:
            chapter = dry_run(Loss, Production(FILM, lesson=lesson, frame=frame))
        named = [part for part in pictures[0].curve.axis if isinstance(part, Formula) and part.expr == C]
        levels = [n for n in record_of(chapter, "why_log").numbers if n.key == "C"]
        assert [len(named), len(levels)] == ([0, 0] if lesson is SOFT else [1, 1])


@pytest.mark.parametrize("region", [REGION, Region(-6, -3, 6, 2), Region(-3, -4, 3, 6)])
@pytest.mark.parametrize("price", [0.0, 0.4, 1.417, 3.3])
def test_the_curve_fills_its_width_and_is_true_to_both_of_its_axes(region: Region, price: float) -> None:
    curve = PriceCurve(region, 1.417)
    across, up = curve.on_ruler(1)[0] - curve.foot[0], curve.on_axis(1)[1] - curve.foot[1]
    assert across > 0.6 * region.width and curve.top >= 3.5
    assert (curve.at(price)[0] - curve.foot[0]) / across == pytest.approx(math.exp(-price))
    assert (curve.at(price)[1] - curve.foot[1]) / up == pytest.approx(price)
    start, end = curve.tangent(price).get_start_and_end()
    slope = (end - start)[1] / up / ((end - start)[0] / across)
    assert slope == pytest.approx(-math.exp(price), rel=1e-6) == curve.slope(price)


def test_the_dot_of_a_price_that_grows_stands_where_its_number_says() -> None:
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM))
    (prices,) = paid
    prices.follow()
    prices._none.set_value(1.0)
    prices.point.update()
    prices.level.update()
    curve = prices.curve
    up = curve.on_axis(1)[1] - curve.foot[1]
    height = (prices.point.dot.get_y() - curve.foot[1]) / up
    assert float(prices.level.number.text) == pytest.approx(height, abs=1e-3)
    prices.settle()


CROWD = Lesson.from_logits([3.0, 1.9, 1.8, 0.5], ["horse", "donkey", "mule", "zebra"], [0.1, 0.3, 0.5, 0.1])
SURE = Lesson.from_logits(
    [4.0, 1.3, 1.0, 0.9, 0.5, 0.2], [*"ghijeb"], [1 / 6] * 6
)  # a dot at the end of the ruler


@pytest.mark.parametrize("lesson", [SOFT, CROWD, SURE], ids=["three", "close together", "one far away"])
@pytest.mark.parametrize("frame", FRAMES)
def test_with_soft_targets_dots_bear_names_and_targets_in_the_order_of_their_prices(
    lesson: Lesson, frame: str
) -> None:
    scene = Loss(Production(FILM, lesson=lesson, frame=frame))
    prices = PaidPrices(scene, scene.stage, Words("average"))
    named, curve = prices.names.named, prices.curve
    assert len(named) >= 2
    for k, (name, target) in named.items():
        assert name.text == lesson.classes[k]
        assert float(target.text) == pytest.approx(lesson.targets[k], abs=5e-4)
    up = curve.on_axis(1)[1] - curve.foot[1]
    for k, row in named.items():
        height = curve.foot[1] - up * log_softmax(lesson.z)[k]
        assert 0 < row.get_y() - height < 0.7
    by_price = sorted(named, key=lambda k: float(log_softmax(lesson.z)[k]))
    heights = [float(named[k].get_y()) for k in by_price]
    assert heights == sorted(heights, reverse=True)
    rows = list(named.values())
    boxes = [(row.get_left()[0], row.get_bottom()[1], row.get_right()[0], row.get_top()[1]) for row in rows]
    for n, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert right < other[0] or other[2] < left or top < other[1] or other[3] < bottom
        for part in (*curve.ruler, curve.label):
            assert not overlap(rows[n], part)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_dots_are_named_where_every_share_equals_its_target_too(frame: str) -> None:
    scene = Loss(Production(FILM, lesson=CROWD, frame=frame))
    prices = PaidPrices(scene, scene.stage, Words("average"))
    named, curve = prices.least_names.named, prices.curve
    assert set(named) == {0, 1, 2, 3}  # horse and zebra are at the same place
    for k, row in named.items():
        spot = curve.foot[0] + curve.across * CROWD.targets[k]
        assert 0 < row.get_left()[0] - spot < 0.6  # Manim units
        assert not overlap(row, curve.label)
    for one, other in combinations(named.values(), 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_label_of_the_curve_takes_no_name_from_a_dot(frame: str) -> None:
    scene = Loss(Production(FILM, lesson=CROWD, frame=frame))
    prices = PaidPrices(scene, scene.stage, Words("average"))
    assert set(prices.names.named) == {0, 1, 2, 3}
    for dot in (prices.point.dot, *[each.dot for each in prices.others]):
        assert not overlap(prices.curve.label, dot, 0.3)  # Manim units


@pytest.mark.parametrize("lesson", [SOFT, CROWD], ids=["three", "four"])
def test_the_mean_of_several_prices_is_called_so_and_only_that(lesson: Lesson) -> None:
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM, lesson=lesson))
        dry_run(Loss, Production(FILM))
    mean, price = (prices.level for prices in paid)
    assert mean.mean.text == "average" and not len(price.mean)
    assert mean.mean.get_top()[1] < mean.number.get_bottom()[1]
    for figure in paid[0].curve.figures:
        hidden = figure.get_fill_opacity() == 0
        assert hidden or (not overlap(figure, mean.mean) and not overlap(figure, mean.letter))


def test_with_one_hot_targets_the_only_dot_needs_no_name() -> None:
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM))
    (prices,) = paid
    assert not len(prices.names)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.242, 0.05])
def test_a_share_lies_along_the_ruler_and_its_dot_is_over_its_end(share: float) -> None:
    curve = PriceCurve(REGION, 3.0)
    quantity = default_lesson()
    point = PricePoint(curve, Production(FILM, lesson=quantity).solution["a[t]"], -math.log(share))
    ruler = curve.on_ruler(1)[0] - curve.on_ruler(0)[0]
    assert point.bar.width == pytest.approx(share * ruler, abs=PIXEL)
    assert point.dot.get_x() == pytest.approx(point.bar.get_right()[0], abs=PIXEL)
    up = curve.on_axis(1)[1] - curve.foot[1]
    assert (point.dot.get_y() - curve.foot[1]) / up == pytest.approx(-math.log(share), abs=PIXEL)


def test_a_price_that_does_not_fit_is_at_the_end_of_the_axis_over_a_break() -> None:
    curve, fits = PriceCurve(REGION, 600.0), PriceCurve(REGION, 1.0)
    assert curve.broken and not fits.broken
    assert curve.at(600.0) == pytest.approx(curve.on_axis(curve.top))
    assert curve.at(600.0)[1] < REGION.top


class Angles:
    """Observes the angles in degrees between the tangent and the ruler on its way, which a viewer sees."""

    def __init__(self, swung: list[SwingingTangent]) -> None:
        self._swung, self.seen = swung, list[float]()

    def before(self, scene: Chapter) -> None:
        pass

    def moments(self, scene: Chapter, seconds: float) -> tuple[float, ...]:
        return ()

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        if self._swung and self._swung[0] in scene.mobjects:
            start, end = self._swung[0].tangent.get_start_and_end()
            across, up, _ = end - start
            self.seen.append(float(np.degrees(np.arctan2(-up, across))))

    def held(self, scene: Chapter, seconds: float) -> None:
        pass

    def unproved(self, scene: Chapter, claim: object, error: Exception) -> None:
        raise error


@cache
def swung_in(lesson: str) -> tuple[Solution, list[float], Readout]:
    """What a lesson's tangent does: the solution, its angles in order, and the number beside it."""
    with made(SwingingTangent) as swung:
        angles = Angles(swung)
        solution = dry_run(Loss, Production(FILM, lesson=LESSONS[lesson]), observer=angles).solution
    (tangent,) = swung
    assert angles.seen
    return solution, angles.seen, tangent.number


def scale_of_the_axes(lesson: str) -> float:
    """Length of one unit of the upright axis by that of one unit of the ruler."""
    with made(LastPicture) as pictures:
        dry_run(Loss, Production(FILM, lesson=LESSONS[lesson]))
    curve = pictures[0].curve
    return float((curve.on_axis(1)[1] - curve.foot[1]) / (curve.on_ruler(1)[0] - curve.foot[0]))


@pytest.mark.parametrize("lesson", first_fast(LESSONS))
def test_the_tangent_begins_and_ends_at_the_slope_of_the_price(lesson: str) -> None:
    solution, angles, number = swung_in(lesson)
    price = -float(log_softmax(LESSONS[lesson].z)[solution.t])
    axes = scale_of_the_axes(lesson)
    rest = math.degrees(math.atan(axes * math.exp(price)))  # the slope is −1/a = −e^u
    assert [angles[0], angles[-1]] == pytest.approx([rest, rest], abs=0.05)
    assert number.text == solution["slope[t]"].text


@pytest.mark.parametrize("lesson", ["one-hot", "soft", "two", "ten", "certain"])
def test_the_tangent_swings_so_that_it_can_be_seen(lesson: str) -> None:
    _, angles, _ = swung_in(lesson)
    rest = angles[0]
    assert max(angles) - rest >= 2.0  # steeper
    if lesson != "certain":  # whose price cannot fall
        assert rest - min(angles) >= 7.0  # flatter


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
@pytest.mark.parametrize("lesson", first_fast(["ten", "soft"]))
def test_the_rows_can_be_read_in_every_frame(frame: str, lesson: str) -> None:
    still = play(Loss, Production(FILM, lesson=LESSONS[lesson], frame=frame)).still("who_pays")
    heights = [height for piece in still.pieces for height in piece.indices]
    assert min(heights) >= INDEX * PIXEL * ROUNDING
    shown = {number.key for number in still.record.numbers}
    assert f"loss_term[{LESSONS[lesson].targets.argmax()}]" in shown


@pytest.mark.parametrize("targets", [[0, 1, 0], [0.2, 0.7, 0.1], [0.5, 0, 0.5]])
@pytest.mark.parametrize("region", [Region(0, 0, 0.5, 3), Region(0, 0, 6, 0.5)])
def test_the_unit_is_as_long_as_it_is_asked_to_be_and_cut_at_the_targets(
    targets: list[float], region: Region
) -> None:
    unit = TargetUnit(targets, region)
    assert set(unit.pieces) == {k for k, target in enumerate(targets) if target}
    along = 0 if region.width > region.height else 1
    for k, piece in unit.pieces.items():
        length = piece.length_over_dim(along)
        assert length == pytest.approx(targets[k] * max(region.width, region.height), abs=2 * PIXEL)


def test_the_rectangle_and_the_bars_of_the_card_are_of_the_same_two_shares() -> None:
    Loss(Production(FILM))  # its roles of colours
    card = ProductCard(Region(-3, -3, 3, 3))
    side = card.square[0].width
    p, q = card.area[0].width / side, card.area[0].height / side
    heights = [bar.height for bar in card.bars]
    assert heights[0] / heights[1] == pytest.approx(math.log(p) / math.log(q), rel=0.06)
    assert sum(heights) / heights[0] == pytest.approx(math.log(p * q) / math.log(p), rel=0.06)


def test_a_loss_of_four_digits_beside_the_axis_can_be_read() -> None:
    loss = Production(FILM, lesson=Lesson.from_logits([8449.44, 0], ["a", "b"], [0, 1])).solution["C"]
    assert loss.text == "8449.440"
    for frame in FRAMES.values():
        room = PriceCurve(frame.stage, loss.value).room
        assert Readout(loss).fit_width(room).em >= style().size("least")


def test_a_share_of_one_nears_nothing_where_another_class_that_pays_has_broken_the_axis() -> None:
    lesson = Lesson.from_logits([60.0, 0.0, 0.0], ["a", "b", "c"], [0.6, 0.3, 0.1])
    with made(PaidPrices) as paid:
        dry_run(Loss, Production(FILM, lesson=lesson))
    (prices,) = paid
    assert prices.curve.broken
    prices._none.set_value(1.0)
    assert prices._prices()[0] >= prices.curve.top
    assert np.isfinite(prices._prices()).all()


@pytest.mark.parametrize(("K", "written"), [(3, {0, 1, 2}), (8, set())])
def test_no_share_is_written_over_the_bar_or_the_outline_of_another_class(K: int, written: set[int]) -> None:
    scores, targets = np.zeros(K), np.full(K, 0.1)
    scores[-1], targets[-2] = 400.0, 1.1 - 0.1 * K  # the true class has nothing, its neighbour everything
    lesson = Lesson.from_logits(scores, [f"c{n}" for n in range(K)], targets)
    with made(StandingBars) as bars:
        dry_run(Loss, Production(FILM, lesson=lesson, frame="tall"))
    assert len(bars) == 2 and set(bars[0].numbers) == written
    for each in bars:
        for k, number in each.numbers.items():
            for n, bar in enumerate(each.chart.bars):
                top = each.chart.top(float(max(softmax(scores)[n], targets[n])))
                beside = abs(bar.get_x() - number.get_x()) >= (bar.width + number.width) / 2
                assert n == k or beside or number.get_bottom()[1] >= top


def test_a_share_that_is_wider_than_its_bar_is_level_with_the_bar_and_not_with_the_target() -> None:
    with made(StandingBars) as bars:
        chapter = dry_run(Loss, Production(FILM, lesson=shipped_lesson("ten-digits"), frame="square"))
    t = chapter.solution.t
    for each in bars:
        number, bar = each.numbers[t], each.chart.bars[t]
        assert number.width > bar.width
        assert abs(number.get_y() - bar.get_top()[1]) < 0.5 * number.em
        assert number.get_right()[0] < bar.get_left()[0]


def test_a_share_beside_its_target_is_clear_of_the_other_shares() -> None:
    scores, targets = [23.0, -34.02, -65.0, 3.0, -3.63], [0.3871, 0.0758, 0.0188, 0.049, 0.4692]  # seed 273
    lesson = Lesson.from_logits(scores, ["shark", "fox", "hammerhead", "dog", "cat"], targets)
    with made(StandingBars) as bars:
        dry_run(Loss, Production(FILM, lesson=lesson))
    for each in bars:
        assert len(each.numbers) == 5
        for one, other in combinations(each.numbers.values(), 2):
            assert not overlap(one, other)


def test_a_name_of_several_lines_stands_over_the_curve() -> None:
    names = ["dishwasher, dish washer", "great white shark, white shark, man-eate"]
    scene = Loss(Production(FILM, lesson=Lesson.from_logits([-0.3446, 0.4557], names, [0.5, 0.5])))
    prices = PaidPrices(scene, scene.stage, Words("average"))
    curve = prices.curve
    assert max(name.lines for name, _ in prices.names.named.values()) == 2  # a number beside more is far
    for row in prices.names.named.values():
        share = (row.get_left()[0] - curve.foot[0]) / curve.across
        assert row.get_bottom()[1] >= curve.at(-math.log(share))[1] - 2 * PIXEL


def test_the_names_of_the_dots_leave_before_the_letter_of_the_axis_passes() -> None:
    lesson = Lesson.from_logits([0.23, 2.34], ["emu", "ant"], [0.4, 0.6])
    scene = Loss(Production(FILM, lesson=lesson))
    prices = PaidPrices(scene, scene.stage, Words("average"))
    letter = next(each for each in prices.curve.ruler if isinstance(each, Formula) and each.plain == "a")
    moves = prices.turn_into(LastPicture(scene))
    for move in moves:
        move.begin()
    passed = 0
    for alpha in np.linspace(0, 1, 61):
        for move in moves:
            move.interpolate(alpha)
        for row in prices.names.named.values():
            if overlap(row, letter):
                assert max(part.get_fill_opacity() for part in row.family_members_with_points()) < 0.2
                passed += 1
    assert passed


def test_figures_that_the_number_of_the_loss_passes_are_drawn_anew_in_every_frame() -> None:
    scene = Loss(Production(FILM, frame="square"))
    last = LastPicture(scene)
    level, curve = last.level, last.curve
    assert not curve.has_time_based_updater() and not curve.updaters
    level.follow(lambda: 1.9)
    assert curve.updaters  # Manim takes what has none for a part of the background
    level.update(0)
    curve.update(0)
    two = next(figure for figure in curve.figures if figure.get_y() == pytest.approx(curve.on_axis(2)[1]))
    assert two.get_fill_opacity() == 0
    level.settle()
    assert not curve.updaters and two.get_fill_opacity() == 1
