"""Still pictures are encoded once, as a key frame; packets that repeat it are written after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from av.packet import Packet

_DELAY = 2
"""Frames: a packet is decoded so long before it is shown if none is decoded before its turn. With two
B-frames in a row x264 has this delay, unless it encodes one or two pictures only."""


class StillRepeater:
    """Passes on the packets of an encoder in order, and makes some pictures last longer.

    Such a picture is a key frame, and so is the one after it. It is shown in groups of a key frame and the
    frames that repeat it. The decoding time of every packet is one frame after that of the packet before,
    and the first is always the same, so that streams can be joined.

    Args:
        repeating: see `h264_stream.repeating_packets`.
    """

    def __init__(self, repeating: Sequence[bytes]) -> None:
        self._repeating = repeating
        self._stills: dict[int, int] = {}  # for how many frames, by the time of the picture, as encoded
        self._shift = 0  # frames written minus frames encoded
        self._written = 0  # packets

    def stretch(self, encoded: int, frames: int) -> None:
        """Show a picture, which is encoded as a key frame at a time, for a number of frames."""
        self._stills[encoded] = frames

    def put(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """Take the next packet, and return the packets to write now."""
        frames = self._stills.pop(_time(packet.pts), 1)
        length = group_of_still(frames, len(self._repeating) + 1) if frames > 1 else 1
        key = bytes(packet)
        written = [
            self._later(packet, number, self._repeating[place - 1] if (place := number % length) else key)
            for number in range(frames)
        ]
        self._shift += frames - 1
        return written

    def _later(self, packet: Packet[Any], frames: int, content: bytes) -> Packet[Any]:
        """A packet of other content so many frames after another one."""
        copy = Packet(content)
        copy.pts, copy.dts = _time(packet.pts) + self._shift + frames, self._written - _DELAY
        self._written += 1
        copy.time_base, copy.duration, copy.stream = packet.time_base, packet.duration, packet.stream
        copy.is_keyframe = packet.is_keyframe and content == bytes(packet)
        return copy


def group_of_still(frames: int, longest: int) -> int:
    """The length of the groups, up to `longest`, of a still picture that is shown for `frames` frames.

    Short, and so that there are few key frames.

    >>> group_of_still(95, 30)
    24
    """
    # A key frame directly after another needs a different idr_pic_id, but both would be the same packet.
    return min(range(2, longest + 1), key=lambda n: (frames % n == 1, -(-frames // n), n))


def _time(stamp: int | None) -> int:
    assert stamp is not None  # x264 sets the time of every packet
    return stamp
