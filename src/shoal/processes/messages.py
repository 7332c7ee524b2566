"""What a program and its helper process say to each other, and how that crosses a pipe.

Values travel as pickles of protocol 5; the bytes of large arrays follow the pickle as they are, so that nothing but
the pipe itself copies them. Only the two ends of a pipe that this program made read these messages: unpickling runs
code, so never feed it anything else.
"""

import pickle
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

import numpy as np

_HEADER = struct.Struct("<BQQI")  # kind, call, bytes in the body, number of buffers
_LENGTH = struct.Struct("<Q")
_OUT_OF_BAND_FROM = 1 << 16  # smaller arrays are cheaper inside the pickle


class Kind(IntEnum):
    """A call and its cancellation go to the helper; the other three come back, the last two exactly once per call."""

    CALL = 1
    CANCEL = 2
    REPORT = 3
    RETURNED = 4
    RAISED = 5


@dataclass(frozen=True, slots=True)
class Message:
    """`call` numbers the call it belongs to. `buffers` are the arrays that the pickle in `body` refers to."""

    kind: Kind
    call: int
    body: bytes = b""
    buffers: tuple[memoryview, ...] = ()


def pack(kind: Kind, call: int, value: object) -> Message:
    """Raises what pickle raises if the value cannot travel."""
    buffers: list[memoryview] = []

    def keep_in_the_pickle(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < _OUT_OF_BAND_FROM:
            return True
        buffers.append(raw)
        return False

    body = pickle.dumps(value, protocol=5, buffer_callback=keep_in_the_pickle)
    return Message(kind, call, body, tuple(buffers))


def unpack(message: Message) -> object:
    """The value that was packed; its large arrays are the message's buffers, not copies of them."""
    return pickle.loads(message.body, buffers=message.buffers)


def write_message(stream: BinaryIO, message: Message) -> None:
    lengths = b"".join(_LENGTH.pack(buffer.nbytes) for buffer in message.buffers)
    header = _HEADER.pack(message.kind, message.call, len(message.body), len(message.buffers))
    stream.write(header + lengths + message.body)
    for buffer in message.buffers:
        stream.write(buffer)
    stream.flush()


def read_message(stream: BinaryIO) -> Message | None:
    """Wait for the next message; None once the other end is gone, even in the middle of a message."""
    header = _read(stream, _HEADER.size)
    if header is None:
        return None
    kind, call, body_length, buffer_count = _HEADER.unpack(header)
    lengths = _read(stream, _LENGTH.size * buffer_count)
    if lengths is None:
        return None
    parts = _read_all(stream, [body_length, *(length for (length,) in _LENGTH.iter_unpack(lengths))])
    return None if parts is None else Message(Kind(kind), call, bytes(parts[0]), tuple(parts[1:]))


def _read_all(stream: BinaryIO, lengths: Sequence[int]) -> list[memoryview] | None:
    parts = []
    for length in lengths:
        part = _read(stream, length)
        if part is None:
            return None
        parts.append(part)
    return parts


def _read(stream: BinaryIO, length: int) -> memoryview | None:
    """`length` bytes that may be written to, as unpickled arrays are; None if the stream ends before."""
    bytes_read = np.empty(length, np.uint8).data  # a bytearray would be filled with zeros first
    done = stream.readinto(bytes_read)  # type: ignore[attr-defined]  # every buffered reader has it, BinaryIO hides it
    return bytes_read if done == length else None
