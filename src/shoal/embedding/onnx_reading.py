"""Reads what is needed of an ONNX file to cut a network off and go on otherwise; see `onnx_writing` for the format."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shoal.embedding.onnx_writing import field_bytes

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_GRAPH, _METADATA, _OPSET = 7, 14, 8
_NODE, _WEIGHT, _INPUT, _OUTPUT = 1, 5, 11, 12


class NoNetwork(ValueError):
    """It is no ONNX file that could be cut."""


@dataclass(frozen=True, slots=True)
class Field:
    number: int
    value: bytes
    """Empty for a number."""

    raw: bytes
    """As it stands in the file, its head included."""


@dataclass(slots=True)
class CutNetwork:
    """A network up to one of its values. `head`: what stands around the graph; `parts`: of the graph itself."""

    head: list[bytes] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)


def fields(data: bytes) -> Iterator[Field]:
    """Raises NoNetwork."""
    at = 0
    while at < len(data):
        begin = at
        tag, at = _varint(data, at)
        kind, value = tag & 7, b""
        if kind == _VARINT:
            _, at = _varint(data, at)
        elif kind == _BYTES:
            length, at = _varint(data, at)
            value, at = data[at : at + length], at + length
        elif kind in (_EIGHT, _FOUR):
            at += 8 if kind == _EIGHT else 4
        else:
            raise NoNetwork("a field is of no known kind")
        if at > len(data):
            raise NoNetwork("it ends in the middle of a field")
        yield Field(tag >> 3, value, data[begin:at])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value, at, shift = value | (byte & 127) << shift, at + 1, shift + 7
        if byte < 128:
            return value, at
    raise NoNetwork("a number does not end")


def comes_from(content: bytes, output: str) -> str:
    """The first thing that goes into what computes `output`. Raises NoNetwork."""
    for node in (one.value for one in _graph(content) if one.number == _NODE):
        if output in _texts(node, 2):
            return _texts(node, 1)[0]
    raise NoNetwork(f"nothing computes {output}")


def cut_at(content: bytes, value: str) -> CutNetwork:
    """Only what `value` needs, without outputs and notes. Raises NoNetwork."""
    graph = list(_graph(content))
    needed, kept = {value}, []
    for node in reversed([one for one in graph if one.number == _NODE]):  # they stand in the order they are computed
        if needed & set(_texts(node.value, 2)):
            needed.update(_texts(node.value, 1))
            kept.append(node.raw)
    weights = [one.raw for one in graph if one.number == _WEIGHT and needed & set(_texts(one.value, 8))]
    others = [one.raw for one in graph if one.number not in (_NODE, _WEIGHT, _OUTPUT)]
    head = [one.raw for one in fields(content) if one.number not in (_GRAPH, _METADATA)]
    return CutNetwork(head, [*reversed(kept), *others, *weights])


def _graph(content: bytes) -> Iterator[Field]:
    graph = next((one.value for one in fields(content) if one.number == _GRAPH), None)
    if graph is None:
        raise NoNetwork("it has no graph")
    return fields(graph)


def _texts(message: bytes, number: int) -> list[str]:
    return [one.value.decode("utf-8", "replace") for one in fields(message) if one.number == number]


def joined(cut: CutNetwork, addition: bytes, notes: bytes) -> bytes:
    """The file again: `addition` are more parts of the graph, `notes` fields after it."""
    return b"".join([*cut.head, field_bytes(_GRAPH, b"".join([*cut.parts, addition])), notes])
