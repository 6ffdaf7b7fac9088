"""A still picture is encoded for one group of pictures; its packets are written again with later times."""

from __future__ import annotations

from typing import Any

from av.packet import Packet


class StillRepeater:
    """Takes the packets of an encoder in their order and gives them back, some groups several times.

    A group begins with a key frame, and nothing before that is needed to decode it. So it shows the same
    pictures wherever it stands in the stream, and if it has no B-frames, so do its first packets without the
    rest. Whatever of it is written again is written before it: what follows it in the stream may refer to it.
    Every packet has its decoding time one frame after that of the packet before, so packets move by their
    number.
    """

    def __init__(self) -> None:
        self._still: dict[int, tuple[int, int]] = {}  # by the time of the first picture, as it was encoded
        self._length = self._frames = 0
        self._group: list[Packet[Any]] = []  # what has come of a group that is written again
        self._shift = 0  # frames written more than were encoded

    def stretch(self, first: int, length: int, frames: int) -> None:
        """Show some pictures that are all the same for longer than they were encoded.

        Args:
            first: the time with which the first of them is encoded, as a key frame.
            length: how many there are; they are decoded in the order they are shown.
            frames: how long they are shown.
        """
        self._still[first] = length, frames

    def put(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """Take the next packet; the packets to write now."""
        if packet.is_keyframe and (still := self._still.pop(_time(packet.pts), None)):
            self._length, self._frames = still
        if not self._length:
            return [self._moved(packet)]
        self._group.append(packet)
        return self._stretched() if len(self._group) == self._length else []

    def _stretched(self) -> list[Packet[Any]]:
        """The group as often as it takes: first the part of it that makes up the number, then all of it."""
        group, self._group, self._length = self._group, [], 0
        times, part = divmod(self._frames, len(group))
        written: list[Packet[Any]] = []
        for length in (part, *(len(group) for _ in range(times))):
            written += [self._moved(packet) for packet in group[:length]]
            self._shift += length
        self._shift -= len(group)  # as many as were encoded
        return written

    def _moved(self, packet: Packet[Any]) -> Packet[Any]:
        moved = Packet(bytes(packet))
        moved.pts, moved.dts = _time(packet.pts) + self._shift, _time(packet.dts) + self._shift
        moved.time_base, moved.duration, moved.stream = packet.time_base, packet.duration, packet.stream
        moved.is_keyframe = packet.is_keyframe
        return moved


def _time(stamp: int | None) -> int:
    assert stamp is not None  # x264 gives both times to every packet
    return stamp
