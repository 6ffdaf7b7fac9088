"""The map of the paths holds for 2 to 10 classes, in every place where it is docked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Scene, tempconfig
from scipy.special import softmax

from softmax_explained.core import Lesson, Solution, solve
from softmax_explained.scenes.pictures.path_map import PathMap, dimmed, least_width
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Readout, Words

DOCKED = {
    "wide": FRAMES["wide"].stage.columns(0.36, 0.64)[0],
    "tall": FRAMES["tall"].stage.rows(0.2, 0.8)[0],
    "square": FRAMES["square"].stage.rows(0.2, 0.8)[0],
}
WHOLE = {name: frame.stage.rows(0.2, 0.8)[1] for name, frame in FRAMES.items()}


def solved(count: int) -> Solution:
    targets = np.eye(count)[0]
    return solve(Lesson.from_logits(np.linspace(0, 2, count), [f"class {n}" for n in range(count)], targets))


def names(count: int) -> list[Words]:
    return [Words(f"class {n}", size="label") for n in range(count)]


def inside(mobject: object, region: Region) -> bool:
    left, bottom = mobject.get_corner((-1, -1, 0))[:2]  # type: ignore[attr-defined]
    right, top = mobject.get_corner((1, 1, 0))[:2]  # type: ignore[attr-defined]
    edge = 1e-6
    return bool(
        region.left - edge <= left <= right <= region.right + edge
        and region.bottom - edge <= bottom <= top <= region.top + edge
    )


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("count", [2, 3, 6, 10])
def test_all_parts_are_in_the_region_and_in_order_from_left_to_right(count: int, frame: str) -> None:
    for region, extra in ((DOCKED[frame], {}), (WHOLE[frame], {"names": names(count), "numbers": True})):
        picture = PathMap(solved(count), region, **extra)
        assert inside(picture, region)
        for k, row in enumerate(picture.rows):
            left, right = (picture.slots[side][k].frame for side in ("left", "right"))
            order = picture.score.ring, left, row.card, right, picture.loss.ring
            for one, next_one in pairwise(order):
                assert one.get_right()[0] < next_one.get_left()[0]


@pytest.mark.parametrize("count", [2, 10])
def test_bars_are_the_shares_and_lines_end_on_the_nodes(count: int) -> None:
    solution = solved(count)
    picture = PathMap(solution, WHOLE["wide"], names=names(count), numbers=True)
    shares = softmax(np.linspace(0, 2, count))
    for row, share in zip(picture.rows, shares, strict=True):
        assert row.bar.width / row.track.width == pytest.approx(share, abs=1e-6)
    for side, node, end in (("left", picture.score, 0), ("right", picture.loss, -1)):
        for edge in picture.edges[side]:
            away = np.linalg.norm(edge.get_anchors()[end] - node.ring.get_center())
            assert away == pytest.approx(node.radius, rel=1e-6)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_rows_of_the_true_class_and_the_focus_keep_their_text(frame: str) -> None:
    solution = solved(10)
    picture = PathMap(solution, DOCKED[frame])
    picture.put("right", {k: Readout(solution[f"dCda[{k}]"], size="least") for k in range(10)})
    for k in (solution.t, solution.i):
        assert picture.slots["right"][k].content.em >= 0.999 * style().size("least")


def test_of_ten_slopes_the_own_one_is_written_and_the_others_have_the_colour_of_their_sign() -> None:
    sol = solved(10)
    slopes = {k: float(sol.J[k, sol.i]) for k in range(10)}
    answers = {
        k: Readout(sol[f"J[{k},{sol.i}]"], size="least", colour="a" if slope > 0 else "minus", signed=True)
        for k, slope in slopes.items()
    }
    region = FRAMES["wide"].stage.rows(0.34, 0.66, gap=0.1)[0]
    slots = PathMap(sol, region, left_width=1.35).put("left", answers).slots["left"]
    assert slots[sol.i].content.text.startswith("+")
    empty = [k for k in range(10) if not len(slots[k].content)]
    assert len(empty) == 8
    assert {slots[k].frame.get_fill_color() for k in empty} == {style().colour("minus")}
    for upper, lower in pairwise(slots):
        assert upper.frame.get_bottom()[1] > lower.frame.get_top()[1]


def test_a_map_as_wide_as_it_says_shows_a_slope_in_powers_of_ten() -> None:
    solution = solve(Lesson.from_logits([40.0, 0.0, 0.0], list("abc"), [0, 1, 0]))
    picture = PathMap(solution, Region(0, 0, least_width(solution), 6))
    picture.put("right", {1: Readout(solution["dCda[1]"], size="least")})
    assert picture.slots["right"][1].content.text == "−2.354 × 10¹⁷"
    assert picture.slots["left"][1].frame.get_right()[0] < picture.rows[1].card.get_left()[0]


def test_a_graph_that_turns_into_a_map_ends_where_the_map_is() -> None:
    solution = solved(3)
    graph = PathMap(solution, WHOLE["wide"], names=names(3), numbers=True, slots=False)
    docked = PathMap(solution, DOCKED["wide"])
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "pixel_width": 160, "pixel_height": 90}):
        scene = Scene()
        scene.add(graph)
        scene.play(*graph.turn_into(docked), run_time=0.2)
        shown = scene.get_mobject_family_members()
    for side in ("left", "right"):
        assert all(edge in shown for edge in docked.edges[side])
    assert all(row.bar in shown and row.card in shown for row in docked.rows)
    assert all(row.label not in shown for row in graph.rows)


@pytest.mark.parametrize(("count", "named"), [(2, {0, 1}), (4, {0, 1, 2, 3}), (10, {0, 9})])
def test_names_under_the_rows_are_all_of_them_or_those_of_the_true_class_and_the_focus(
    count: int, named: set[int]
) -> None:
    region = DOCKED["wide"]
    picture = PathMap(solved(count), region, captions=names(count))
    assert set(picture.captions) == named and inside(picture, region)
    lines = [edge for side in ("left", "right") for edge in picture.edges[side]]
    for k, name in picture.captions.items():
        row = picture.rows[k].card
        assert row.get_bottom()[1] - 0.35 < name.get_top()[1] < row.get_bottom()[1]
        assert all(other.card.get_top()[1] < name.get_bottom()[1] for other in picture.rows[k + 1 :])
        for edge in lines:
            for (x0, y0, _), (x1, y1, _) in pairwise(edge.get_anchors()):
                xs = np.clip([name.get_left()[0], name.get_right()[0]], min(x0, x1), max(x0, x1))
                ys = np.interp(xs, *zip(*sorted([(x0, y0), (x1, y1)]), strict=True))
                crossed = xs[0] < xs[1] and max(ys) > name.get_bottom()[1] and min(ys) < name.get_top()[1]
                assert not crossed


@pytest.mark.parametrize(("width", "readable"), [(2.5, False), (3.4, False), (7.0, True)])
def test_names_over_bars_are_readable_if_they_fit_between_slots(width: float, readable: bool) -> None:
    region = Region(0, 0, width, 3)
    picture = PathMap(solved(2), region, names=[Words("9"), Words("fox")], left_width=1.0)
    between = [
        picture.slots["left"][k].frame.get_right()[0] < row.label.get_left()[0]
        and row.label.get_right()[0] < picture.slots["right"][k].frame.get_left()[0]
        for k, row in enumerate(picture.rows)
    ]
    assert picture.is_readable is readable is all(between)


def test_a_low_map_has_no_names_under_its_rows() -> None:
    assert not PathMap(solved(10), Region(-3, 0, 3, 1.8), captions=names(10)).captions


def test_names_under_the_rows_come_and_go_with_the_map() -> None:
    bare, named = PathMap(solved(3), DOCKED["wide"]), PathMap(solved(3), DOCKED["wide"], captions=names(3))
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "pixel_width": 160, "pixel_height": 90}):
        scene = Scene()
        scene.add(bare)
        scene.play(*bare.turn_into(named), run_time=0.2)
        shown = scene.get_mobject_family_members()
        assert all(glyph in shown for name in named.captions.values() for glyph in name)
        scene.play(*named.turn_into(PathMap(solved(3), DOCKED["wide"])), run_time=0.2)
        shown = scene.get_mobject_family_members()
    assert not any(glyph in shown for name in named.captions.values() for glyph in name)


def test_bars_begin_together_where_only_some_rows_have_names() -> None:
    picture = PathMap(solved(10), Region(-4, 0, 4, 2.4), names=names(10))
    written = [bool(row.label.family_members_with_points()) for row in picture.rows]
    assert any(written) and not all(written)
    assert len({round(row.track.get_left()[0], 6) for row in picture.rows}) == 1


def test_a_dimmed_slot_still_hides_the_wire_below_it() -> None:
    picture = PathMap(solved(3), WHOLE["wide"])
    frame = picture.slots["left"][1].frame
    dark, bright = dimmed(frame), dimmed(dimmed(frame), bright=True)
    assert dark.get_fill_opacity() == bright.get_fill_opacity() == 1
    assert dark.get_stroke_opacity() < bright.get_stroke_opacity() == 1


def test_an_arc_leads_along_its_path_from_node_to_node() -> None:
    picture = PathMap(solved(3), WHOLE["wide"])
    arc = picture.arc(2)
    assert arc.get_start() == pytest.approx(picture.edges["left"][2].get_start())
    assert arc.get_end() == pytest.approx(picture.edges["right"][2].get_end())
    middle = arc.get_anchors()[len(arc.get_anchors()) // 2]
    assert middle[1] == pytest.approx(picture.rows[2].room.y)


@pytest.mark.parametrize(("score", "below"), [(2.0, False), (-29155.4, True)])
def test_a_number_too_long_for_its_node_is_readable_below_it(score: float, below: bool) -> None:
    solution = solve(Lesson.from_logits([score, 1.0], ["a", "b"], [1.0, 0.0]))
    graph = PathMap(solution, Region(-3, -2, 3, 2), names=names(2), numbers=True, slots=False)
    number, ring = graph.loss_number, graph.loss.ring
    assert number.em >= 0.98 * style().size("least")
    assert bool(number.get_top()[1] < ring.get_bottom()[1]) is below
    assert number.get_right()[0] <= 3.001
