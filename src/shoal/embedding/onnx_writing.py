"""Writes a network as an ONNX file, which is a protocol buffer: each field its number, its kind and its bytes.

Only what our own graphs need, so that the program can do without the `onnx` package (31 MB unpacked, more than the
largest of the networks). Field numbers are those of onnx.proto, IR version 8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Attribute = int | float | str | tuple[int, ...]

IR_VERSION = 8  # the one that came with operator set 17
OPSET = 17
# Onnx.proto: TensorProto.DataType.
ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "float16": 10}
_FLOAT, _INT, _STRING, _INTS = 1, 2, 3, 7  # onnx.proto: AttributeProto.AttributeType


@dataclass(slots=True)
class Graph:
    """Nodes in the order they are computed, and their weights. Values between nodes are known by their names."""

    name: str
    _nodes: list[bytes] = field(default_factory=list)
    _weights: list[bytes] = field(default_factory=list)
    _inputs: list[bytes] = field(default_factory=list)
    _outputs: list[bytes] = field(default_factory=list)

    def add(self, operator: str, inputs: Sequence[str], output: str, **attributes: Attribute) -> str:
        """One node; gives the name of its output back."""
        self._nodes.append(
            b"".join(_text(1, name) for name in inputs)
            + _text(2, output)
            + _text(3, output)
            + _text(4, operator)
            + b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
        )
        return output

    def weight(self, name: str, values: NDArray[Any]) -> str:
        dims = b"".join(_number(1, side) for side in values.shape)
        kind = ELEMENT_TYPES[values.dtype.name]
        raw = np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes()
        self._weights.append(dims + _number(2, kind) + _text(8, name) + _bytes(9, raw))
        return name

    def input(self, name: str, shape: Sequence[int | str], kind: str) -> str:
        """A side with a name in place of a number may be of any length; `kind` as numpy calls it."""
        self._inputs.append(_value(name, shape, kind))
        return name

    def output(self, name: str, shape: Sequence[int | str]) -> None:
        self._outputs.append(_value(name, shape, "float32"))

    def model(self, about: Mapping[str, str]) -> bytes:
        """The whole file; `about` is kept in it as its metadata. The weights are copied once, for they are large."""
        graph = self._parts(_text(2, self.name))
        opset = _bytes(8, _text(1, "") + _number(2, OPSET))
        head = _head(7, sum(map(len, graph)))
        return b"".join([_number(1, IR_VERSION), _text(2, "shoal"), head, *graph, opset, self.notes(about)])

    def parts(self) -> bytes:
        """What another graph goes on with."""
        return b"".join(self._parts(b""))

    @staticmethod
    def notes(about: Mapping[str, str]) -> bytes:
        """The metadata of a file."""
        return b"".join(_bytes(14, _text(1, key) + _text(2, value)) for key, value in about.items())

    def _parts(self, name: bytes) -> list[bytes]:
        return [
            *(_bytes(1, node) for node in self._nodes),
            name,
            *(part for weight in self._weights for part in (_head(5, len(weight)), weight)),
            *(_bytes(11, value) for value in self._inputs),
            *(_bytes(12, value) for value in self._outputs),
        ]


def field_bytes(place: int, value: bytes) -> bytes:
    """One field of a message, or of the file itself."""
    return _bytes(place, value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; negative numbers as 64 bits of two's complement."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(place: int, value: int) -> bytes:
    return _varint(place << 3) + _varint(value)


def _bytes(place: int, value: bytes) -> bytes:
    return _head(place, len(value)) + value


def _head(place: int, length: int) -> bytes:
    return _varint(place << 3 | 2) + _varint(length)


def _text(place: int, value: str) -> bytes:
    return _bytes(place, value.encode())


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + np.float32(value).tobytes() + _number(20, _FLOAT)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _INT)
    if isinstance(value, str):
        return _text(1, name) + _text(4, value) + _number(20, _STRING)
    return _text(1, name) + b"".join(_number(8, number) for number in value) + _number(20, _INTS)


def _value(name: str, shape: Sequence[int | str], kind: str) -> bytes:
    sides = b"".join(_bytes(1, _text(2, side) if isinstance(side, str) else _number(1, side)) for side in shape)
    tensor = _number(1, ELEMENT_TYPES[kind]) + _bytes(2, sides)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))
