"""A still picture is encoded for one group of pictures; its packets are written again with later times."""

from __future__ import annotations

from typing import Any

from av.packet import Packet


class Repeater:
    """Takes the packets of an encoder in their order and gives them back, some groups several times.

    Every group of pictures is closed: it begins with a key frame and nothing outside it is needed to decode
    it. So it shows the same pictures wherever it stands in the stream. Every packet has its decoding time one
    frame after that of the packet before, so a group moves by its number of packets.
    """

    def __init__(self) -> None:
        self._again: dict[int, int] = {}  # by the time of a group's first picture, as it was encoded
        self._group: list[Packet[Any]] = []  # the open group, if it is to be written again
        self._frames = 0  # to write of it after it
        self._shift = 0  # frames written more than were encoded

    def repeat(self, first: int, frames: int) -> None:
        """Write a group again, and again, until there are so many frames more; the last time maybe not whole.

        Args:
            first: the time with which the group's first picture is encoded. Its pictures are decoded in the
                order they are shown.
            frames: more than the group has itself.
        """
        self._again[first] = frames

    def put(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """Take the next packet; the packets to write now."""
        before: list[Packet[Any]] = []
        if packet.is_keyframe:
            before = self.rest()
            self._frames = self._again.pop(_time(packet.pts), 0)
        if self._frames:
            self._group.append(packet)
        return [*before, self._moved(packet)]

    def rest(self) -> list[Packet[Any]]:
        """The open group as long as it is still to be shown; it is closed then."""
        group, self._group = self._group, []
        repeated: list[Packet[Any]] = []
        while group and self._frames:
            self._shift += len(group)
            repeated += [self._moved(packet) for packet in group[: self._frames]]
            self._frames -= min(len(group), self._frames)
        self._shift -= -len(repeated) % len(group) if group else 0
        return repeated

    def _moved(self, packet: Packet[Any]) -> Packet[Any]:
        moved = Packet(bytes(packet))
        moved.pts, moved.dts = _time(packet.pts) + self._shift, _time(packet.dts) + self._shift
        moved.time_base, moved.duration, moved.stream = packet.time_base, packet.duration, packet.stream
        moved.is_keyframe = packet.is_keyframe
        return moved


def _time(stamp: int | None) -> int:
    assert stamp is not None  # x264 gives both times to every packet
    return stamp
