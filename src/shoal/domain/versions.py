"""Which version of a library is installed, or of Shoal itself."""

from functools import cache


@cache
def installed_version(distribution: str) -> str | None:
    """None if it is not there, as Shoal is not when it is run from its source. Looked up once: each takes 2 ms."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - the window must not wait for it

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
