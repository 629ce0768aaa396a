"""The routes of the gallery: HTTP on one side, `core.Gallery` on the other."""

from http import HTTPStatus
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from pydantic import TypeAdapter

from runtime.gallery.search.core import Gallery
from runtime.gallery.search.requests import PageQuery, SearchQuery, UploadRequest
from runtime.shared.api import Api, named
from runtime.shared.shape import QUIET

_ITEM_ID = TypeAdapter(UUID, config=QUIET)


class GalleryRoutes:
    """Lets an `Api` answer what a `Gallery` can do."""

    def __init__(self, api: Api, gallery: Gallery) -> None:
        """Declare the routes; each method below is one of them."""
        self._api, self._gallery = api, gallery
        api.routes.get("/gallery/search")(self.search)
        api.routes.get("/gallery/items")(self.page)
        api.routes.post("/gallery/items")(self.begin_upload)
        api.routes.get("/gallery/items/<item_id>")(self.item)
        api.routes.post("/gallery/items/<item_id>/reanalyze")(self.reanalyze)
        api.routes.delete("/gallery/items/<item_id>")(self.delete)
        api.routes.get("/gallery/items/<item_id>/deletion")(self.deletion)

    def search(self) -> Response[str]:
        """Find images for the question `q`."""
        query = self._api.query(SearchQuery)
        return self._api.answer(self._gallery.search(self._api.caller, query))

    def page(self) -> Response[str]:
        """List images, the newest first."""
        query = self._api.query(PageQuery)
        return self._api.answer(self._gallery.page(self._api.caller, query))

    def begin_upload(self) -> Response[str]:
        """Return a form that uploads one image straight to S3."""
        form = self._gallery.begin_upload(self._api.caller, self._api.body(UploadRequest))
        location = f"/gallery/items/{form.item_id}"
        return self._api.answer(form, HTTPStatus.CREATED, Location=location)

    def item(self, item_id: str) -> Response[str]:
        """Show one image."""
        return self._api.answer(self._gallery.item(self._api.caller, _id(item_id)))

    def reanalyze(self, item_id: str) -> Response[str]:
        """Ask for a further analysis."""
        asked = self._gallery.reanalyze(self._api.caller, _id(item_id))
        location = f"/gallery/items/{asked.item_id}"
        return self._api.answer(asked, HTTPStatus.ACCEPTED, Location=location)

    def delete(self, item_id: str) -> Response[str]:
        """Remove an image and everything made of it."""
        self._gallery.delete(self._api.caller, _id(item_id))
        location = f"/gallery/items/{item_id}/deletion"
        return self._api.answer(None, HTTPStatus.NO_CONTENT, Location=location)

    def deletion(self, item_id: str) -> Response[str]:
        """Return the receipt of a deletion, or how far it is."""
        return self._api.answer(self._gallery.deletion(self._api.caller, _id(item_id)))


def _id(value: str) -> UUID:
    return named(_ITEM_ID, value, "item")
