"""`python -m shoal`, the `shoal` command, and in a frozen program its helper processes too."""

import sys

from shoal.app import cli
from shoal.processes.helper_flag import HELPER_FLAG


def main() -> int:
    if sys.argv[1:] == [HELPER_FLAG]:
        from shoal.processes.helper_main import serve  # noqa: PLC0415 - numpy, for which `--help` must not wait

        serve()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
