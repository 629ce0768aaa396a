"""The routes of records."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from runtime.knowledge.dynamodb_crud_handler.core import RecordKeeper, etag
from runtime.knowledge.dynamodb_crud_handler.creation import HEADER, Creation
from runtime.knowledge.dynamodb_crud_handler.fields import CreateRecord, ListQuery, UpdateRecord
from runtime.shared.api import Api, named
from runtime.shared.documents import DOCUMENT_ID


class RecordRoutes:
    """Declares every route of records on an API."""

    def __init__(self, api: Api, keeper: RecordKeeper, creation: Creation) -> None:
        self._api, self._keeper, self._creation = api, keeper, creation
        routes = api.routes
        routes.post("/crud")(self.create)
        routes.get("/crud")(self.page)
        routes.get("/crud/<document_id>")(self.read)
        routes.put("/crud/<document_id>")(self.update)
        routes.delete("/crud/<document_id>")(self.delete)
        routes.get("/crud/<document_id>/deletion")(self.deletion)

    def create(self) -> Response[str]:
        """Create a record."""
        api = self._api
        request, key = api.body(CreateRecord), api.header(HEADER)
        record = self._creation.create(api.caller, request, key, api.routes.lambda_context)
        location = f"crud/{record.document_id}"
        return api.answer(record, HTTPStatus.CREATED, ETag=etag(record), Location=location)

    def page(self) -> Response[str]:
        """Return one page of records."""
        return self._api.answer(self._keeper.page(self._api.caller, self._api.query(ListQuery)))

    def read(self, document_id: str) -> Response[str]:
        """Return one record."""
        record = self._keeper.read(self._api.caller, _id(document_id))
        return self._api.answer(record, ETag=etag(record))

    def update(self, document_id: str) -> Response[str]:
        """Change one record."""
        request, if_match = self._api.body(UpdateRecord), self._api.header("If-Match")
        record = self._keeper.update(self._api.caller, _id(document_id), request, if_match)
        return self._api.answer(record, ETag=etag(record))

    def delete(self, document_id: str) -> Response[str]:
        """Delete one document."""
        self._keeper.delete(self._api.caller, _id(document_id), self._api.header("If-Match"))
        return self._api.answer(
            None, HTTPStatus.NO_CONTENT, Location=f"crud/{document_id}/deletion"
        )

    def deletion(self, document_id: str) -> Response[str]:
        """Return the receipt of a deletion, or how far it is."""
        return self._api.answer(self._keeper.deletion(self._api.caller, _id(document_id)))


def _id(value: str) -> str:
    return named(DOCUMENT_ID, value, "document")
