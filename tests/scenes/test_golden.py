"""A few telling beats look as they looked when somebody last looked at them.

After a change that is meant, look at the new pictures and write them down:
``pytest tests/scenes/test_golden.py --set-golden``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from golden_frames import PLACE, Golden, Seen, alike, difference, draw, side_by_side
from PIL import Image
from scipy.ndimage import gaussian_filter

GOLDEN = [
    Golden("opening.one_subtraction"),
    Golden("neuron.one_neuron"),
    Golden("softmax.share_out"),
    Golden("softmax.competition", lesson="ten-digits"),
    Golden("loss.who_pays", language="zh"),
    Golden("paths.add_them_up", frame="tall"),
    Golden("softmax_slope.jacobian"),
    Golden("collapse.prediction_minus_target"),
    Golden("practice.subtract_largest", lesson="soft-labels", frame="square"),
]


@pytest.fixture(scope="module", params=GOLDEN, ids=lambda golden: golden.name)
def golden(request: pytest.FixtureRequest) -> Golden:
    return request.param


@pytest.fixture(scope="module")
def seen(golden: Golden, pytestconfig: pytest.Config) -> Seen:
    """The frame as it is drawn now; written down first, if that is asked for."""
    now = draw(golden)
    if pytestconfig.getoption("--set-golden"):
        golden.picture.parent.mkdir(exist_ok=True)
        Image.fromarray(now.picture).save(golden.picture, optimize=True)
        golden.facts.write_text(json.dumps(now.facts, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return now


def picture_of(golden: Golden) -> np.ndarray:
    with Image.open(golden.picture) as picture:
        return np.asarray(picture.convert("RGB"))


def golden_type(golden: Golden) -> list[tuple[str, str, int, list[float]]]:
    return json.loads(golden.facts.read_text("utf-8"))["type"]


def pixel(picture: np.ndarray, x: float, y: float) -> tuple[int, int]:
    """Column and row of a point given in Manim's units; the shorter side is 8 of them."""
    height, width, _ = picture.shape
    unit = min(height, width) / 8
    return round(width / 2 + x * unit), round(height / 2 - y * unit)


def test_a_frame_looks_as_it_did(golden: Golden, seen: Seen, tmp_path: Path) -> None:
    expected = picture_of(golden)
    if not alike(expected, seen.picture):
        sheet = tmp_path / f"{golden.name}.png"
        side_by_side(expected, seen.picture).save(sheet)
        mean, share = difference(expected, seen.picture)
        pytest.fail(
            f"{golden.name} looks different: {mean:.2f} levels on average, {share:.2%} of the pixels "
            f"clearly; expected, got and difference: {sheet}",
            pytrace=False,
        )


def test_a_frame_shows_the_values_and_glyphs_it_did(golden: Golden, seen: Seen) -> None:
    expected = json.loads(golden.facts.read_text("utf-8"))
    assert seen.facts["values"] == expected["values"]
    assert seen.facts["glyphs"] == expected["glyphs"]


def test_every_piece_of_type_stands_where_it_did(golden: Golden, seen: Seen) -> None:
    expected, now = golden_type(golden), list(seen.facts["type"])
    assert Counter((kind, text, glyphs) for kind, text, glyphs, _ in now) == Counter(
        (kind, text, glyphs) for kind, text, glyphs, _ in expected
    )
    for kind, text, _, then in expected:  # equal pieces may stand in several places
        places = [box for one, other, _, box in now if (one, other) == (kind, text)]
        nearest = min(places, key=lambda box: np.abs(np.subtract(box, then)).max())
        assert nearest == pytest.approx(then, abs=PLACE), f"{kind} {text!r} has moved"
        now.remove(next(piece for piece in now if piece[3] is nearest))
    assert not now


def test_the_folder_holds_no_picture_of_a_beat_that_is_not_asked_for() -> None:
    known = {file for golden in GOLDEN for file in (golden.picture, golden.facts)}
    assert set(GOLDEN[0].picture.parent.iterdir()) == known


def test_edges_that_are_smoothed_a_little_otherwise_are_no_difference(golden: Golden) -> None:
    picture = picture_of(golden)
    smoother = gaussian_filter(picture.astype(float), sigma=(0.35, 0.35, 0)).round().astype(np.uint8)
    assert (smoother != picture).any()
    assert alike(picture, smoother)


def test_a_picture_that_has_moved_by_two_pixels_is_seen(golden: Golden) -> None:
    picture = picture_of(golden)
    assert not alike(picture, np.roll(picture, 2, axis=1))


def test_a_line_of_type_that_is_gone_is_seen(golden: Golden) -> None:
    picture = picture_of(golden)
    box = max((box for *_, box in golden_type(golden)), key=lambda box: box[2] - box[0])
    left, top = pixel(picture, box[0], box[3])
    right, bottom = pixel(picture, box[2], box[1])
    without = picture.copy()
    without[top : bottom + 1, left : right + 1] = picture[0, 0]
    assert not alike(picture, without)


def test_a_failure_shows_expected_got_and_difference(golden: Golden) -> None:
    picture = picture_of(golden)
    sheet = np.asarray(side_by_side(picture, np.roll(picture, 2, axis=1)))
    height, width, _ = picture.shape
    assert sheet.shape == (height, 3 * width, 3)
    assert (sheet[:, :width] == picture).all()
    assert sheet[:, 2 * width :].max() > 100
