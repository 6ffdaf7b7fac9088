"""The clock of a reel, by the frames of a film that was really drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from manim import (
    LEFT,
    RIGHT,
    CairoRenderer,
    Circle,
    FadeIn,
    FadeOut,
    Square,
    ValueTracker,
    VGroup,
    tempconfig,
)
from numpy.typing import NDArray

from softmax_explained.core import default_lesson, solve
from softmax_explained.core.formulas.symbols import DEFINITIONS, a, i
from softmax_explained.stage.scene.frame_scene import FrameScene
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout

QUIET = {"verbosity": "ERROR", "progress_bar": "none"}


class Odd(FrameScene):
    """Moves and holds whose run times are no whole frames."""

    def construct(self) -> None:
        square = Square(fill_color="#E2C83F", fill_opacity=0.62, stroke_width=0)
        self.play(FadeIn(square), run_time=0.333)
        for _ in range(20):
            self.play(square.animate.shift(0.01 * RIGHT), run_time=0.117)
            self.wait(0.083)
        self.play(FadeIn(Circle().shift(4 * RIGHT)), run_time=0.29)
        self.wait(0.51)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Odd, list[NDArray[np.uint8]]]:
    settings = {
        "media_dir": str(tmp_path_factory.mktemp("media")),
        "disable_caching": True,
        "pixel_width": 192,
        "pixel_height": 108,
        "frame_rate": 15,
    }
    with tempconfig(settings | QUIET):
        scene = Odd()
        scene.render()
        file = Path(scene.renderer.file_writer.movie_file_path)
        clock = scene.timeline.clock
    with av.open(str(file)) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    scene.clock_when_done = clock  # type: ignore[attr-defined]
    return scene, frames


def test_the_clock_counts_the_frames_that_are_drawn(drawn: tuple[Odd, list[NDArray[np.uint8]]]) -> None:
    scene, frames = drawn
    assert round(scene.clock_when_done * 15) == len(frames)  # type: ignore[attr-defined]


def test_every_move_and_hold_takes_the_nearest_number_of_frames(
    drawn: tuple[Odd, list[NDArray[np.uint8]]],
) -> None:
    _, frames = drawn
    assert len(frames) == sum(round(15 * seconds) for seconds in [0.333, *[0.117, 0.083] * 20, 0.29, 0.51])


def test_a_still_frame_is_as_bright_as_a_moving_one(drawn: tuple[Odd, list[NDArray[np.uint8]]]) -> None:
    # The yellow square is semi-transparent; drawn twice over it would come out brighter while nothing moves.
    _, frames = drawn
    middles = np.array([frame[54, 96].astype(int) for frame in frames[10:]])
    assert np.ptp(middles, axis=0).max() <= 6


class Counting(FrameScene):
    """A number that follows a value from one digit before the point to four, and every picture of it."""

    def construct(self) -> None:
        value = ValueTracker(1.0)
        self.number = Readout(solve(default_lesson())["S"]).follow(value.get_value, edge=LEFT)
        self.pictures: list[tuple[str, NDArray[np.uint8]]] = []
        self.add(self.number)
        self.play(value.animate.set_value(4321.0), run_time=1)

    def drawn_alone(self, digits: str) -> NDArray[np.uint8]:
        """The picture of a number that has never been another."""
        fresh = Readout(replace(self.number.quantity, value=float(digits)))
        fresh.shift((self.number.get_left() - fresh.get_left()) * RIGHT).stand_on(self.number.baseline)
        camera = self.renderer.camera
        camera.reset()
        camera.capture_mobjects([fresh])
        return camera.pixel_array[..., :3].copy()


def test_a_live_number_is_drawn_with_the_digits_of_its_moment_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def keep(renderer: CairoRenderer, scene: Counting, *how: object) -> None:
        draw(renderer, scene, *how)  # type: ignore[arg-type]
        scene.pictures.append((scene.number.text, renderer.get_frame()[..., :3].copy()))

    draw = CairoRenderer.render
    monkeypatch.setattr(CairoRenderer, "render", keep)
    with tempconfig({"dry_run": True, "pixel_width": 256, "pixel_height": 144, "frame_rate": 10} | QUIET):
        scene = Counting()
        scene.render()
        pictures = scene.pictures
        assert len({len(digits) for digits, _ in pictures}) > 1, "the number of digits never changed"
        for digits, picture in pictures:
            alone = scene.drawn_alone(digits)
            assert alone.max() > 100, "the number is not in the picture"
            assert np.abs(picture.astype(int) - alone).max() < 60, digits


class Parts(FrameScene):
    def construct(self) -> None:
        formula = Formula(DEFINITIONS["a"])
        self.add(formula)
        self.play(formula.find(a[i]).animate.set_opacity(0.5), run_time=0.2)
        self.whole = formula in self.mobjects
        self.play(FadeOut(VGroup(formula, Circle())), run_time=0.2)
        self.empty = not [mobject for mobject in self.mobjects if mobject.family_members_with_points()]


def test_moving_a_part_of_a_formula_leaves_the_formula_whole() -> None:
    with tempconfig({"dry_run": True, "pixel_width": 64, "pixel_height": 36} | QUIET):
        scene = Parts()
        scene.render()
    assert scene.whole
    assert scene.empty
