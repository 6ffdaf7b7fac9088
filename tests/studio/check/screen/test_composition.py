"""The main picture of a frame is its largest group of ink, as SciPy finds the groups."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import label

from softmax_explained.studio.check.screen.composition import CELL, main_picture


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 19)), min_size=1, max_size=60))
def test_the_main_picture_is_the_largest_connected_group(cells: list[tuple[int, int]]) -> None:
    grid = np.zeros((12, 20), dtype=bool)
    grid[tuple(np.array(cells).T)] = True
    groups, count = label(grid, structure=np.ones((3, 3)))
    largest = max(int((groups == n + 1).sum()) for n in range(count))
    main = main_picture(np.kron(grid, np.ones((CELL, CELL), dtype=bool)))[::CELL, ::CELL]
    assert main.sum() == largest
    assert len(np.unique(groups[main])) == 1
