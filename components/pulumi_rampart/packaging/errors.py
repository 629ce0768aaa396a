"""What can be wrong with a package; every message says what to do about it."""


class PackagingError(Exception):
    """A function cannot be packaged."""


class SourceError(PackagingError):
    """A named folder or file is missing or lies outside the root."""


class MissingLockError(PackagingError):
    """There is a requirements.txt without its requirements.lock."""


class StaleLockError(PackagingError):
    """requirements.txt changed after requirements.lock was written."""


class BuildError(PackagingError):
    """The locked dependencies cannot be resolved or installed, for example without a wheel."""


class DuplicateFileError(PackagingError):
    """A dependency and the function bring a file of the same name."""


class TooLargeError(PackagingError):
    """The package exceeds what Lambda unpacks."""
