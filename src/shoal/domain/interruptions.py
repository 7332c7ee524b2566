"""What ends a piece of work early and has no sentence for the user; `errors` tells of all that is raised on purpose."""


class ShoalError(Exception):
    """Base of everything raised deliberately."""


class Cancelled(ShoalError):
    """The user asked the running task to stop."""


class OutOfMemory(ShoalError):
    """A batch of images did not fit into the memory of the device."""


class HelperProcessDied(ShoalError):
    """A helper process ended (crashed, was killed) before it answered."""
