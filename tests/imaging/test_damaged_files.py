import io
import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageFile
from tests.imaging.test_decoding import CROP, quarters
from tests.support.picture_files import rendered, saved

from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import UnreadableImage


def refusal(data: bytes, suffix: str = ".jpg") -> str:
    with pytest.raises(UnreadableImage) as caught:
        decode_image(data, suffix, CROP)
    return caught.value.reason


@pytest.mark.parametrize(
    ("format", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("GIF", {}), ("BMP", {}), ("TIFF", {})],
)
def test_a_file_that_broke_off_gives_what_is_there(format, options):
    data = saved(rendered(800, 600), format, **options)
    decoded = decode_image(data[: len(data) * 3 // 4], "", CROP)
    whole = decode_image(data, "", CROP)
    assert decoded.facts.damaged
    assert not whole.facts.damaged
    there = slice(-64, None) if format == "BMP" else slice(64)  # a BMP begins with its lowest row
    assert np.abs(decoded.thumbnail[there].astype(int) - whole.thumbnail[there]).mean() < 12


def test_a_png_with_a_wrong_checksum_is_read_all_the_same():
    data = bytearray(saved(quarters(), "PNG", icc_profile=b"x" * 40))
    at = data.index(b"iCCP")
    data[at + 6] ^= 1
    decoded = decode_image(bytes(data), ".png", CROP)
    assert decoded.facts.damaged


def test_a_file_with_only_a_header_left_is_refused():
    for format in ("JPEG", "PNG", "GIF", "TIFF"):
        data = saved(rendered(800, 600), format)
        end = data.index(b"\xff\xda") + 14 if format == "JPEG" else 60
        assert refusal(data[:end])


def test_damaged_and_sound_files_side_by_side_do_not_disturb_each_other():
    """The second try must not loosen anything for the other threads, as Pillow's own switch would."""
    sound = saved(rendered(800, 600), "JPEG")
    broken = sound[: len(sound) // 2]
    png = saved(rendered(300, 200), "PNG")

    def damaged(number: int) -> bool:
        return decode_image([sound, broken, png[: len(png) // 2], png][number % 4], "", CROP).facts.damaged

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(damaged, range(80))) == [False, True, True, False] * 20
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(broken)).load()


def png_header(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, body, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_gigantic_pictures_are_refused_by_their_header():
    jpeg = bytearray(saved(quarters(), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 65000, 65000)
    bmp = bytearray(saved(quarters(), "BMP"))
    bmp[18:26] = struct.pack("<ii", 100_000, 100_000)
    for data in (png_header(100_000, 100_000), bytes(jpeg), bytes(bmp)):
        assert "too large" in refusal(data)


def test_text_called_jpg_and_unknown_formats_are_refused():
    assert refusal(b"dear diary, " * 100) == "not a picture, whatever its name says"
    assert refusal(b"%PDF-1.7\n" + b"\0" * 100)
    assert refusal(b"\x00\x00\x00\x18ftypmp42" + b"\0" * 100)


def test_an_unpacking_thread_lets_the_others_work():
    data = saved(rendered(2400, 1800), "PNG", compress_level=1)
    finished: list[float] = []

    def unpack() -> None:
        decode_image(data, ".png", CROP)
        finished.append(time.thread_time())

    worker = threading.Thread(target=unpack)
    turns = 0
    worker.start()
    while worker.is_alive():
        turns += 1
    worker.join()
    assert finished
    assert turns > 1_000  # a decoder that kept the lock would leave this loop a handful
