"""`python -m shoal` and the `shoal` command."""

import sys

from shoal.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
