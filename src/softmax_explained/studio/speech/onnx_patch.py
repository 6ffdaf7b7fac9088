"""Adding an output to an ONNX model without the onnx package.

A model file is a protobuf message, and protobuf merges a message field that occurs twice. So appending a
second graph that contains only one output adds that output to the graph of the file.
Source: https://protobuf.dev/programming-guides/encoding/#last-one-wins and ``onnx.proto``.
"""

from __future__ import annotations

_GRAPH = 7  # ModelProto.graph
_OUTPUT = 12  # GraphProto.output
_NAME = 1  # ValueInfoProto.name


def with_output(model: bytes, tensor: str) -> bytes:
    """The model with an inner tensor as an additional output.

    Args:
        model: an ONNX file.
        tensor: the name of a tensor of its graph.

    >>> with_output(b"", "t").hex()
    '3a0562030a0174'
    """
    return model + _field(_GRAPH, _field(_OUTPUT, _field(_NAME, tensor.encode())))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])
