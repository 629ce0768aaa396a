"""A function's folder becomes a byte-identical zip, on any machine and at any time.

The zip depends on the folder's files and which of them are executable, its `requirements.lock`,
the target and the recipe's version, and on nothing else: not the clock, the umask, the order of
files or the compression library. Why it is stored uncompressed and without bytecode:
docs/adr/0002-zip-bytes.md. What an image's tag depends on: docs/adr/0010-image-tags.md.

Example:
    source = ZipSource(root=Path("."), source=Path("runtime/knowledge/document_processor"))
    archive = packaging.build(source, Target("arm64", "3.13"), cache=Path(".rampart/packages"))
    print(archive.path, archive.digest)

A component asks `archive()` instead, which leaves the decision to the builder in force: tests
describe the zip without building it, a laptop builds it for its own platform.
"""

from pulumi_rampart.packaging.builder import Builder, archive, described, image_tag, into, using
from pulumi_rampart.packaging.errors import (
    BuildError,
    DependencyFileError,
    DuplicateFileError,
    HandlerError,
    MissingLockError,
    PackagingError,
    SourceError,
    StaleLockError,
    TooLargeError,
)
from pulumi_rampart.packaging.handlers import check_handler, handlers
from pulumi_rampart.packaging.image import ImageSource, image_digest
from pulumi_rampart.packaging.lock import write_lock
from pulumi_rampart.packaging.recipe import Archive, build, digest
from pulumi_rampart.packaging.source import ZipSource
from pulumi_rampart.packaging.target import Architecture, Target

__all__ = [
    "Architecture",
    "Archive",
    "BuildError",
    "Builder",
    "DependencyFileError",
    "DuplicateFileError",
    "HandlerError",
    "ImageSource",
    "MissingLockError",
    "PackagingError",
    "SourceError",
    "StaleLockError",
    "Target",
    "TooLargeError",
    "ZipSource",
    "archive",
    "build",
    "check_handler",
    "described",
    "digest",
    "handlers",
    "image_digest",
    "image_tag",
    "into",
    "using",
    "write_lock",
]
