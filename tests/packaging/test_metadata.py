"""What the packages of each system say about Shoal is the same everywhere, and what the program itself goes by."""

import ast
import configparser
import json
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from shoal.desktop.main import DESKTOP_FILE
from shoal.setup.locations import PROJECT_SUFFIX
from shoal.store.migrations import APPLICATION_ID

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
NAME = "io.github.shoal.Shoal"
PROJECT_TYPE = "application/x-shoal-project"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def described() -> ElementTree.Element:
    return ElementTree.parse(PACKAGING / "linux" / f"{NAME}.metainfo.xml").getroot()


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(PACKAGING / "linux" / f"{NAME}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_menu_entry_opens_folders_and_projects():
    assert entry()["Exec"] == "shoal %F"
    assert entry()["Icon"] == NAME == DESKTOP_FILE
    assert set(entry()["MimeType"].strip(";").split(";")) == {PROJECT_TYPE, "inode/directory"}
    assert {"Name", "Comment", "Comment[zh_CN]", "GenericName[zh_CN]"} <= set(entry())


def test_the_description_is_of_this_version_and_of_the_menu_entry():
    assert described().findtext("id") == NAME
    assert described().findtext("launchable") == f"{NAME}.desktop"
    assert described().find("releases/release").get("version") == VERSION
    assert PROJECT_TYPE in [one.text for one in described().iter("mediatype")]


def test_project_files_are_known_by_name_and_by_content():
    (kind,) = ElementTree.parse(PACKAGING / "linux" / f"{NAME}.xml").getroot()
    tags = {element.tag.rpartition("}")[2]: element for element in kind.iter()}
    assert kind.get("type") == PROJECT_TYPE
    assert tags["glob"].get("pattern") == f"*{PROJECT_SUFFIX}"
    number = next(one for one in kind.iter() if one.get("type") == "big32")
    assert int(number.get("value"), 16) == APPLICATION_ID


def run(script: str) -> str:
    """Python in the folder of the packaging scripts, which find each other by name."""
    done = subprocess.run([sys.executable, "-c", script], cwd=PACKAGING, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_macos_opens_projects_and_folders():
    properties = json.loads(run("import json, app_bundle; print(json.dumps(app_bundle.properties('1.2')))"))
    opened = [kind["LSItemContentTypes"] for kind in properties["CFBundleDocumentTypes"]]
    (declared,) = properties["UTExportedTypeDeclarations"]
    assert opened == [[declared["UTTypeIdentifier"]], ["public.folder"]]
    assert declared["UTTypeTagSpecification"] == {"public.filename-extension": [PROJECT_SUFFIX[1:]]}


def test_windows_opens_projects_and_folders():
    text = (PACKAGING / "windows" / "shoal.iss").read_text(encoding="utf-8")
    assert rf"Software\Classes\{PROJECT_SUFFIX}\OpenWithProgids" in text
    for opened in (r"Shoal.Project\shell\open\command", r"Directory\shell\Shoal\command"):
        assert rf'Software\Classes\{opened}"; ValueType: string; ValueData: """{{app}}\shoalw.exe"" ""%1"""' in text


def test_a_zip_of_a_build_keeps_links_and_what_can_be_run(tmp_path):
    build = tmp_path / "shoal"
    build.mkdir()
    (build / "shoal").write_text("#!/bin/sh\n")
    (build / "shoal").chmod(0o755)
    (build / "link").symlink_to("shoal")
    script = "import portable, pathlib; portable.pack(pathlib.Path({!r}), pathlib.Path({!r}))"
    run(script.format(str(build), str(tmp_path / "a.zip")))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        kinds = {entry.filename: stat.filemode(entry.external_attr >> 16) for entry in archive.infolist()}
        assert kinds == {"shoal/shoal": "-rwxr-xr-x", "shoal/link": "lrwxrwxrwx"}
        assert archive.read("shoal/link") == b"shoal"


def test_both_editions_declare_libraries_that_exist_and_the_light_one_has_no_torch():
    script = "import contents, pathlib; r = pathlib.Path('..'); print(*contents.distributions(r, contents.{}))"
    light, full = (set(run(script.format(edition)).split()) for edition in ("LIGHT", "FULL"))
    assert {"shoal", "numpy", "PySide6-Essentials", "onnxruntime"} <= light < full
    assert not {"torch", "torchvision", "onnx"} & light
    assert {"torch", "torchvision", "ultralytics", "open-clip-torch"} <= full


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("shoal/resources/i18n/shoal_zh_CN.ts", True),
        ("sklearn/datasets/data/iris.csv", False),
        ("libX11.so.6", False),
    ],
)
def test_what_goes_into_a_build(path, wanted):
    script = f"import contents; print(contents.is_wanted({path!r}, contents.LIGHT))"
    assert run(script) == str(wanted)


def test_the_full_edition_leaves_out_pages_that_fetch_from_elsewhere():
    page = "ultralytics/solutions/templates/similarity-search.html"
    assert run(f"import contents; print(contents.is_wanted({page!r}, contents.FULL))") == "False"


@pytest.mark.parametrize(
    ("path", "edition", "allowed"),
    [
        ("_internal/torch/lib/libtorch_cpu.so", "LIGHT", False),
        ("_internal/torch/lib/libtorch_cpu.so", "FULL", True),
        ("Contents/Frameworks/torch/lib/libtorch_cpu.dylib", "LIGHT", False),
        ("_internal/nvidia/cu13/lib/libcublas.so.13", "FULL", False),
        ("_internal/triton/__init__.py", "FULL", False),
        ("_internal/torch/_native/triton/__init__.py", "FULL", True),
        ("shoal", "LIGHT", True),
    ],
)
def test_what_a_build_may_hold(path, edition, allowed):
    assert run(f"import contents; print(contents.may_hold({path!r}, contents.{edition}))") == str(allowed)


def test_the_recipe_can_be_read():
    ast.parse((PACKAGING / "shoal.spec").read_text(encoding="utf-8"))


def test_cuda_is_told_from_what_torch_needs_on_a_processor():
    names = "libcudart.so.13 libnvjpeg.36e11081.so.13 libtorch_cuda.so libtorch_cpu.so libc10_cuda.so libgomp.so.1"
    script = f"import cuda_stand_ins as c; print(*map(c.is_of_cuda, {names.split()!r}))"
    assert run(script) == "True True True False False False"


@pytest.mark.parametrize("script", sorted(path.name for path in PACKAGING.glob("*.py")))
def test_every_program_says_what_it_is_for(script):
    text = ast.get_docstring(ast.parse((PACKAGING / script).read_text(encoding="utf-8")))
    assert text
    for named in re.findall(r"python packaging/(\w+\.py)", text):
        assert (PACKAGING / named).is_file()


def test_the_lock_pins_every_library_within_what_the_program_asks_for() -> None:
    """`make lock` writes it; releases are built with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (PACKAGING / "lock.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.lstrip().startswith("#")]
    versions = {canonicalize_name(one.name): [v.version for v in one.specifier] for one in pinned}
    extras = [one for name in ("build", "clip", "models") for one in project["optional-dependencies"][name]]
    for wanted in map(Requirement, [*project["dependencies"], *extras]):
        assert all(version in wanted.specifier for version in versions[canonicalize_name(wanted.name)]), wanted
