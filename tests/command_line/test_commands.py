"""Folders in, folders out, as a user and as a script would do it."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from PIL import Image
from tests.support.sample_folder import make_folder
from tests.support.seeded_clip import write_clip_weights
from tests.support.small_networks import write_convnet
from tests.support.untouched import as_it_is_now

from shoal.command_line.cli import main
from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar
from shoal.samples.demo_pictures import render, sample_pictures

MODEL = ["--model", "colour-layout"]
Run = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("SHOAL_HOME", str(home))
    return home


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(4))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff not much")
    return as_it_is_now(folder)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with --json and return the one object that it prints."""

    def run(*words: object, exit_code: int = 0) -> dict[str, Any]:
        assert main([*map(str, words), "--json"]) == exit_code
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        return printed

    return run


def _exported(folder: Path) -> dict[str, Path]:
    """Name -> file, of the pictures in cluster folders."""
    files = [path for path in folder.glob("*/*") if path.suffix == ".jpg"]
    assert len({path.name for path in files}) == len(files)
    return {path.name: path for path in files}


def test_sort_puts_every_readable_picture_into_exactly_one_folder_byte_for_byte(
    pictures: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    told = run("sort", pictures, "--to", out, *MODEL)
    originals = {path.name: path for path in pictures.glob("*/*.jpg")}
    exported = _exported(out)
    assert exported.keys() == originals.keys()
    assert all(exported[name].read_bytes() == originals[name].read_bytes() for name in originals)
    assert told["images"] == 8
    assert [(one["path"], bool(one["reason"])) for one in told["skipped"]] == [(str(pictures / "broken.jpg"), True)]
    assert sum(one["count"] for one in told["clusters"]) + told["unsorted"] == 8
    assert all(Path(one["typical"]).exists() and 0 <= one["tightness"] <= 1 for one in told["clusters"])
    assert {"scan", "embed", "connect", "lay_out", "group", "export", "total"} <= told["seconds"].keys()
    assert (told["model"], told["algorithm"], told["cached"], told["output"]) == ("colour-layout", "auto", 0, str(out))
    assert (out / "clusters.csv").read_text().startswith("path,cluster,x,y,silhouette,distance")


@pytest.mark.parametrize("command", ["sort", "embed"])
def test_a_picture_of_which_only_a_part_is_there_is_sorted_and_told(
    run: Run, pictures: Path, tmp_path: Path, command: str
) -> None:
    whole = next(path.read_bytes() for path in sorted(pictures.rglob("*.jpg")) if path.name != "broken.jpg")
    (pictures / "half.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    as_it_is_now(pictures)
    out = ["--to", tmp_path / "out"] if command == "sort" else ["--out", tmp_path / "out.npz"]
    told = run(command, pictures, *out, *MODEL)
    assert [Path(one["path"]).name for one in told["damaged"]] == ["half.jpg"]
    assert "only a part" in told["damaged"][0]["reason"]
    assert [Path(one["path"]).name for one in told["skipped"]] == ["broken.jpg"]
    assert told["images"] == 9


def test_sort_writes_what_else_was_asked_for_and_undo_takes_it_back(pictures: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(
        "sort", pictures, "--to", out, "--template", "{cluster}/{seq:2} {name}", "--sidecars", "--contact-sheet", *MODEL
    )
    assert all(path.name[:2].isdigit() for path in _exported(out).values())
    assert len(list(out.glob("*/*.xmp"))) == 2 * 8
    assert (out / "contact-sheet.html").read_text().count("data:image/jpeg;base64") == 8
    assert main(["undo-export", str(out)]) == 0
    assert not out.exists()


def test_the_contact_sheet_can_be_a_folder(pictures: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    for _time in range(2):  # the second writes nothing
        run("sort", pictures, "--to", out, "--contact-sheet-folder", *MODEL)
    assert sorted(path.name for path in out.glob("contact-sheet*")) == ["contact-sheet"]
    page = (out / "contact-sheet" / "index.html").read_text()
    shown = re.findall(r'<a href="([^"#]+)"><img alt="[^"]*" loading="lazy" src="([^"]+)"', page)
    assert len(shown) == 8
    assert all((out / "contact-sheet" / unquote(address)).is_file() for pair in shown for address in pair)
    assert main(["undo-export", str(out)]) == 0
    assert not out.exists()


def test_a_table_edited_in_a_spreadsheet_says_where_pictures_go(pictures: Path, tmp_path: Path, run: Run) -> None:
    run("sort", pictures, "--to", tmp_path / "first", "--clusters", 2, *MODEL)
    rows = list(csv.reader((tmp_path / "first" / "clusters.csv").read_text().splitlines()))
    moved = Path(rows[1][rows[0].index("source")]).name
    rows[1][1] = "holiday"
    rows.append(["elsewhere.jpg", "holiday"])
    table = tmp_path / "edited.csv"
    table.write_text("\n".join(";".join(row) for row in rows))  # as spreadsheets write it in half of Europe
    told = run("sort", pictures, "--to", tmp_path / "second", "--clusters", 2, "--clusters-from", table, *MODEL)
    assert told["unknown_in_table"] == ["elsewhere.jpg"]
    assert [path.name for path in (tmp_path / "second" / "holiday").iterdir()] == [moved]
    assert len(_exported(tmp_path / "second")) == 8
    again = run("sort", pictures, "--to", tmp_path / "third", "--clusters", 3, *MODEL)
    assert "holiday" in [one["name"] for one in again["clusters"]]


def test_a_template_that_is_none_is_refused_before_the_long_work(pictures: Path, tmp_path: Path) -> None:
    assert main(["sort", str(pictures), "--to", str(tmp_path / "out"), "--template", "{nothing}", *MODEL]) == 1


def test_sorting_again_looks_at_nothing_and_writes_nothing(pictures: Path, tmp_path: Path, run: Run) -> None:
    first = run("sort", pictures, "--to", tmp_path / "out", *MODEL)
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "out").rglob("*"))
    second = run("sort", pictures, "--to", tmp_path / "out", *MODEL)
    assert second["cached"] == 8
    assert second["clusters"] == first["clusters"]
    assert sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "out").rglob("*")) == before


