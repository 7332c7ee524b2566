"""What a model has to say of how it was loaded stands across the window, below what has not been read yet."""

import json

from tests.support.small_networks import write_convnet

from shoal.domain.task import Task


def text_of(desk):
    return desk.window.notice.findChild(object, "noticeText").text()


def test_a_guess_about_the_network_is_said(opened, wait, tmp_path):
    opened.window.notice.said.emit("Something to read first.")
    opened.opening.open_paths([write_convnet(tmp_path / "net.onnx")])
    wait(lambda: "ImageNet" in text_of(opened) and not opened.jobs.busy)
    first, second = text_of(opened).splitlines()
    assert first == "Something to read first."
    assert second.startswith("Nothing says how pictures are prepared for this network")
    assert opened.window.notice.isVisible()


def test_what_was_read_does_not_come_back(opened, wait, tmp_path):
    opened.opening.open_paths([write_convnet(tmp_path / "net.onnx")])
    wait(lambda: "ImageNet" in text_of(opened) and not opened.jobs.busy)
    opened.window.notice.findChild(object, "noticeRead").click()
    opened.window.notice.said.emit("Something else.")
    wait(lambda: text_of(opened) == "Something else.")


def test_a_network_that_is_described_has_nothing_to_say(opened, wait, tmp_path):
    network = write_convnet(tmp_path / "net.onnx")
    network.with_suffix(".json").write_text(
        json.dumps({"input": {"size": 32, "mean": [0, 0, 0], "std": [255, 255, 255]}})
    )
    opened.opening.open_paths([network])
    wait(lambda: str(network) in opened.window.model_picker.model_name and not opened.jobs.busy)
    assert opened.workplace.load_model(str(network), Task()).remark == ""
    assert not opened.window.notice.isVisible()
