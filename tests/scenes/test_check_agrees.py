"""What the check measures of the film is what its pixels and outlines say: it overlooks no piece of type."""

from __future__ import annotations

import pytest
from stills import still

from softmax_explained.scenes.film import RUNNING_ORDER, chapter
from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.rules.contrast import contrasts
from softmax_explained.studio.check.rules.text_size import index_heights
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import PIXEL

AGREE = 0.95
"""The part of the pieces of type on which both agree; a stroke across letters is known to the pixels only."""


@pytest.mark.parametrize("name", RUNNING_ORDER[1::4])
def test_the_check_sees_what_is_drawn(name: str) -> None:
    contrast, indices = list[bool](), list[bool]()

    def look(scene: Chapter, record: BeatRecord) -> None:
        snapshot, drawn = Snapshot(scene), still(scene, record)
        checked = {id(owner.piece): (owner, places) for owner, places in snapshot.pieces.items()}
        assert set(checked) == {id(piece.mobject) for piece in drawn.pieces}
        for piece in drawn.pieces:
            owner, places = checked[id(piece.mobject)]
            assert len(places) == len(piece.glyphs), piece
            assert snapshot.ems[owner] == pytest.approx(piece.em, rel=1e-3), piece
            least = float(contrasts(snapshot, places).min())
            contrast.append(least == pytest.approx(piece.contrast, rel=0.05))
            if isinstance(owner.piece, Formula):
                heights = [height * PIXEL for height in index_heights(snapshot, owner.piece, places)]
                indices.append(
                    {round(each, 3) for each in heights} <= {round(each, 3) for each in piece.indices}
                )

    dry_run(chapter(name), Production(), after_beat=look)
    assert len(contrast) > 2 * len(chapter(name).beats())
    assert sum(contrast) >= AGREE * len(contrast)
    assert sum(indices) >= AGREE * len(indices) > 0
