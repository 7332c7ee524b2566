"""Puts a package where Python finds it, as an installer would: its modules, and what it says about itself."""

import tomllib
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "plugins" / "example"


def install(target: Path, package: Path = EXAMPLE) -> Path:
    """Returns `target`, which belongs on Python's path."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = target / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (about / "entry_points.txt").write_text("\n".join(lines) + "\n")
    for module in package.glob("*.py"):
        (target / module.name).write_bytes(module.read_bytes())
    return target


def write_package(folder: Path, name: str, module: str, points: dict[str, str]) -> Path:
    """A package of one module, `fake_` and its name, whose entry points are given as group -> attribute."""
    folder.mkdir(parents=True)
    groups = "".join(
        f'[project.entry-points."{group}"]\nthing = "fake_{name}:{attribute}"\n' for group, attribute in points.items()
    )
    (folder / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "1.0"\n{groups}')
    (folder / f"fake_{name}.py").write_text(module)
    return folder
