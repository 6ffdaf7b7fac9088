"""Strips: lengths on the screen are lengths of the core."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from manim import Dot
from numpy.typing import NDArray
from scipy.special import softmax

from softmax_explained.stage.charts.nudged_strip import NudgedStrip
from softmax_explained.stage.charts.strip import Strip

GAP = 0.03  # Manim units between two segments

logits = st.integers(2, 10).flatmap(
    lambda count: arrays(np.float64, count, elements=st.floats(-8, 8, allow_nan=False))
)


@given(logits, st.floats(0.1, 20))
def test_a_segment_is_as_long_as_its_share_but_for_the_gap(z: NDArray[np.float64], unit: float) -> None:
    shares = softmax(z)
    strip = Strip(shares, left=-3, y=0, unit=unit)
    for share, (start, end) in zip(shares, strip.spans, strict=True):
        assert share * unit - GAP - 1e-9 <= end - start <= share * unit + 1e-9
    assert strip.right == pytest.approx(-3 + unit)


@given(logits, st.floats(1e-6, 0.5))
def test_the_tax_takes_back_exactly_what_the_strip_has_grown(z: NDArray[np.float64], dz: float) -> None:
    shares, i = softmax(z), int(np.argmax(z))
    strip = NudgedStrip(shares, i, dz, left=0, y=0, unit=1)
    assert strip.right == pytest.approx(1 + shares[i] * dz)
    assert strip.taxed(1.0).sum() == pytest.approx(1.0)
    # What is left of each segment's change is the Jacobian's column i: a finite difference to first order.
    left = np.delete(strip.taxed(1.0), i + 1)
    left[i] += strip.lengths[i + 1]
    nudged = z.copy()
    nudged[i] += 1e-6
    assert (left - shares) / dz == pytest.approx((softmax(nudged) - shares) / 1e-6, abs=1e-5)


def test_a_label_keeps_to_the_middle_of_its_segment() -> None:
    strip = Strip([0.5, 0.3, 0.2], left=0, y=0, unit=10)
    label = strip.carry(1, Dot())
    strip.draw([0.1, 0.8, 0.1])
    assert label.get_x() == pytest.approx(strip.middle(1)) == pytest.approx(5.0, abs=GAP)
