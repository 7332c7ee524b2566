from pathlib import Path

import pytest

from shoal.domain.errors import Cancelled, FolderNotReadable
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def scan(*roots: Path):
    return scan_folders(roots, Task())


def names(*roots: Path) -> list[str]:
    return [image.path.relative_to(roots[0]).as_posix() for image in scan(*roots).images]


def test_images_of_all_sub_folders_come_in_natural_order(tmp_path):
    touch(tmp_path, "img10.jpg", "img2.JPG", "img1.png", "notes.txt", "b10/x.webp", "b2/y.heic", "b2/deep/z.CR3")
    assert names(tmp_path) == ["img1.png", "img2.JPG", "img10.jpg", "b2/y.heic", "b2/deep/z.CR3", "b10/x.webp"]


def test_the_label_is_the_folder_below_the_root(tmp_path):
    touch(tmp_path, "a.jpg", "dogs/a.jpg", "dogs/small/a.jpg")
    assert [image.label for image in scan(tmp_path).images] == ["", "dogs", "dogs/small"]


def test_a_missing_root_is_refused_in_words(tmp_path):
    with pytest.raises(FolderNotReadable, match="cannot be read"):
        scan(tmp_path / "nowhere")


def test_scanning_can_be_cancelled(tmp_path):
    touch(tmp_path, "a.jpg")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        scan_folders([tmp_path], task)


def test_raw_and_jpeg_of_one_shot_are_one_image(tmp_path):
    touch(tmp_path, "IMG_1.JPG", "img_1.cr2", "IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_2.nef", "IMG_3.jpg")
    images = {image.path.name: [companion.name for companion in image.companions] for image in scan(tmp_path).images}
    assert set(images) == {"IMG_1.JPG", "IMG_2.nef", "IMG_3.jpg"}
    assert sorted(images["IMG_1.JPG"]) == ["IMG_1.CR2.xmp", "IMG_1.xmp", "img_1.cr2"]
    assert images["IMG_2.nef"] == images["IMG_3.jpg"] == []
