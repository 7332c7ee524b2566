"""How a frozen program, which has no `python` to start, tells itself to be a helper process."""

HELPER_FLAG = "--shoal-helper-process"
