"""The folders of a document in the bucket, with every version of every object in them."""

from collections.abc import Callable

from runtime.shared.documents import Document
from runtime.shared.object_versions import ObjectVersions, Version


class Folder:
    """Implements `ports.ErasableStore`."""

    def __init__(self, versions: ObjectVersions, prefix: Callable[[Document], str]) -> None:
        """`prefix` is the folder of a document; it ends with a slash."""
        self._versions, self._prefix = versions, prefix

    def count(self, document: Document, version: str | None) -> int:  # noqa: ARG002 - of all
        """Return how many versions and delete markers there are."""
        return len(self._erasable(document))

    def delete(self, document: Document, version: str | None) -> None:  # noqa: ARG002 - of all
        """Erase them."""
        self._versions.erase(self._erasable(document))

    def _erasable(self, document: Document) -> list[Version]:
        return self._versions.below(self._prefix(document))


class DeletedUploads(Folder):
    """What is left of deleted uploads; a file that came meanwhile is another document's life."""

    def _erasable(self, document: Document) -> list[Version]:
        return [one for one in super()._erasable(document) if not one.is_current]
