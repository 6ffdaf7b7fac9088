"""A chapter is cut into takes and beats, and nobody sees where."""

from dataclasses import replace
from pathlib import Path

import pytest
import tiny_film
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.errors import FilmError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene import timeline
from softmax_explained.stage.scene.beat import WHOLE, Parts
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import Plan, PlannedBeat, PlannedChapter
from softmax_explained.studio.video.mux import spliced
from softmax_explained.studio.video.segment import draw, joined, play
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers import takes
from softmax_explained.studio.workers.takes import takes_of


def planned(lengths: list[float], plan: Plan) -> PlannedChapter:
    """A chapter of beats that are said for so many seconds."""
    pattern = plan.chapters[0].beats[0]
    beats = tuple(
        PlannedBeat(f"x.beat_{place}", pattern.sentence, BeatTiming(length, (), {}), None)
        for place, length in enumerate(lengths)
    )
    return PlannedChapter(FILM.chapter(FILM.chapters[0]), "X", beats)


@given(lengths=st.lists(st.floats(1, 60), min_size=1, max_size=12))
def test_takes_are_the_beats_in_their_order_and_none_is_much_longer_than_allowed(
    lengths: list[float], tiny_plan: Plan
) -> None:
    cut = planned(lengths, tiny_plan)
    found = takes_of(cut)
    assert [beat for take in found for beat in take.beats] == [beat.id[2:] for beat in cut.beats]
    longest_beat = max(beat.seconds for beat in cut.beats)
    assert all(take.seconds <= 30.0 + longest_beat for take in found)
    assert sum(take.seconds for take in found) == pytest.approx(sum(beat.seconds for beat in cut.beats))


def test_a_short_chapter_is_one_take(tiny_plan: Plan) -> None:
    assert [take.name for take in takes_of(tiny_plan.chapters[0])] == ["opening.first"]


def test_a_chapter_of_a_minute_and_a_half_is_three_takes(tiny_plan: Plan) -> None:
    chapter = planned([8.0] * 9, tiny_plan)
    assert 60 < sum(beat.seconds for beat in chapter.beats) <= 90
    assert [len(take.beats) for take in takes_of(chapter)] == [3, 3, 3]


def test_beats_that_are_only_compared_are_in_longer_takes(tiny_plan: Plan) -> None:
    chapter = planned([8.0] * 9, tiny_plan)
    assert [len(take.beats) for take in takes_of(chapter, compared=True)] == [4, 5]


def test_a_long_beat_that_somebody_waits_for_is_two_takes(tiny_plan: Plan) -> None:
    chapter = planned([17.0, 3.0, 4.0], tiny_plan)
    assert [(take.beats, take.parts) for take in takes_of(chapter, few=True)] == [
        (("beat_0",), Parts(0, 1)),
        (("beat_0",), Parts(1)),
        (("beat_1", "beat_2"), WHOLE),
    ]
    assert len({take.name for take in takes_of(chapter, few=True)}) == 3
    assert [take.beats for take in takes_of(chapter)] == [("beat_0", "beat_1", "beat_2")]


@given(
    lengths=st.lists(st.floats(1, 60), min_size=1, max_size=12),
    wanted=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_a_take_has_no_beat_that_is_not_wanted(
    lengths: list[float], wanted: list[bool], tiny_plan: Plan
) -> None:
    chapter = planned(lengths, tiny_plan)
    ids = [beat.id for beat, is_wanted in zip(chapter.beats, wanted, strict=False) if is_wanted]
    assert [f"x.{beat}" for take in takes_of(chapter, ids) for beat in take.beats] == ids


@pytest.mark.slow
def test_how_a_chapter_is_cut_into_takes_changes_no_byte(
    tiny_files: dict[str, Path], tiny_plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takes, "SHORT", 3.0)
    cut = takes_of(tiny_plan.chapters[0], few=True)
    assert [take.name for take in cut] == ["opening.first", "opening.second"]
    progress = tiny_film.RecordedProgress()
    film, ledger, *_ = make_film(tiny_plan, tmp_path / "out", progress, SegmentCache(tmp_path / "segments"))
    assert ledger.read_text("utf-8") == tiny_files["film.json"].read_text("utf-8")
    assert film.read_bytes() == tiny_files["film.mp4"].read_bytes()
    opening = [seconds for name, seconds in progress.seen if name == "opening"]
    assert opening == sorted(opening)


def test_beats_that_were_encoded_in_different_ways_are_not_spliced(tmp_path: Path) -> None:
    one = draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path, take=["first"])
    small = replace(tiny_film.PRODUCTION, frame="square")
    (tmp_path / "other").mkdir()
    two = draw(small, tiny_film.Opening, tmp_path / "other", take=["second"])
    with pytest.raises(FilmError, match="encoded with other settings"):
        spliced([*one, *two], tmp_path)


def test_a_beat_drawn_by_itself_is_the_beat_drawn_with_others(tmp_path: Path) -> None:
    together = draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path)
    (tmp_path / "takes").mkdir()
    for number, beat in enumerate(tiny_film.Opening.beats()):
        (alone,) = draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path / "takes", take=[beat])
        assert alone.path.read_bytes() == together[number].path.read_bytes()
        assert (alone.frames, alone.records) == (together[number].frames, together[number].records)


@pytest.mark.parametrize("seconds", [0.7, 1.0, 1.9])
def test_a_beat_drawn_in_parts_is_the_beat_drawn_at_once(
    seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "PART", seconds)
    folders = [tmp_path / name for name in ("whole", "first", "others")]
    for folder in folders:
        folder.mkdir()
    scene, some = tiny_film.Opening, (Parts(), Parts(0, 1), Parts(1))
    (whole,), (first,), (others,) = (
        draw(tiny_film.PRODUCTION, scene, folder, take=["second"], parts=parts)
        for folder, parts in zip(folders, some, strict=True)
    )
    assert whole.is_whole and not first.is_whole and not others.is_whole
    assert first.records == others.records == whole.records
    both = joined([first, others], tmp_path / "joined.mp4")
    assert both.path.read_bytes() == whole.path.read_bytes()
    assert (both.frames, both.pictures, both.is_whole) == (whole.frames, whole.pictures, True)
    assert len(both.pictures) == 1 + len(others.pictures) > 1
    (played,) = play(tiny_film.PRODUCTION, scene, ["second"])
    assert (played.pictures, played.begins, played.ends) == (whole.pictures, whole.begins, whole.ends)
    assert (whole.begins, whole.ends) == (first.begins, first.ends) == (others.begins, others.ends)


def test_a_chapter_has_the_times_of_its_beats_one_after_the_other(tmp_path: Path) -> None:
    beats = draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path)
    first, second = beats
    chapter = spliced(beats, tmp_path)
    assert (chapter.chapter, chapter.frames) == ("opening", first.frames + second.frames)
    assert chapter.records == (first.records[0], second.records[0].later(first.duration))
    assert chapter.records[1].end == pytest.approx(chapter.duration)
    assert list(tmp_path.iterdir()) == [chapter.path]
