"""The parts of a film, read back with programs that did not write them."""

from __future__ import annotations

import csv
import json
import wave
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import av
import numpy as np
import pytest
import tiny_film
from numpy.typing import NDArray
from tiny_film import RecordedProgress

from softmax_explained.errors import FilmError
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.stems.cue_sheet import timecode
from softmax_explained.studio.stems.make_stems import make_stems
from softmax_explained.studio.video.segment_cache import SegmentCache

RATE = 15  # of the tiny film
HOSTILE = '=cmd("a", b)'


@pytest.fixture(scope="module")
def film(tiny_files: dict[str, Path]) -> Path:
    return tiny_files["film.mp4"]


@pytest.fixture(scope="module")
def ledger(tiny_files: dict[str, Path]) -> dict[str, Any]:
    return dict(json.loads(tiny_files["film.json"].read_text("utf-8")))


@pytest.fixture(scope="module")
def stems(tiny_plan: Plan, film: Path) -> dict[str, Path]:
    folder = film.parent.parent / "week:1 %20" / "stems"
    return {file.name: file for file in make_stems(tiny_plan, film.parent, folder)}


def heard(file: Path) -> NDArray[np.float64]:
    """(channels, n) of a WAV file with 24 bits."""
    with wave.open(str(file)) as sound:
        assert (sound.getsampwidth(), sound.getframerate(), sound.getnchannels()) == (3, 48_000, 2)
        content = np.frombuffer(sound.readframes(sound.getnframes()), np.uint8).reshape(-1, 2, 3)
    levels = content.astype(np.int32) @ np.array([1, 256, 65536])
    return np.where(levels >= 2**23, levels - 2**24, levels).T / 2**23


def test_the_files_appear_together_and_alone(stems: dict[str, Path]) -> None:
    assert [*stems] == ["voice.wav", "ticks.wav", "cues.csv", "film.otio"]
    assert {file.name for file in stems["cues.csv"].parent.iterdir()} == set(stems)


def test_the_sounds_are_as_long_as_the_film(stems: dict[str, Path], ledger: dict[str, Any]) -> None:
    samples = round(ledger["duration"] * 48_000)
    assert heard(stems["voice.wav"]).shape == heard(stems["ticks.wav"]).shape == (2, samples)


def test_their_sum_is_the_sound_of_the_film(stems: dict[str, Path], film: Path) -> None:
    with av.open(str(film)) as file:
        encoded = np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)
    together = heard(stems["voice.wav"]) + heard(stems["ticks.wav"])
    length = min(encoded.shape[1], together.shape[1])
    lost = encoded[:, :length] - together[:, :length]
    assert np.sqrt((lost**2).mean()) < 0.02 * np.sqrt((together**2).mean())  # by AAC, at 384 kbit/s


def test_each_sound_is_where_the_ledger_says(stems: dict[str, Path], ledger: dict[str, Any]) -> None:
    voice, ticks = (np.abs(heard(stems[name])[0]) for name in ("voice.wav", "ticks.wav"))
    spoken, ticking = np.flatnonzero(voice > 0.003) / 48_000, np.flatnonzero(ticks > 1e-4) / 48_000
    for beat in ledger["beats"]:
        inside = spoken[(spoken >= beat["start"]) & (spoken < beat["end"])]
        assert inside[0] == pytest.approx(beat["speech_start"], abs=0.06)
    starts = [sound["start"] for beat in ledger["beats"] for sound in beat["sounds"]]
    assert starts
    assert min(ticking) == pytest.approx(min(starts), abs=0.01)
    assert all(any(start <= time < start + 0.3 for start in starts) for time in ticking)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return [*csv.DictReader(table, strict=True)]


