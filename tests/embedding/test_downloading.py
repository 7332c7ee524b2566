"""Weights from a server on this very computer, which behaves as servers do: cuts off, moves, forgets, lies."""

import hashlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shoal.domain.errors import Cancelled, ModelUnavailable
from shoal.domain.extension_points import Download, LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task
from shoal.embedding.weight_files import find_weights

CONTENT = bytes(range(256)) * 12_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves CONTENT as /net.pth. `cuts`: how many connections end after a third of what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ranges, self.cuts = True, 0
        self.asked: list[str] = []

    def source(self, sha256: str = SHA256, path: str = "net.pth") -> Download:
        return Download(f"http://127.0.0.1:{self.server_port}/{path}", sha256, 3, "MIT")


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append(wanted)
        if self.path == "/moved/net.pth":
            self.send_response(302)
            self.send_header("Location", "/net.pth")
            self.end_headers()
        elif self.path != "/net.pth":
            self.send_error(404)
        else:
            start = int(wanted[len("bytes=") : -1]) if wanted and self.server.ranges else 0
            self._send(start)

    def _send(self, start: int) -> None:
        if start >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        cut, self.server.cuts = self.server.cuts > 0, max(0, self.server.cuts - 1)
        self.wfile.write(CONTENT[start : start + (len(CONTENT) - start) // 3] if cut else CONTENT[start:])
        self.close_connection = True

    def log_message(self, *_anything: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch(source: Download, folder: Path, task: Task | None = None, offline: bool = False) -> Path:
    return find_weights("net", source, LoadOptions(weights_folder=folder, task=task or Task(), offline=offline)).path


def test_it_arrives_whole_with_its_size_told_and_is_not_fetched_again(server, tmp_path):
    told: list[Progress] = []
    for _ in range(2):
        path = fetch(server.source(), tmp_path / "weights", Task(told.append))
        assert path.read_bytes() == CONTENT
    assert len(server.asked) == 1
    assert told[-1] == Progress(Sentence("Downloading net.pth (3 MB, MIT), in MB"), 3, 3)


def test_a_connection_that_is_cut_goes_on_from_there(server, tmp_path):
    server.cuts = 2
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == ["", f"bytes={len(CONTENT) // 3}-", f"bytes={len(CONTENT) // 3 + len(CONTENT) * 2 // 9}-"]


def test_what_was_stopped_is_resumed_next_time(server, tmp_path):
    task = Task(lambda progress: task.cancel())
    with pytest.raises(Cancelled):
        fetch(server.source(), tmp_path, task)
    assert not (tmp_path / "net.pth").exists()
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked[-1].startswith("bytes=")


def test_a_server_that_knows_no_ranges_sends_it_all_again(server, tmp_path):
    server.ranges, server.cuts = False, 1
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT


def test_an_old_beginning_of_another_file_is_thrown_away(server, tmp_path):
    (tmp_path / "net.pth.part").write_bytes(b"something else")
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    (tmp_path / "net.pth").rename(tmp_path / "net.pth.part")
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT, "it was whole already"


def test_a_file_that_has_moved_is_followed(server, tmp_path):
    assert fetch(server.source(path="moved/net.pth"), tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize("sha256", ["0" * 64, "01234567"])
def test_another_file_than_was_published_is_not_kept(server, tmp_path, sha256):
    with pytest.raises(ModelUnavailable, match="not what was published"):
        fetch(server.source(sha256), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_only_the_first_digits_are_published_the_rest_is_remembered(server, tmp_path):
    path = fetch(server.source(SHA256[:2]), tmp_path)
    twin = next(
        data for data in (str(number).encode() for number in range(5000))
        if hashlib.sha256(data).hexdigest()[:2] == SHA256[:2]
    )  # fmt: skip
    path.write_bytes(twin)
    with pytest.raises(ModelUnavailable, match="is not the file that was published"):
        fetch(server.source(SHA256[:2]), tmp_path)


def test_what_cannot_be_had_is_told_with_what_to_do(server, tmp_path):
    with pytest.raises(ModelUnavailable, match="answers 404"):
        fetch(server.source(path="gone/net.pth"), tmp_path)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Download(f"http://127.0.0.1:{unused.getsockname()[1]}/net.pth", SHA256, 3, "MIT")
        with pytest.raises(ModelUnavailable, match=f"cannot be reached.*put it into {tmp_path}"):
            fetch(nobody, tmp_path)


def test_offline_no_socket_is_opened_and_a_file_laid_into_the_folder_serves(monkeypatch, tmp_path):
    def no_socket(*_anything: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    source = Download("https://example.invalid/net.pth", SHA256, 3, "MIT")
    with pytest.raises(ModelUnavailable, match=f"Get https://example.invalid/net.pth .* put it into {tmp_path}"):
        fetch(source, tmp_path, offline=True)
    (tmp_path / "net.pth").write_bytes(CONTENT)
    assert fetch(source, tmp_path, offline=True).read_bytes() == CONTENT
