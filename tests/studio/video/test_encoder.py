"""The picture comes out as it was drawn: its colours, its number of frames, its groups of pictures."""

from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.studio.video.encoder import SegmentEncoder
from softmax_explained.studio.video.still_repeater import group_of_still

RATE = 30


def flat(red: int, green: int, blue: int) -> np.ndarray:
    pixels = np.empty((64, 96, 4), np.uint8)
    pixels[:] = red, green, blue, 255
    return pixels


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "segment.mp4"


COLOURS = [
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 255),
    (0, 0, 0),
    (14, 17, 22),
    (241, 71, 8),
    (115, 202, 253),
]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_encoded_by_the_formula_of_bt709_in_limited_range(
    colour: tuple[int, int, int], path: Path
) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    encoder.write(flat(*colour), 3)
    encoder.close()
    red, green, blue = (value / 255 for value in colour)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    wanted = 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748
    with av.open(str(path)) as film:
        frame = next(film.decode(video=0))
        found = [
            float(np.frombuffer(plane, np.uint8).reshape(plane.height, -1)[:, : plane.width].mean())
            for plane in frame.planes
        ]
    assert found == pytest.approx(wanted, abs=1.5)


def test_the_stream_says_what_it_is(path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    encoder.write(flat(14, 17, 22), RATE)
    encoder.close()
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        context = stream.codec_context
        assert (context.name, stream.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (
            1,
            1,
            1,
            1,
        )
        assert (stream.average_rate, context.width, context.height) == (RATE, 96, 64)
        frames = list(film.decode(stream))
        assert {frame.interlaced_frame for frame in frames} == {False}
        assert (frames[0].colorspace, frames[0].color_range) == (1, 1)


def test_every_frame_is_there_once_and_in_step(path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for number in range(10):
        encoder.write(flat(20 * number, 0, 0))
    encoder.write(flat(0, 200, 0), 37)
    encoder.close()
    assert encoder.frames == 47
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        times = [frame.pts * frame.time_base * RATE for frame in film.decode(stream)]
    assert times == list(range(47))


def test_a_group_of_pictures_is_half_a_second_and_has_two_b_frames_in_a_row(path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for number in range(90):
        picture = flat(14, 17, 22)
        picture[20:40, number // 2 : number // 2 + 20, :3] = 200
        encoder.write(picture)
    encoder.close()
    with av.open(str(path)) as film:
        kinds = "".join(PictureType(frame.pict_type).name for frame in film.decode(video=0))
    assert [number for number, kind in enumerate(kinds) if kind == "I"] == [0, 15, 30, 45, 60, 75]
    assert "B" in kinds
    assert "BBB" not in kinds
    assert "BI" not in kinds  # closed: nothing before a key frame needs it


def test_what_moves_is_encoded_almost_without_loss(path: Path) -> None:
    rng = np.random.default_rng(0)
    pictures = [flat(14, 17, 22) for _ in range(20)]
    for number, picture in enumerate(pictures):
        picture[10:50, number : number + 40, :3] = rng.integers(100, 255, 3)
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for picture in pictures:
        encoder.write(picture)
    encoder.close()
    with av.open(str(path)) as film:
        shown = [frame.to_ndarray(format="rgba", src_colorspace="ITU709") for frame in film.decode(video=0)]
    inner = (slice(14, 46), slice(24, 36))  # away from edges, where half the colour resolution blurs
    error = [np.abs(a[inner].astype(int) - b[inner]).mean() for a, b in zip(shown, pictures, strict=True)]
    assert max(error) < 4


def test_what_stands_looks_the_same_when_something_else_begins_to_move(path: Path) -> None:
    rng = np.random.default_rng(0)
    picture = np.full((360, 640, 4), 20, np.uint8)
    for row, left in np.ndindex(16, 60):  # strokes, about as many as a text has
        edge = 10 * left + int(rng.integers(0, 7))
        picture[10 + 12 * row : 18 + 12 * row, edge : edge + int(rng.integers(1, 4)), :3] = rng.integers(
            90, 255
        )
    encoder = SegmentEncoder(path, 640, 360, RATE)
    encoder.write(picture, 2 * RATE)
    for number in range(RATE):
        picture[220:340, 30 + 8 * number : 330 + 8 * number, :3] = rng.integers(60, 200)
        encoder.write(picture)
    encoder.close()
    with av.open(str(path)) as film:
        shown = [frame.to_ndarray() for frame in film.decode(video=0)]
    text = slice(0, 208)  # and not what moves below it
    luma = 16 + 219 / 255 * picture[text, :, 0]
    error = [float(np.abs(frame[text] - luma).mean()) for frame in shown]
    assert max(error) < 1.05 * error[0]


@pytest.mark.parametrize("still", [RATE // 2 + 1, 2 * RATE, 20 * RATE + 4])
def test_a_still_picture_is_encoded_once_however_long_it_stands(still: int, path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    encoder.write(flat(200, 0, 0), 7)
    encoder.write(flat(0, 200, 0), still)
    assert encoder.encoded == 7 + 1
    encoder.close()


@pytest.mark.parametrize("size", [(96, 64), (854, 480), (480, 854)], ids=str)
def test_all_frames_of_a_still_picture_are_the_same_whatever_it_shows(
    size: tuple[int, int], path: Path
) -> None:
    width, height = size
    noise = np.random.default_rng(0).integers(0, 256, (3, height, width, 4)).astype(np.uint8)
    lengths = [50, 3, 16, 37, 5]
    encoder = SegmentEncoder(path, width, height, RATE)
    for number, length in enumerate(lengths):
        encoder.write(noise[number % 3], length)
    encoder.close()
    with av.open(str(path)) as film:
        frames = [frame.to_ndarray() for frame in film.decode(video=0)]
    assert len(frames) == sum(lengths)
    assert np.array_equal(frames[0], frames[49])
    for first, length in ((0, 50), (53, 16), (69, 37)):
        stands = frames[first : first + length]
        assert all(np.array_equal(stands[0], each) for each in stands)
        assert np.abs(stands[0].astype(float) - frames[first - 1]).mean() > 20


@given(frames=st.integers(16, 2000))
def test_a_still_picture_has_no_more_key_frames_than_it_must_and_never_two_in_a_row(frames: int) -> None:
    length = group_of_still(frames, RATE // 2)
    assert 2 <= length <= RATE // 2
    assert frames % length != 1
    assert -(-frames // length) <= -(-frames // (RATE // 2 - 2))


@pytest.mark.parametrize("still", [1, 14, 15, 29, 30, 31, 45, 100, 601])
def test_pictures_that_stand_are_shown_as_long_as_asked_and_in_their_order(still: int, path: Path) -> None:
    shown = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]
    lengths = [3, still, 2, still]
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for colour, length in zip(shown, lengths, strict=True):
        encoder.write(flat(*colour), length)
    encoder.close()
    wanted = [colour for colour, length in zip(shown, lengths, strict=True) for _ in range(length)]
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        frames = list(film.decode(stream))
    assert encoder.frames == len(frames) == len(wanted)
    assert [frame.pts * frame.time_base * RATE for frame in frames] == list(range(len(wanted)))
    for frame, colour in zip(frames, wanted, strict=True):
        middle = frame.to_ndarray(format="rgb24", src_colorspace="ITU709")[32, 48]
        assert np.abs(middle.astype(int) - colour).max() < 8


def test_the_packets_are_decoded_one_frame_apart(path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for number in range(40):
        encoder.write(flat(5 * number, 0, 0))
    encoder.write(flat(0, 200, 0), 100)
    for number in range(10):
        encoder.write(flat(5 * number, 0, 0))
    encoder.close()
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        times = [p.dts * p.time_base * RATE for p in film.demux(stream) if p.dts is not None]
    assert np.diff(times).tolist() == [1] * 149


@pytest.mark.parametrize(
    "lengths", [[1], [100], [1, 1], [100, 1], [1, 100], [1, 1, 1], [3, 100, 1, 40]], ids=str
)
def test_streams_of_any_length_begin_alike_so_that_they_can_be_joined(lengths: list[int], path: Path) -> None:
    encoder = SegmentEncoder(path, 96, 64, RATE)
    for number, length in enumerate(lengths):
        encoder.write(flat(50 * number, 0, 0), length)
    encoder.close()
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        packets = [packet for packet in film.demux(stream) if packet.dts is not None]
        times = [(p.dts * p.time_base * RATE, p.pts * p.time_base * RATE) for p in packets]
    assert [decoded for decoded, _ in times] == [number - 2 for number in range(sum(lengths))]
    assert sorted(shown for _, shown in times) == list(range(sum(lengths)))
    assert all(decoded <= shown for decoded, shown in times)