def test_the_table_has_every_beat_mark_and_pause(
    stems: dict[str, Path], tiny_plan: Plan, ledger: dict[str, Any]
) -> None:
    found = {(row["kind"], row["id"]): row for row in rows(stems["cues.csv"])}
    beats = {each["id"]: each for each in ledger["beats"]}
    marks = [f"{beat.id}.{mark}" for beat in tiny_plan.beats.values() for mark in beat.sentence.marks]
    assert marks == ["opening.first.round", "ending.last.square"]
    assert set(found) == {
        *(("chapter", each["name"]) for each in ledger["chapters"]),
        *(("beat", each) for each in beats),
        *(("mark", each) for each in marks),
    }
    for beat in beats.values():
        row = found["beat", beat["id"]]
        assert row["text"] == beat["narration"]
        assert (float(row["start"]), float(row["end"])) == (
            pytest.approx(beat["start"], abs=0.0006),
            pytest.approx(beat["end"], abs=0.0006),
        )
        for move in beat["moves"]:
            row = found["mark", f"{beat['id']}.{move['mark']}"]
            assert float(row["start"]) == pytest.approx(move["word"], abs=0.0006)
            assert float(row["end"]) > float(row["start"])
    assert found["mark", "ending.last.square"]["text"] == "square"


def test_timecodes_count_frames(stems: dict[str, Path]) -> None:
    for row in rows(stems["cues.csv"]):
        for which in ("start", "end"):
            hours, minutes, seconds, frames = map(int, row[f"{which}_timecode"].split(":"))
            assert frames < RATE
            time = 3600 * hours + 60 * minutes + seconds + frames / RATE
            assert time == pytest.approx(float(row[which]), abs=0.5 / RATE + 0.001)
    assert timecode(59.999, RATE) == "00:01:00:00"


