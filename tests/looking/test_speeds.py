import logging

from shoal.looking.speeds import FEWEST, Speeds


def test_what_was_measured_is_remembered_for_the_next_day(tmp_path):
    file = tmp_path / "cache" / "speeds.json"
    Speeds(file).note("resnet50", 100, 8.0)
    Speeds(file).note("vgg16", 30, 15.0)
    assert Speeds(file).rate("resnet50") == 12.5
    assert Speeds(file).rate("vgg16") == 2
    assert Speeds(file).rate("builtin") is None


def test_a_few_pictures_say_nothing(tmp_path):
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.note("resnet50", FEWEST - 1, 1.0)
    assert speeds.rate("resnet50") is None


def test_a_damaged_file_is_as_good_as_none(tmp_path):
    file = tmp_path / "speeds.json"
    for content in (b"\xff{", b"[1]", b'{"resnet50": "fast"}'):
        file.write_bytes(content)
        assert Speeds(file).rate("resnet50") is None
    Speeds(file).note("resnet50", 100, 10.0)
    assert Speeds(file).rate("resnet50") == 10


def test_a_file_that_cannot_be_written_ends_no_run_and_the_rate_is_known_until_then(tmp_path, caplog):
    (tmp_path / "speeds.json").mkdir()
    speeds = Speeds(tmp_path / "speeds.json")
    with caplog.at_level(logging.INFO):
        speeds.note("resnet50", 100, 10.0)
    assert speeds.rate("resnet50") == 10
    assert "cannot be written" in caplog.text
