"""The picture that represents a film, taken from the finished film."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.video.local_file import local_file

_COMPRESSION = 3  # of 9: pictures of even colours are hardly smaller with more, and take three times as long


def poster(film: Path, beats: Sequence[BeatRecord], beat: str) -> Image.Image:
    """The last frame of a beat of a film; the one in the middle if the film does not show the beat.

    Args:
        film: an MP4 file without an edit list.
        beats: all that the film shows, in seconds of the film.
        beat: the id of the beat.
    """
    with av.open(local_file(film)) as container:
        video = container.streams.video[0]
        rate = Fraction(video.average_rate or 1)
        ends = [each.end for each in beats if each.id == beat]
        number = round(ends[0] * rate) - 1 if ends else video.frames // 2
        time = number / rate
        container.seek(int(time * av.time_base))  # the key frame before
        frame = next(each for each in container.decode(video) if _time(each) >= time)
        # One thread, because each of several writes a few pixels beyond the end of its last row.
        pixels = frame.to_ndarray(format="rgb24", src_colorspace="ITU709", threads=1)
        return Image.fromarray(pixels)


def _time(frame: av.VideoFrame) -> Fraction:
    assert frame.pts is not None and frame.time_base is not None  # every frame of an MP4 file has a time
    return frame.pts * frame.time_base


def save_poster(picture: Image.Image, file: Path) -> None:
    """Write a picture as PNG; the same picture gives the same bytes.

    Raises:
        OSError: it cannot be written.
    """
    picture.save(file, format="png", compress_level=_COMPRESSION)
