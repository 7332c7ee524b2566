"""The helper process for torch and what is built on it; it starts with the first model that needs it."""

from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess
from shoal.setup.locations import Locations


def engine_process(locations: Locations) -> HelperProcess:
    """To be closed, or used as a context manager. No other process of this program imports torch."""
    return HelperProcess("engine", engine_environment(locations.cache))
