"""Still pictures are encoded once per group of pictures; their packets are written again with later times."""

from __future__ import annotations

from typing import Any

from av.packet import Packet


class StillRepeater:
    """Passes on the packets of an encoder in order, some groups several times.

    A group starts with a key frame and can be decoded without anything before it, so it shows the same
    pictures anywhere in the stream. If it has no B-frames, so do its first packets without the rest.
    Repetitions are written before the group itself, because what follows it in the stream may refer to it.
    The decoding time of every packet is one frame after that of the packet before.
    """

    def __init__(self) -> None:
        self._stills: dict[int, tuple[int, int]] = {}  # by the time of the first picture, as encoded
        self._length = self._frames = 0
        self._group: list[Packet[Any]] = []  # what has arrived of a group to repeat
        self._shift = 0  # frames written minus frames encoded

    def stretch(self, first: int, length: int, frames: int) -> None:
        """Show `length` identical pictures, the first a key frame encoded at `first`, for more frames."""
        self._stills[first] = length, frames

    def put(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """Take the next packet, and return the packets to write now."""
        if packet.is_keyframe and (still := self._stills.pop(_time(packet.pts), None)):
            self._length, self._frames = still
        if not self._length:
            return [self._shifted(packet)]
        self._group.append(packet)
        return self._repeated() if len(self._group) == self._length else []

    def _repeated(self) -> list[Packet[Any]]:
        """The group for all its frames: first the part that makes up the remainder, then whole groups."""
        group, self._group, self._length = self._group, [], 0
        times, remainder = divmod(self._frames, len(group))
        written: list[Packet[Any]] = []
        for length in (remainder, *(len(group) for _ in range(times))):
            written += [self._shifted(packet) for packet in group[:length]]
            self._shift += length
        self._shift -= len(group)  # as many as were encoded
        return written

    def _shifted(self, packet: Packet[Any]) -> Packet[Any]:
        copy = Packet(bytes(packet))
        copy.pts, copy.dts = _time(packet.pts) + self._shift, _time(packet.dts) + self._shift
        copy.time_base, copy.duration, copy.stream = packet.time_base, packet.duration, packet.stream
        copy.is_keyframe = packet.is_keyframe
        return copy


def _time(stamp: int | None) -> int:
    assert stamp is not None  # x264 sets both times of every packet
    return stamp
