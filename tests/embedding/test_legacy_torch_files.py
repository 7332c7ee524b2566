"""torch's old files are read without torch, and nothing in them is ever run."""

import hashlib
import io
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch

from shoal.embedding.legacy_torch_files import MAGIC, VERSION, NotTensors, read_published, read_tensors

MACHINE = {"protocol_version": VERSION, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}


def old_file(content: object) -> bytes:
    buffer = io.BytesIO()
    torch.save(content, buffer, _use_new_zipfile_serialization=False)
    return buffer.getvalue()


def pickled(*parts: object) -> bytes:
    return b"".join(pickle.dumps(part, 2) for part in parts)


def test_every_number_and_every_shape_is_as_torch_wrote_it():
    generator = torch.Generator().manual_seed(0)
    weights = torch.rand(5, 3, 2, 2, generator=generator)
    tensors = OrderedDict(
        plain=weights,
        turned=weights.permute(3, 2, 0, 1),
        part_of_another=weights[1:3, ::2],
        count=torch.tensor(7),
        half=weights.half(),
        double=weights.double(),
        whole=torch.arange(4),
        parameter=torch.nn.Parameter(weights).data,
    )
    read = read_tensors(old_file(tensors))
    assert list(read) == list(tensors)
    for name, tensor in tensors.items():
        np.testing.assert_array_equal(read[name], tensor.numpy())
        assert read[name].dtype == tensor.numpy().dtype


def test_a_state_dict_is_read_with_what_torch_notes_on_it():
    network = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))
    read = read_tensors(old_file(network.state_dict()))
    np.testing.assert_array_equal(read["0.weight"], network.state_dict()["0.weight"].numpy())


class WritesAFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


class Evaluates(WritesAFile):
    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return eval, (f"open({str(self.path)!r}, 'w').close()",)


@pytest.mark.parametrize("hostile", [WritesAFile, Evaluates])
@pytest.mark.parametrize("place", range(5))
def test_what_a_file_asks_to_be_run_is_not(tmp_path, hostile, place):
    victim = tmp_path / "was-here"
    parts: list[object] = [MAGIC, VERSION, MACHINE, OrderedDict(), []]
    pickle.loads(pickle.dumps(hostile(victim), 2))
    assert victim.exists(), "torch's own reader, or Python's, would be taken in"
    victim.unlink()
    parts[place] = hostile(victim) if place != 3 else OrderedDict(weight=hostile(victim))
    with pytest.raises(NotTensors, match="asks for"):
        read_tensors(pickled(*parts))
    assert not victim.exists()


@pytest.mark.parametrize(
    "called", [b"cbuiltins\neval\n", b"cos\nsystem\n", b"ctorch\nload\n", b"ccollections\nnamedtuple\n", b"ctorch\nX\n"]
)
def test_only_three_names_mean_anything(called):
    with pytest.raises(NotTensors, match="asks for"):
        read_tensors(b"\x80\x02" + called + b"(tR.")


@pytest.mark.parametrize(
    "content",
    [[torch.zeros(2)], {"epoch": 3, "weight": torch.zeros(2)}, OrderedDict(weight="text"), torch.zeros(3)],
    ids=["list", "checkpoint", "text", "tensor"],
)
def test_other_things_than_a_mapping_of_tensors_are_refused(content):
    with pytest.raises(NotTensors):
        read_tensors(old_file(content))


def test_a_file_cut_off_anywhere_is_refused():
    whole = old_file(OrderedDict(a=torch.rand(20), b=torch.rand(3, 4)))
    for length in range(len(whole)):
        with pytest.raises(NotTensors):
            read_tensors(whole[:length])


def test_a_file_with_any_byte_changed_is_refused_or_gives_tensors():
    whole = old_file(OrderedDict(a=torch.rand(20), b=torch.rand(3, 4)))
    random = np.random.default_rng(0)
    for _ in range(2000):
        changed = bytearray(whole)
        changed[random.integers(len(whole))] = random.integers(256)
        try:
            assert all(isinstance(tensor, np.ndarray) for tensor in read_tensors(bytes(changed)).values())
        except NotTensors:
            continue


@pytest.mark.parametrize(
    ("offset", "shape", "strides"), [(0, (5,), (1,)), (3, (2,), (1,)), (0, (2, 2), (3, 1)), (-1, (2,), (1,)),
                                     (0, (2,), (-1,)), (0, (2,), (1, 1)), (0, (1 << 62,), (1 << 62,))],
)  # fmt: skip
def test_a_tensor_cannot_look_beyond_its_numbers(offset, shape, strides):
    """Four numbers are there."""

    class Lies:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return torch._utils._rebuild_tensor_v2, (storage, offset, shape, strides, False, OrderedDict())

    class Storage:
        pass

    storage = Storage()

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj: object) -> object:
            return ("storage", torch.FloatStorage, "0", "cpu", 4, None) if obj is storage else None

    buffer = io.BytesIO(pickled(MAGIC, VERSION, MACHINE))
    buffer.seek(0, 2)
    Pickler(buffer, 2).dump(OrderedDict(a=Lies()))
    numbers = (4).to_bytes(8, "little") + np.arange(4, dtype="<f4").tobytes()
    with pytest.raises(NotTensors):
        read_tensors(buffer.getvalue() + pickled(["0"]) + numbers)


def test_the_digest_is_compared_before_anything_is_read(tmp_path):
    file = tmp_path / "weights.pth"
    file.write_bytes(old_file(OrderedDict(a=torch.ones(2))))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    np.testing.assert_array_equal(read_published(file, digest)["a"], [1, 1])
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(NotTensors, match="not what was published"):
        read_published(file, digest)
    with pytest.raises(NotTensors, match="cannot be read"):
        read_published(tmp_path / "missing.pth", digest)
