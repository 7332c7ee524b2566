"""A process that cannot reach a network, and ends at once where it, or one of its children, tries to.

On Linux the kernel says so (seccomp), to Python, Qt and every native library alike; elsewhere Python's own sockets do.
"""

import ctypes
import os
import platform
import socket
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_CALL_NUMBER, _FIRST_ARGUMENT = 0, 16
"""Where they stand in what a filter gets to see (struct seccomp_data)."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network() -> None:
    """From now on, for this process and its children: sockets of the internet, of either kind, are the end."""
    if sys.platform == "linux":
        _forbid_in_the_kernel()
    else:
        sys.addaudithook(_end_at_a_socket)


def _forbid_in_the_kernel() -> None:
    filters = b"".join(
        (
            _instruction(_LOAD, _CALL_NUMBER),
            _instruction(_EQUAL, _SOCKET_CALL[platform.machine()], otherwise=4),
            _instruction(_LOAD, _FIRST_ARGUMENT),
            _instruction(_EQUAL, socket.AF_INET, then=1),
            _instruction(_EQUAL, socket.AF_INET6, otherwise=1),
            _instruction(_RETURN, _KILL),
            _instruction(_RETURN, _ALLOW),
        )
    )
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(filters) // 8, filters)
    for wanted in ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)):
        if libc.prctl(*wanted):
            raise OSError(ctypes.get_errno(), "this kernel has no filter for system calls")


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)


def _end_at_a_socket(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        os.abort()
