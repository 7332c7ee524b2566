"""Which version of a library is installed, or of Shoal itself."""


def installed_version(distribution: str) -> str | None:
    """None if it is not there, as Shoal is not when it is run from its source."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - the window must not wait for it

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
