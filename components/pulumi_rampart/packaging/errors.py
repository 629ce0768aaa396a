"""What can be wrong with a package; every message says what to do about it."""


class PackagingError(Exception):
    """A function cannot be packaged."""


class SourceError(PackagingError):
    """A folder or file is missing, unreadable, oddly named or outside the root."""


class HandlerError(SourceError):
    """The named handler is not in the zip."""


class DependencyFileError(PackagingError):
    """The dependencies are written down in a way that cannot be locked and installed alike."""


class MissingLockError(PackagingError):
    """There are requirements without their requirements.lock."""


class StaleLockError(PackagingError):
    """Something that requirements.lock was made of changed after it was written."""


class BuildError(PackagingError):
    """The locked dependencies cannot be resolved or installed, for example without a wheel."""


class DuplicateFileError(PackagingError):
    """Two dependencies, or a dependency and the function, bring a file of the same name."""


class TooLargeError(PackagingError):
    """The package exceeds what Lambda unpacks."""