def test_a_dry_run_writes_nothing(pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sort", str(pictures), "--to", str(tmp_path / "out"), "--dry-run", *MODEL]) == 0
    assert "Would copy 8 files" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("action", ["move", "hardlink", "symlink", "reflink"])
def test_a_dry_run_knows_every_way(pictures: Path, tmp_path: Path, run: Run, action: str) -> None:
    told = run("sort", pictures, "--to", tmp_path / "out", "--dry-run", "--by", action, *MODEL)
    assert (told["images"], told["output"]) == (8, None)
    assert main(["sort", str(pictures), "--to", str(tmp_path / "out"), "--dry-run", "--by", action, *MODEL]) == 0


@pytest.mark.parametrize("action", ["move", "hardlink", "symlink"])
def test_files_can_get_there_in_other_ways_and_back(pictures: Path, tmp_path: Path, run: Run, action: str) -> None:
    before = {path: path.read_bytes() for path in pictures.rglob("*.jpg")}
    out = tmp_path / "out"
    run("sort", pictures, "--to", out, "--clusters", 2, "--by", action, *MODEL)
    assert len(_exported(out)) == 8
    assert len(list(pictures.rglob("*.jpg"))) == (1 if action == "move" else 9)
    assert main(["undo-export", str(out)]) == 0
    assert {path: path.read_bytes() for path in pictures.rglob("*.jpg")} == before
    assert not out.exists()


def test_another_sorting_changes_what_an_earlier_one_has_written(pictures: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run("sort", pictures, "--to", out, "--clusters", 1, *MODEL)
    first = _exported(out)
    planned = run("sort", pictures, "--to", out, "--clusters", 4, *MODEL, "--dry-run")
    assert _exported(out) == first
    told = run("sort", pictures, "--to", out, "--clusters", 4, *MODEL)
    assert told["moved"] == planned["moved"] != []
    assert len(_exported(out)) == 8
    assert len({path.parent for path in _exported(out).values()}) == 4
    assert main(["undo-export", str(out)]) == 0
    assert _exported(out) == first


def test_what_was_done_in_the_folder_by_hand_is_left_and_listed(pictures: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run("sort", pictures, "--to", out, "--clusters", 2, *MODEL)
    thrown, moved, *_ = _exported(out).values()
    thrown.unlink()
    place = moved.rename(out / moved.name)
    told = run("sort", pictures, "--to", out, *MODEL)
    assert {one["path"] for one in told["left_as_is"]} == {str(thrown), str(place)}
    run("sort", pictures, "--to", out, *MODEL, "--bring-back")
    assert (thrown.is_file(), moved.exists()) == (True, False)


def test_two_sources_share_no_cluster_folder(pictures: Path, tmp_path: Path, run: Run) -> None:
    other, out = tmp_path / "other", tmp_path / "out"
    other.mkdir()
    for number in range(4):
        Image.effect_noise((80, 60), 40 + 90 * (number % 2)).save(other / f"noise {number}.png")
    run("sort", pictures, "--to", out, *MODEL)
    before = {path.parent for path in _exported(out).values()}
    told = run("sort", as_it_is_now(other), "--to", out, *MODEL)
    assert told["left_as_is"]
    assert not before & {path.parent for path in out.glob("*/*.png")}


def test_what_the_user_can_mend_is_said_in_two_sentences(
    pictures: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    mistakes: list[list[object]] = [
        ["sort", tmp_path / "nowhere", "--to", tmp_path / "out"],
        ["sort", tmp_path / "empty", "--to", tmp_path / "out"],
        ["sort", pictures, "--to", pictures / "inside"],
        ["sort", pictures, "--to", tmp_path / "out", "--model", "resnet9000"],
        ["sort", pictures, "--to", tmp_path / "out", "--model", "onnx:nowhere.onnx"],
        ["sort", pictures, "--to", tmp_path / "out", "--clusters-from", tmp_path / "nowhere.csv"],
        ["sort", pictures, "--to", tmp_path / "out", "--clusters-from", pictures / "broken.jpg"],
        ["evaluate", pictures / "ball", *MODEL],
        ["embed", pictures, "--out", tmp_path / "vectors.txt", *MODEL],
    ]
    for words in mistakes:
        told = run(*words, exit_code=1)
        assert told["error"].endswith(".")
        assert told["remedy"].endswith(".")
    assert main(["undo-export", str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err.startswith("shoal: ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words", [["--clusters", "0"], ["--clusters", "many"], ["--by", "magic"], ["--algorithm", "guess"], []]
)
def test_what_cannot_be_meant_is_wrong_usage(tmp_path: Path, words: list[str]) -> None:
    to = ["--to", str(tmp_path / "out")] if words else []
    assert main(["sort", str(tmp_path), *to, *words]) == 2


def test_files_that_are_no_pictures_are_an_answer_and_nothing_is_written(tmp_path: Path, run: Run) -> None:
    (tmp_path / "rubbish").mkdir()
    for name in ("empty.jpg", "text.png", "noise.tif"):
        (tmp_path / "rubbish" / name).write_bytes(b"" if "empty" in name else os.urandom(999))
    told = run("sort", tmp_path / "rubbish", "--to", tmp_path / "out", *MODEL, exit_code=1)
    assert (told["images"], len(told["skipped"]), told["output"]) == (0, 3, None)
    assert not (tmp_path / "out").exists()


def test_hostile_names_are_sorted_and_told_as_they_are(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    names = [os.fsdecode(b"\xff\xfe.jpg"), "new\nline.jpg", "\x1b[2J.jpg", "\u202egpj.jpg", "-rf.jpg", "Unsorted.jpg"]
    for number, name in enumerate(names):
        Image.fromarray(render("ball", number, size=(64, 48))).save(folder / name)
    told = run("sort", folder, "--to", tmp_path / "out", *MODEL)
    assert (told["images"], told["skipped"]) == (6, [])
    assert len([path for path in (tmp_path / "out").glob("*/*") if path.suffix == ".jpg"]) == 6


def test_embed_writes_vectors_and_never_over_a_file(pictures: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "vectors.npz"
    told = run("embed", pictures, "--out", out, *MODEL)
    with np.load(out, allow_pickle=False) as file:
        assert file["vectors"].shape == (8, told["dimension"])
        assert json.loads(file["key"].item()) == told["key"]
    assert "there already" in run("embed", pictures, "--out", out, *MODEL, exit_code=1)["error"]


def test_words_find_pictures_and_name_clusters(pictures: Path, tmp_path: Path, run: Run) -> None:
    """With random weights nothing it says is true, but every part does its work."""
    weights = write_clip_weights("clip-vit-b-32", tmp_path / "clip.pt")
    (tmp_path / "words.txt").write_text("ball\nchair\nzebra\n")
    clip = ["--model", "clip-vit-b-32", "--weights", weights, "--offline", "--device", "cpu"]
    told = run("search", pictures, "a red ball", *clip)
    scores = [one["score"] for one in told["found"]]
    assert scores == sorted(scores, reverse=True)
    assert (told["images"], told["text"], len(told["skipped"])) == (8, "a red ball", 1)
    assert told["clear"] or len(scores) == 8
    told = run("sort", pictures, "--to", tmp_path / "out", "--names", tmp_path / "words.txt", *clip)
    assert told["cached"] == 8
    assert {offer["word"] for offer in told["names"]} <= {"ball", "chair", "zebra"}
    sure = {offer["word"] for offer in told["names"] if offer["sure"]}
    assert sure <= {cluster["name"].partition(" (")[0] for cluster in told["clusters"]}


def test_a_model_that_reads_no_words_says_which_do(pictures: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "words.txt").write_text("ball\n")
    told = run("search", pictures, "a red ball", *MODEL, exit_code=1)
    assert "clip-vit-b-32" in told["remedy"]
    told = run("sort", pictures, "--to", tmp_path / "out", "--names", tmp_path / "words.txt", *MODEL, exit_code=1)
    assert "reads no words" in told["error"]
    assert not (tmp_path / "out").exists()


def test_evaluate_prints_every_figure(pictures: Path, run: Run) -> None:
    make_folder(pictures, ("ball", "chair"), range(4, 6))
    told = run("evaluate", pictures, *MODEL)
    figures = {
        "knn5_accuracy", "nmi", "ari", "nmi_auto", "linear_probe_accuracy", "recall_at_1", "recall_at_5", "map_at_r",
        "ndcg",
    }  # fmt: skip
    assert told["linear_probe_top5_accuracy"] is None
    assert all(0 <= told[name] <= 1 or name == "ari" for name in figures)
    assert -1 <= told["silhouette_by_folder"] <= 1
    assert (told["images"], told["folders"]) == (12, 2)


def test_evaluate_puts_several_models_side_by_side(
    pictures: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    network = f"onnx:{write_convnet(tmp_path / 'net.onnx')}"
    words = [pictures, *MODEL, "--model", network]
    alone, told = run("evaluate", pictures, *MODEL), run("evaluate", *words)
    same = {"asked": "colour-layout", "cached": 8, "seconds": 0}
    assert [one["asked"] for one in told["models"]] == ["colour-layout", network]
    assert {**told["models"][0], **same} == {**alone, **same}
    assert "models" not in alone
    assert main(["evaluate", *map(str, words)]) == 0
    head, figure = [line.split() for line in capsys.readouterr().out.splitlines() if "onnx:" in line or "nmi " in line]
    assert head == ["colour-layout", "onnx:net.onnx"]
    assert figure[:3] == ["nmi", f"{told['models'][0]['nmi']:.3f}", f"{told['models'][1]['nmi']:.3f}"]


def test_evaluate_writes_confusion_matrices_where_it_is_told_to(pictures: Path, tmp_path: Path, run: Run) -> None:
    picture, table = tmp_path / "matrix.png", tmp_path / "matrix.csv"
    assert run("evaluate", pictures, *MODEL, "--confusion-matrix", picture)["confusion_matrix"] == str(picture)
    with Image.open(picture) as image:
        assert image.format == "PNG"
    network = f"onnx:{write_convnet(tmp_path / 'net.onnx')}"
    told = run("evaluate", pictures, *MODEL, "--model", network, "--confusion-matrix", table)
    files = [Path(one["confusion_matrix"]) for one in told["models"]]
    assert [file.name for file in files] == ["matrix-colour-layout.csv", "matrix-onnx_net.onnx.csv"]
    assert all(file.read_text().startswith("true \\ nearest,ball,chair") for file in files)
    refused = run("evaluate", pictures, *MODEL, "--confusion-matrix", picture, exit_code=1)
    assert "there already" in refused["error"]


def test_demo_draws_and_sorts_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = sample_pictures(views=1)[:3]
    monkeypatch.setattr("shoal.command_line.demo_command.sample_pictures", lambda: few)
    for _time in range(2):
        assert main(["demo", "--to", str(tmp_path / "demo")]) == 0
        told = capsys.readouterr().out
        assert str(tmp_path / "demo" / "sorted") in told
    assert len(_exported(tmp_path / "demo" / "sorted")) == 3


def test_demo_draws_nothing_among_somebody_s_own_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    assert main(["demo", "--to", str(tmp_path)]) == 1
    assert "--to" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_interrupting_ends_quickly_with_130_and_the_next_run_goes_on(tmp_path: Path, own_home: Path) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball",), range(2))
    first = folder / "ball" / "ball-0.jpg"
    for number in range(3000):
        shutil.copy(first, folder / f"{number}.jpg")
    as_it_is_now(folder)
    words = [sys.executable, "-m", "shoal", "sort", str(folder), "--to", str(tmp_path / "out"), *MODEL]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first stage is over
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "the same command goes on from there" in err


def test_an_onnx_model_is_told_how_pictures_are_prepared(pictures: Path, tmp_path: Path, run: Run) -> None:
    model = f"onnx:{write_convnet(tmp_path / 'net.onnx')}"
    key = run("embed", pictures, "--out", tmp_path / "a.npz", "--model", model, "--device", "cpu")["key"]
    said = run("embed", pictures, "--out", tmp_path / "b.npz", "--model", model, "--preprocessing", "unit")["key"]
    assert key["weights_hash"] == said["weights_hash"]
    assert key["preprocessing"] != said["preprocessing"]


def test_what_undo_has_to_keep_goes_to_the_trash_if_asked_for(
    pictures: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    out = tmp_path / "out"
    run("sort", pictures, "--to", out, *MODEL)
    edited = next(iter(_exported(out).values()))
    edited.write_bytes(b"edited")
    assert main(["undo-export", str(out)]) == 1
    assert "it has changed since" in capsys.readouterr().out
    assert edited.read_bytes() == b"edited"
    assert main(["undo-export", str(out), "--trash-kept"]) == 0
    assert f"Moved 1 file to the trash:\n  {edited}" in capsys.readouterr().out
    assert (tmp_path / "data" / "Trash" / "files" / edited.name).read_bytes() == b"edited"
    assert not out.exists()


def test_a_folder_keeps_the_model_that_sorted_it_until_another_is_named(
    pictures: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sort", pictures, "--to", tmp_path / "first", *MODEL)["model"] == "colour-layout"
    again = run("sort", pictures, "--to", tmp_path / "second", "--dry-run")
    assert (again["model"], again["cached"]) == ("colour-layout", 8)
    assert "group" not in again["seconds"]
    assert main(["sort", str(pictures), "--to", str(tmp_path / "third"), "--dry-run"]) == 0
    assert "The folder keeps colour-layout, which sorted it before" in capsys.readouterr().out
    assert run("sort", pictures, "--to", tmp_path / "fourth", "--dry-run", "--model", "builtin")["model"] == "builtin"
    assert run("sort", pictures, "--to", tmp_path / "fifth", "--dry-run")["model"] == "colour-layout"  # it was tried
    assert run("sort", pictures, "--to", tmp_path / "sixth", "--model", "builtin")["model"] == "builtin"
    assert run("sort", pictures, "--to", tmp_path / "seventh", "--dry-run")["model"] == "builtin"


def test_a_new_folder_is_looked_at_by_the_usual_model(pictures: Path, tmp_path: Path, run: Run) -> None:
    assert run("sort", pictures, "--to", tmp_path / "out", "--dry-run")["model"] == "efficientnet-lite"
    assert run("embed", pictures, "--out", tmp_path / "v.npz")["model"] == "efficientnet-lite"
    assert run("evaluate", pictures)["model"] == "efficientnet-lite"


def test_sidecars_that_could_not_take_the_cluster_are_told_and_counted(
    pictures: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, *_ = sorted(pictures.rglob("ball-*.jpg"))
    Path(f"{first}.xmp").write_bytes(b"<x:xmpmeta>")
    Path(f"{second}.xmp").write_bytes(new_sidecar(Marks(stars=2)))
    second.with_suffix(".xmp").write_bytes(new_sidecar(Marks(stars=4)))
    as_it_is_now(pictures)
    told = run("sort", pictures, "--to", tmp_path / "out", "--sidecars", *MODEL, exit_code=1)
    assert [one["path"] for one in told["sidecars_without_cluster"]] == [f"{first}.xmp"]
    (contradiction,) = told["contradictions"]
    assert contradiction["path"] == str(second)
    assert f"{second.name}.xmp (xmp:Rating) says 2 stars" in contradiction["reason"]
    assert main(["sort", str(pictures), "--to", str(tmp_path / "again"), "--sidecars", *MODEL]) == 1
    text = capsys.readouterr().out
    assert "1 sidecar stayed without the cluster:" in text
    assert "What is said about 1 picture contradicts itself:" in text
