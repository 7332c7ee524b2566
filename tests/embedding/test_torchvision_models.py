"""Against the plain loop of torchvision's documentation, with seeded weights as a user's own file."""

import os
import pickle
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.seeded_weights import write_torchvision_weights

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.task import HereCaller
from shoal.embedding.checkpoints import read_state_dict
from shoal.embedding.torch_engine import sample_pictures
from shoal.looking.catalogue import find_backend

torch: Any = pytest.importorskip("torch", reason="the test extra brings it")


def loaded(name: str, weights: Path, **options: Any) -> EmbeddingBackend:
    """Exports are kept beside the weights, so that one serves several tests."""
    spec, _ = find_backend(name)
    lent = {"engine": HereCaller(), "export_folder": weights.parent / "exported", "device": "cpu"}
    return spec.load(LoadOptions(weights=weights, **{**lent, **options}))


@pytest.fixture(scope="module")
def resnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_torchvision_weights("resnet18", tmp_path_factory.mktemp("weights") / "mine.pth", classes=7)


def test_the_pooled_layer_is_that_of_the_plain_loop(resnet):
    from torchvision.models import resnet18  # noqa: PLC0415

    plain = resnet18(num_classes=7)
    plain.load_state_dict(torch.load(resnet, weights_only=True))
    plain.fc = torch.nn.Identity()
    pictures = sample_pictures(224)
    values = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    with torch.inference_mode():
        expected = plain.eval()((values - mean.view(3, 1, 1)) / std.view(3, 1, 1)).numpy()
    rows = loaded("resnet18", resnet).embed(list(pictures))
    assert (rows * expected / np.linalg.norm(expected, axis=1, keepdims=True)).sum(1).min() > 0.9999


def test_an_export_is_made_once(resnet):
    class Absent:
        def call(self, *_anything: object, **_more: object) -> Any:
            raise AssertionError("the engine was asked")

    first = loaded("resnet18", resnet)
    again = loaded("resnet18", resnet, engine=Absent())
    assert again.key == first.key
    assert again.one_core_per_call


def test_any_node_of_the_graph_is_a_layer(resnet):
    backend = loaded("resnet18", resnet, layer="layer2.0.relu_1", image_size=64)
    assert (backend.dimension, backend.geometry.size, backend.key.layer) == (128, 64, "layer2.0.relu_1")
    with pytest.raises(ModelUnavailable, match=r"no layer 'fc9'.*pooled, .*layer1\.0\.conv1"):
        loaded("resnet18", resnet, layer="fc9")


def test_a_training_checkpoint_is_unwrapped(resnet):
    weights = {f"module.{name}": value for name, value in torch.load(resnet, weights_only=True).items()}
    torch.save({"epoch": 3, "state_dict": weights}, wrapped := resnet.with_name("wrapped.pth"))
    plain, unwrapped = (read_state_dict(path, trusted=False) for path in (resnet, wrapped))
    assert plain.keys() == unwrapped.keys()
    assert torch.equal(plain["fc.weight"], unwrapped["fc.weight"])


class Trap:
    """A pickle of this writes a file when it is loaded."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("save", [torch.save, lambda value, path: path.write_bytes(pickle.dumps(value))])
def test_a_file_that_would_run_code_does_not_get_to(tmp_path, save):
    save({"state_dict": Trap(tmp_path / "sprung")}, tmp_path / "trap.pth")
    with pytest.raises(ModelUnavailable, match=r"trap.pth holds"):
        loaded("resnet18", tmp_path / "trap.pth")
    assert not (tmp_path / "sprung").exists()


def test_what_fits_no_such_network_is_refused(resnet, tmp_path):
    with pytest.raises(ModelUnavailable, match=r"does not fit resnet50: "):
        loaded("resnet50", resnet)
    (tmp_path / "text.pth").write_text("hello")
    with pytest.raises(ModelUnavailable, match="no weights that torch can read"):
        loaded("resnet18", tmp_path / "text.pth")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # newer versions of torch advise against what people still have
        torch.jit.save(torch.jit.script(torch.nn.ReLU()), tmp_path / "program.pt")
    with pytest.raises(ModelUnavailable, match="TorchScript"):
        loaded("resnet18", tmp_path / "program.pt")


def test_the_path_of_a_file_is_a_name_and_tells_the_network(resnet, tmp_path):
    spec, source = find_backend(str(resnet))
    options = LoadOptions(source=source, engine=HereCaller(), export_folder=resnet.parent / "exported", device="cpu")
    backend = spec.load(options)
    assert (backend.key.model, backend.dimension) == ("resnet18", 512)
    torch.save({"weight": torch.zeros(2)}, tmp_path / "stranger.pth")
    with pytest.raises(ModelUnavailable, match="a network that is not known here"):
        spec.load(replace(options, source=str(tmp_path / "stranger.pth")))
