"""`python -m shoal`, the `shoal` command, and in a frozen program its helper processes too."""

import sys

from shoal.command_line import cli
from shoal.processes.helper_flag import HELPER_FLAG


def main() -> int:
    if sys.argv[1:] == [HELPER_FLAG]:
        from shoal.processes.helper_main import serve  # noqa: PLC0415 - numpy, for which `--help` must not wait

        serve()
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # noqa: PLC0415 - for a library that starts processes its own way

        freeze_support()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
