"""`shoal plugins`: which installed packages could add something, and which of them may."""

from argparse import Namespace

from shoal.command_line.terminal import Answer
from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.projects.plugins import Plugin, installed_plugins
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings, save_settings


def run(arguments: Namespace, _task: Task) -> Answer:
    """Imports no plugin: a yes takes effect at the next start."""
    locations = user_locations().create()
    settings, plugins = load_settings(locations.settings_file), installed_plugins()
    allowed = list(settings.plugins)
    if arguments.allow:
        _require(arguments.allow, [plugin.name for plugin in plugins])
        allowed = list(dict.fromkeys([*allowed, arguments.allow]))
    if arguments.forbid:
        _require(arguments.forbid, [*allowed, *(plugin.name for plugin in plugins)])
        allowed = [name for name in allowed if name != arguments.forbid]
    if allowed != list(settings.plugins):
        save_settings(locations.settings_file, settings.with_value("plugins", ", ".join(allowed)))
    return Answer(tuple(_lines(plugins, allowed)), {"plugins": [_as_data(plugin, allowed) for plugin in plugins]})


def _require(name: str, names: list[str]) -> None:
    if name not in names:
        raise UserFacingError(
            Sentence("There is no plugin {name}.", name=repr(name)),
            Sentence("Choose one of: {choices}.", choices=", ".join(dict.fromkeys(names)))
            if names
            else Sentence("Install one first, into the same Python as Shoal."),
        )


def _lines(plugins: list[Plugin], allowed: list[str]) -> list[str]:
    if not plugins:
        return ["No plugins are installed."]
    return [
        f"{plugin.name} {plugin.version}  {_offers(plugin)}  {'allowed' if plugin.name in allowed else 'not allowed'}"
        for plugin in plugins
    ]


def _offers(plugin: Plugin) -> str:
    return "; ".join(f"{group.removeprefix('shoal.')}: {', '.join(names)}" for group, names in plugin.offers.items())


def _as_data(plugin: Plugin, allowed: list[str]) -> dict[str, object]:
    offers = {group: list(names) for group, names in plugin.offers.items()}
    return {"name": plugin.name, "version": plugin.version, "offers": offers, "allowed": plugin.name in allowed}
