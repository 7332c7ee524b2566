"""What the process for torch and ultralytics needs to find when it starts, before either is imported."""

from pathlib import Path

from shoal.processes.maths_environment import thread_variables

QUIET = {
    "ULTRALYTICS_SAFE_LOAD": "true",  # without it a checkpoint runs whatever code it carries
    "YOLO_OFFLINE": "true",  # no analytics, no look for updates
    "YOLO_AUTOINSTALL": "false",  # no pip
    "YOLO_VERBOSE": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Weights are downloaded by `embedding.downloading` and nobody else."""


def engine_environment(cache_folder: Path) -> dict[str, str]:
    """Variables for `HelperProcess`: safe and silent libraries, whose own files stay among ours."""
    homes = {"YOLO_CONFIG_DIR": "ultralytics", "TORCH_HOME": "torch", "HF_HOME": "huggingface", "MPLCONFIGDIR": "plots"}
    return {
        **thread_variables(),
        **QUIET,
        **{variable: str(cache_folder / "engine" / folder) for variable, folder in homes.items()},
    }
