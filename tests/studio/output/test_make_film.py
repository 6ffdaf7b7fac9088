"""A film appears whole or not at all."""

import json
from pathlib import Path

import pytest
import srt
import tiny_film
import webvtt
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, Undisturbed, contents

from softmax_explained.errors import FilmError
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.output.manifest import file_names
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment import draw
from softmax_explained.studio.video.segment_cache import SegmentCache
from tolerances import ON_ITS_WORD


def test_the_files_are_the_film_its_ledger_its_captions_and_its_documents(
    tiny_files: dict[str, Path],
) -> None:
    assert set(tiny_files) == set(file_names("en"))
    folder = tiny_files["film.mp4"].parent
    assert {file.name for file in folder.iterdir()} == set(tiny_files)  # and nothing else is left there


def test_captions_and_ledger_agree(tiny_files: dict[str, Path]) -> None:
    beats = json.loads(tiny_files["film.json"].read_text("utf-8"))["beats"]
    subrip = list(srt.parse(tiny_files["film.en.srt"].read_text("utf-8")))
    vtt = webvtt.read(str(tiny_files["film.en.vtt"]))
    said = " ".join(beat["narration"] for beat in beats)
    assert " ".join(entry.content.replace("\n", " ") for entry in subrip) == said
    assert len(vtt) == len(subrip)
    starts = [entry.start.total_seconds() for entry in subrip]
    assert all(min(abs(beat["speech_start"] - start) for start in starts) <= 0.05 for beat in beats)


def test_moves_start_on_their_words(tiny_files: dict[str, Path]) -> None:
    beats = json.loads(tiny_files["film.json"].read_text("utf-8"))["beats"]
    moves = [move for beat in beats for move in beat["moves"]]
    assert [move["mark"] for move in moves] == ["round", "square"]
    assert all(abs(move["start"] - move["word"]) <= ON_ITS_WORD for move in moves)


def test_the_watcher_hears_of_every_chapter(
    tiny_files: dict[str, Path], tiny_progress: RecordedProgress
) -> None:
    assert {name for name, _ in tiny_progress.seen} == {"opening", "ending", "joining"}
    assert tiny_progress.seen[-1][0] == "joining"
    furthest = max(seconds for name, seconds in tiny_progress.seen if name == "opening")
    chapters = json.loads(tiny_files["film.json"].read_text("utf-8"))["chapters"]
    assert furthest == pytest.approx(chapters[0]["end"], abs=0.001)


ODD = ["week:1", "http:/127.0.0.1:9/x", "a{b}c", "{media_dir}", "100%d", "-n", "ein Ordner"]


@pytest.mark.parametrize("name", ODD)
def test_any_name_of_a_folder_is_only_a_name(
    name: str,
    undisturbed: Undisturbed,
    kept_segments: SegmentCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    make_film(undisturbed.plan, Path(name), RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert contents(tmp_path / name) == undisturbed.files


def test_a_chapter_is_drawn_below_a_folder_of_any_name(
    undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = Path("week:1", "{media_dir}")
    below.mkdir(parents=True)
    (drawn,) = draw(undisturbed.plan.production, tiny_film.Ending, below)
    assert drawn.path.read_bytes() == undisturbed.segments["ending.last"].path.read_bytes()
    assert list(below.iterdir()) == [drawn.path]


@pytest.mark.slow
def test_a_chapter_that_fails_names_itself_and_leaves_the_film_of_before(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = make_plan(tiny_film.faulty("ending", "broken"))
    (tmp_path / "film.mp4").write_bytes(b"the film of before")
    with pytest.raises(FilmError, match="chapter broken could not be drawn: ZeroDivisionError") as caught:
        make_film(plan, tmp_path, RecordedProgress(), SegmentCache(tmp_path_factory.mktemp("segments")))
    assert "tiny_film.py" in caught.value.hint
    left = [(file.name, file.read_bytes()) for file in tmp_path.iterdir()]
    assert left == [("film.mp4", b"the film of before")]


def test_a_folder_that_cannot_be_one_is_said_before_drawing(tiny_plan: Plan, tmp_path: Path) -> None:
    progress = RecordedProgress()
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FilmError, match="cannot be written"):
        make_film(tiny_plan, tmp_path / "out", progress, SegmentCache(tmp_path / "segments"))
    assert not progress.seen


def test_a_segment_is_as_long_as_its_records_say(tmp_path: Path) -> None:
    frames: list[int] = []
    beats = draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path, frames.append)
    assert [each.first_beat for each in beats] == ["opening.first", "opening.second"]
    for each in beats:
        (record,) = each.records
        assert (record.start, record.end) == (0, pytest.approx(each.duration))
    assert frames == sorted(frames)
    assert sorted(tmp_path.iterdir()) == [each.path for each in beats]


def test_drawing_leaves_no_trace_where_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "segments").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    draw(tiny_film.PRODUCTION, tiny_film.Ending, tmp_path / "segments")
    assert list((tmp_path / "here").iterdir()) == []
    assert capsys.readouterr() == ("", "")


def test_a_chapter_drawn_twice_is_the_same_to_the_last_bit(tmp_path: Path) -> None:
    first, second = (
        [each.path.read_bytes() for each in draw(tiny_film.PRODUCTION, tiny_film.Opening, tmp_path)]
        for _ in range(2)
    )
    assert first == second