def test_the_table_is_as_the_standard_has_it(stems: dict[str, Path]) -> None:
    content = stems["cues.csv"].read_bytes()
    assert content.startswith(b"id,kind,text,start,end,start_timecode,end_timecode\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == len(rows(stems["cues.csv"])) + 1


def test_without_a_voice_there_is_no_sound_and_text_of_a_user_is_no_formula(
    tmp_path: Path, tiny_cache: SegmentCache
) -> None:
    said = {"title": "Three", "say": f"{HOSTILE} {{square|square}}.", "pauses": {"square": 0.5}}
    tables = {**tiny_film.WORDS, "ending": {"title": "The ending", "last": said}}
    plan = make_plan(replace(tiny_film.PRODUCTION, words=WordsFile("en", "tiny film", tables)))
    make_film(plan, tmp_path / "out", RecordedProgress(), tiny_cache)
    files = {file.name: file for file in make_stems(plan, tmp_path / "out", tmp_path / "stems")}
    assert [*files] == ["cues.csv", "film.otio"]
    found = {(row["kind"], row["id"]): row for row in rows(files["cues.csv"])}
    assert found["beat", "ending.last"]["text"] == f"'{HOSTILE} square."
    pause = found["pause", "ending.last.square"]
    (beat,) = json.loads((tmp_path / "out" / "film.json").read_text("utf-8"))["beats"][-1:]
    (asked,) = beat["pauses"]
    assert (float(pause["start"]), float(pause["end"])) == (
        pytest.approx(asked["start"], abs=0.0006),
        pytest.approx(asked["end"], abs=0.0006),
    )
    assert float(pause["end"]) - float(pause["start"]) >= 0.5
    otio = pytest.importorskip("opentimelineio")
    (track,) = otio.adapters.read_from_file(str(files["film.otio"])).tracks
    assert track[-1].metadata["softmax-explained"]["narration"] == f"{HOSTILE} square."


@pytest.fixture(scope="module")
def timeline(stems: dict[str, Path]) -> Any:
    otio = pytest.importorskip("opentimelineio", reason="it has no wheel for this Python")
    return otio.adapters.read_from_file(str(stems["film.otio"]))


def test_the_timeline_has_the_picture_and_the_sounds(timeline: Any, ledger: dict[str, Any]) -> None:
    assert timeline.name == ledger["title"]
    assert [(track.name, track.kind) for track in timeline.tracks] == [
        ("picture", "Video"),
        ("voice", "Audio"),
        ("ticks", "Audio"),
    ]
    for track in timeline.tracks:
        assert track.duration().to_seconds() == pytest.approx(ledger["duration"])
        assert track.duration().rate == RATE


def test_a_clip_of_the_timeline_is_a_beat_of_the_film(timeline: Any, ledger: dict[str, Any]) -> None:
    clips = [*timeline.tracks[0]]
    assert [clip.name for clip in clips] == [beat["title"] for beat in ledger["beats"]]
    for clip, beat in zip(clips, ledger["beats"], strict=True):
        assert clip.metadata["softmax-explained"]["id"] == beat["id"]
        for part in (
            clip.source_range,
            clip.range_in_parent(),
        ):  # its place in the file and on the track
            assert part.start_time.to_seconds() == pytest.approx(beat["start"])
            assert part.end_time_exclusive().to_seconds() == pytest.approx(beat["end"])
        available = clip.media_reference.available_range
        assert available.start_time.value == 0
        assert available.duration.to_seconds() == pytest.approx(ledger["duration"])
    assert all(
        one.range_in_parent().end_time_exclusive() == other.range_in_parent().start_time
        for one, other in pairwise(clips)
    )


def references(timeline: Any) -> Iterator[str]:
    for clip in timeline.find_clips():
        yield clip.media_reference.target_url


def test_the_timeline_finds_its_files_from_its_own_folder(
    timeline: Any, stems: dict[str, Path], film: Path
) -> None:
    folder = stems["film.otio"].parent
    found = {(folder / unquote(url)).resolve() for url in references(timeline)}
    assert found == {file.resolve() for file in (film, stems["voice.wav"], stems["ticks.wav"])}
    assert not [url for url in references(timeline) if url.startswith("/") or ":" in url]


def test_markers_are_at_chapters_and_marked_words(timeline: Any, ledger: dict[str, Any]) -> None:
    assert [(each.name, each.marked_range.start_time.to_seconds()) for each in timeline.tracks.markers] == [
        (chapter["title"], pytest.approx(chapter["start"])) for chapter in ledger["chapters"]
    ]
    marks = {
        marker.metadata["softmax-explained"]["id"]: clip.transformed_time(
            marker.marked_range.start_time, timeline.tracks
        ).to_seconds()
        for clip in timeline.find_clips()
        for marker in clip.markers
    }
    moves = {
        f"{beat['id']}.{move['mark']}": move["word"] for beat in ledger["beats"] for move in beat["moves"]
    }
    assert marks == {mark: pytest.approx(word, abs=0.5 / RATE + 1e-6) for mark, word in moves.items()}


def test_making_them_again_changes_no_byte(stems: dict[str, Path], tiny_plan: Plan, film: Path) -> None:
    before = {name: file.read_bytes() for name, file in stems.items()}
    again = make_stems(tiny_plan, film.parent, stems["cues.csv"].parent)
    assert {file.name: file.read_bytes() for file in again} == before


def test_a_folder_that_is_a_file_is_an_error_that_names_the_option(
    tiny_plan: Plan, film: Path, tmp_path: Path
) -> None:
    (tmp_path / "stems").write_text("a file")
    with pytest.raises(FilmError, match="the stems cannot be written") as caught:
        make_stems(tiny_plan, film.parent, tmp_path / "stems")
    assert "--stems" in caught.value.hint


def test_if_one_cannot_be_replaced_all_are_as_they_were(tiny_plan: Plan, film: Path, tmp_path: Path) -> None:
    (tmp_path / "film.otio").mkdir()
    (tmp_path / "cues.csv").write_text("of before")
    with pytest.raises(FilmError, match=r"film\.otio is a folder"):
        make_stems(tiny_plan, film.parent, tmp_path)
    assert (tmp_path / "cues.csv").read_text() == "of before"
    assert {file.name for file in tmp_path.iterdir()} == {"film.otio", "cues.csv"}
