"""LOPSIDED and THIN: whether the picture stands in the middle of the body and fills it, from its pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.on_screen import without_captions
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.body import body_of
from softmax_explained.studio.check.thresholds import CENTRED, FRAMED, FULL, INK

LOPSIDED = Rule(
    "LOPSIDED",
    "at most {:.0%} of the body",
    "put the main picture in the middle of the region, or balance it with what it is about",
)
THIN = Rule("THIN", "at least {:.0%}", "draw the main picture larger: it has the whole body")

CELL = 6  # pixels of 90 lines: things with a smaller gap, 0.5 Manim units, belong together
EDGES = 0.01  # of the ink at each side that the size of a picture does not count


def ink(scene: Scene, frame: Frame) -> NDArray[np.bool_]:
    """The pixels of the body, top row first, that differ from the ground: a small picture is drawn."""
    camera: Any = scene.renderer.camera
    camera.reset()
    camera.capture_mobjects(without_captions(scene))
    pixels = camera.pixel_array[..., :3].astype(int)
    camera.reset()
    ground = np.array(style().colour("ground").to_rgb()) * 255
    rows, columns = pixels.shape[:2]
    body = body_of(frame)
    top, bottom = ((frame.height / 2 - y) / frame.height * rows for y in (body.top, body.bottom))
    left, right = ((x + frame.width / 2) / frame.width * columns for x in (body.left, body.right))
    inside = pixels[round(top) : round(bottom), round(left) : round(right)]
    return np.asarray((np.abs(inside - ground) > INK).any(axis=2))


def composition(seen: NDArray[np.bool_]) -> Iterator[Violation]:
    """What is wrong with the place and the size of the ink in the body."""
    if not seen.any():
        return
    sizes = seen.shape[1], seen.shape[0]
    for along, size, name in zip(
        (seen.sum(axis=0), seen.sum(axis=1)), sizes, ("width", "height"), strict=True
    ):
        centre = float((along * (np.arange(size) + 0.5)).sum() / along.sum()) / size - 0.5
        if abs(centre) > CENTRED:
            side = {"width": ("left", "right"), "height": ("above", "below")}[name][centre > 0]
            measured = f"centre of the ink {abs(centre):.0%} of the {name} {side}"
            yield LOPSIDED.violation(
                "the picture", measured=measured, excess=abs(centre) - CENTRED, limit=CENTRED
            )
    main = main_picture(seen)
    spans = [_span(main.sum(axis=axis)) for axis in (0, 1)]
    if max(spans) < FULL:
        measured = f"{spans[0]:.0%} of the width and {spans[1]:.0%} of the height"
        yield THIN.violation("the picture", measured=measured, excess=FULL - max(spans), limit=FULL)


class Framing:
    """Watches pictures in the middle of beats: what is wrong with their place and size, and for how long.

    What a beat finds on the stage was judged at the end of the beat before.
    """

    def __init__(self) -> None:
        self._beat_id = ""
        self._found: dict[tuple[str, str], Violation] = {}  # the worst of each beat and code
        self._since: dict[str, tuple[float, Violation]] = {}  # by code and side
        self._inherited: set[str] = set()

    def see(self, beat_id: str, time: float, seen: NDArray[np.bool_]) -> None:
        """Note a picture before or after a move; what is wrong in two in a row is wrong between them."""
        now = {each.code + _side(each): each for each in composition(seen)}
        if beat_id != self._beat_id:
            self._beat_id, self._inherited, self._since = beat_id, set(now), {}
        self._inherited &= set(now)
        for since, violation in self._since.values():
            self._keep(since, time, violation)
        for key in self._since.keys() - now.keys():
            del self._since[key]
        for key in now.keys() - self._inherited:
            since, worst = self._since.get(key, (time, now[key]))
            self._since[key] = since, max(worst, now[key], key=lambda each: each.excess)

    def violations(self) -> Iterator[Violation]:
        """Pictures that stand badly for a while, at most one of each kind in a beat."""
        yield from self._found.values()

    def _keep(self, since: float, time: float, violation: Violation) -> None:
        known = self._found.get((self._beat_id, violation.code))
        if time - since >= FRAMED and (known is None or known.excess <= violation.excess):
            measured = f"{violation.measured} for {time - since:.1f} s"
            found = replace(violation, measured=measured).at(self._beat_id, since)
            self._found[self._beat_id, violation.code] = found


def _side(violation: Violation) -> str:
    """Where the ink is, if the violation is about its place."""
    return violation.measured.rpartition(" ")[2] if violation.code == LOPSIDED.code else ""


def main_picture(seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink of the group with most of it, where a gap of more than a cell parts two groups."""
    rows, columns = (-(-size // CELL) for size in seen.shape)
    padded = np.zeros((rows * CELL, columns * CELL), dtype=bool)
    padded[: seen.shape[0], : seen.shape[1]] = seen
    amounts = padded.reshape(rows, CELL, columns, CELL).sum(axis=(1, 3))
    waiting, best, group = set(zip(*np.nonzero(amounts), strict=True)), set[Any](), set[Any]()
    while waiting:
        group, edge = set(), [waiting.pop()]
        while edge:
            cell = edge.pop()
            group.add(cell)
            near = {(cell[0] + down, cell[1] + right) for down in (-1, 0, 1) for right in (-1, 0, 1)}
            edge += near & waiting
            waiting -= near
        best = max(best, group, key=lambda cells: sum(int(amounts[cell]) for cell in cells))
    inside = np.zeros_like(amounts, dtype=bool)
    inside[tuple(np.array(sorted(best)).T)] = True
    return np.asarray(
        seen & np.kron(inside, np.ones((CELL, CELL), dtype=bool))[: seen.shape[0], : seen.shape[1]]
    )


def _span(along: NDArray[np.int_]) -> float:
    """The part of a direction that the ink takes, without outliers."""
    share = np.cumsum(along) / along.sum()
    inside = np.flatnonzero((share > EDGES) & (share < 1 - EDGES))
    return float(np.ptp(inside) + 1) / len(along) if len(inside) else 0.0
