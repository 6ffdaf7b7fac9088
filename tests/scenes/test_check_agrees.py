"""The check sees every piece of type that pixels and outlines show, as large as they show it."""

from __future__ import annotations

import pytest
from stills import still

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.snapshot import Snapshot


@pytest.mark.parametrize("name", FILM.chapters[1::4])
def test_the_check_sees_what_is_drawn(name: str) -> None:
    compared = 0

    def look(scene: Chapter, record: BeatRecord) -> None:
        nonlocal compared
        snapshot, drawn = Snapshot(scene), still(scene, record)
        checked = {id(owner.piece): (owner, places) for owner, places in snapshot.pieces.items()}
        assert set(checked) == {id(piece.mobject) for piece in drawn.pieces}
        for piece in drawn.pieces:
            owner, places = checked[id(piece.mobject)]
            assert len(places) == len(piece.glyphs), piece
            assert snapshot.ems[owner] == pytest.approx(piece.em, rel=1e-3), piece
            compared += 1

    dry_run(FILM.chapter(name), Production(FILM), after_beat=look)
    assert compared > 2 * len(FILM.chapter(name).beats())
