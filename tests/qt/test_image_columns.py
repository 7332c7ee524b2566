"""What the grid asks of every image at each letter and each redraw is counted once, beside the GUI thread."""

from tests.support.sorted_session import record

from shoal.qt.image_columns import ImageColumns


class CountedImages(list):
    reads = 0

    def __iter__(self):
        CountedImages.reads += 1
        return super().__iter__()


def test_all_columns_together_read_the_images_once():
    columns = ImageColumns(CountedImages(record(number) for number in range(5)))
    columns.count()
    after = CountedImages.reads
    assert columns.names == [f"trip/img_{number:02}.jpg" for number in range(5)]
    assert columns.sharpness.tolist() == [number / 40 for number in range(5)]
    assert CountedImages.reads == after == 1
