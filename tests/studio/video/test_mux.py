"""The finished file, read box by box and frame by frame: what players and platforms ask of it."""

import json
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from meter import CEILING, LUFS, RATE, integrated, true_peak
from mp4 import boxes

from softmax_explained.studio.planning.plan import Plan


@pytest.fixture(scope="session")
def film(tiny_files: dict[str, Path]) -> Path:
    return tiny_files["film.mp4"]


@pytest.fixture(scope="session")
def ledger(tiny_files: dict[str, Path]) -> dict:
    return json.loads(tiny_files["film.json"].read_text("utf-8"))


def test_the_index_comes_first_and_there_is_no_edit_list(film: Path) -> None:
    found = boxes(film)
    assert found.index("moov") < found.index("mdat")
    assert found.count("moov/trak") == 4  # picture, sound, captions, and the chapters' titles
    assert not [box for box in found if box.endswith(("edts", "elst"))]


def test_the_picture_is_one_stream_as_platforms_want_it(film: Path) -> None:
    with av.open(str(film)) as file:
        stream = file.streams.video[0]
        context = stream.codec_context
        assert (context.name, stream.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (
            1,
            1,
            1,
            1,
        )
        assert (context.width, context.height, stream.average_rate) == (854, 480, 15)


def test_every_frame_is_decoded_and_in_step(film: Path, ledger: dict) -> None:
    with av.open(str(film)) as file:
        stream = file.streams.video[0]
        frames = [(frame.pts * frame.time_base, frame.is_corrupt) for frame in file.decode(stream)]
        counted = stream.frames
    assert len(frames) == counted == round(ledger["duration"] * 15)
    assert frames[0][0] == 0
    assert {later - earlier for (earlier, _), (later, _) in pairwise(frames)} == {1 / stream.average_rate}
    assert not any(corrupt for _, corrupt in frames)


def test_the_sound_ends_with_the_picture(film: Path, ledger: dict) -> None:
    with av.open(str(film)) as file:
        stream = file.streams.audio[0]
        assert (stream.codec_context.name, stream.profile, stream.rate, stream.channels) == (
            "aac",
            "LC",
            RATE,
            2,
        )
        assert float(stream.duration * stream.time_base) == pytest.approx(ledger["duration"], abs=0.05)
        assert stream.start_time == 0


def test_every_track_names_its_language(film: Path) -> None:
    with av.open(str(film)) as file:
        kinds = [(stream.type, stream.language) for stream in file.streams]
    assert kinds[:3] == [("video", "eng"), ("audio", "eng"), ("subtitle", "eng")]


def test_the_captions_in_the_film_are_those_of_the_file_beside_it(
    film: Path, tiny_files: dict[str, Path]
) -> None:
    beside = list(srt.parse(tiny_files["film.en.srt"].read_text("utf-8")))
    assert beside
    with av.open(str(film)) as file:
        stream = file.streams.subtitles[0]
        shown = [
            (
                bytes(packet)[2:].decode(),
                float(packet.pts * packet.time_base),
                float((packet.pts + packet.duration) * packet.time_base),
            )
            for packet in file.demux(stream)
            if len(bytes(packet)) > 2
        ]
    assert shown == [(each.content, each.start.total_seconds(), each.end.total_seconds()) for each in beside]


def heard(film: Path) -> np.ndarray:
    with av.open(str(film)) as file:
        return np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)


def test_the_film_is_as_loud_as_films_are(film: Path) -> None:
    sound = heard(film)
    assert integrated(sound) == pytest.approx(LUFS, abs=1)
    assert true_peak(sound) <= CEILING + 0.1


def test_speech_is_heard_when_the_ledger_says_and_at_no_other_time(film: Path, ledger: dict) -> None:
    sound = np.abs(heard(film)[0])
    loud = np.flatnonzero(np.convolve(sound, np.full(480, 1 / 480), "same") > 0.003) / RATE
    assert ledger["beats"]
    for beat in ledger["beats"]:
        inside = loud[(loud >= beat["start"]) & (loud < beat["end"])]
        assert inside[0] == pytest.approx(beat["speech_start"], abs=0.06)  # EBU R 37: 40 ms early, 60 ms late
        assert inside[-1] == pytest.approx(beat["speech_end"], abs=0.06)


def test_the_menu_has_the_chapters(film: Path, ledger: dict) -> None:
    with av.open(str(film)) as file:
        marks = [
            (mark["metadata"]["title"], float(mark["start"] * mark["time_base"])) for mark in file.chapters()
        ]
        assert file.metadata["title"] == "A tiny film"
    assert [title for title, _ in marks] == ["The opening", "The ending"]
    assert [start for _, start in marks] == pytest.approx(
        [chapter["start"] for chapter in ledger["chapters"]], abs=0.001
    )
    assert marks[0][1] == 0


def test_the_joint_between_two_segments_shows_each_on_its_side(film: Path, ledger: dict) -> None:
    joint = round(ledger["chapters"][1]["start"] * 15)
    with av.open(str(film)) as file:
        pictures = [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]
    assert pictures[joint - 10].std() > 5  # the square of the first chapter still stands
    packets = 0
    with av.open(str(film)) as file:
        for packet in file.demux(video=0):
            if packet.pts is not None and packet.is_keyframe:
                packets += packet.pts * packet.time_base * 15 == joint
    assert packets == 1  # a chapter starts with a key frame, so a player can jump to it


def test_every_sentence_of_the_plan_is_in_the_ledger(tiny_plan: Plan, ledger: dict) -> None:
    assert {beat["id"]: beat["narration"] for beat in ledger["beats"]} == {
        beat.id: str(beat.sentence) for beat in tiny_plan.beats.values()
    }
