"""Pinecone's HTTP API, as far as its client needs it for indexes of dense or sparse vectors.

Control plane (`/indexes`) and data plane share one port; an index answers under `/data/{name}`,
where the real service gives it a host of its own. Unlike the real service it is consistent at
once: what must wait there for a write to show needs no waiting here.
"""

import base64
import secrets
from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from rampart_local.standins.pinecone_requests import (
    CreateIndex,
    Delete,
    DenseField,
    Query,
    SparseValues,
    Upsert,
)
from rampart_local.standins.pinecone_store import Index, Record, Sparse, Values

PAGE_LIMIT = 100
"""Ids a page of a listing has at most."""

REQUEST_LIMIT_BYTES = 2 * 1024 * 1024

MANAGED = {"deployment_type": "managed", "cloud": "aws", "region": "us-east-1"}
"""Where the service makes an index that does not say."""


class RefusedError(Exception):
    """A request that the service answers with an error of the data plane."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class KeyCheck:
    """Refuses requests without the right `Api-Key` header, as the service does."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app, self._key = app, key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401."""
        sent = dict(scope.get("headers", [])).get(b"api-key", b"")
        allowed = scope["type"] != "http" or secrets.compare_digest(sent, self._key)
        await (self._app if allowed else PlainTextResponse("Invalid API Key", 401))(
            scope, receive, send
        )


def application(indexes: dict[str, Index], key: str) -> Starlette:
    """Return the API over `indexes`, which it changes in place."""
    api = Api(indexes)
    data = "/data/{name}"
    return Starlette(
        routes=[
            Route("/indexes", api.create, methods=["POST"]),
            Route("/indexes", api.names),
            Route("/indexes/{name}", api.describe, methods=["GET", "DELETE"]),
            Route(f"{data}/vectors/upsert", api.upsert, methods=["POST"]),
            Route(f"{data}/vectors/delete", api.delete, methods=["POST"]),
            Route(f"{data}/vectors/list", api.listing),
            Route(f"{data}/vectors/fetch", api.fetch),
            Route(f"{data}/query", api.query, methods=["POST"]),
            Route(f"{data}/describe_index_stats", api.stats, methods=["POST"]),
        ],
        middleware=[Middleware(KeyCheck, key=key)],
        exception_handlers={RefusedError: _refuse, ValidationError: _invalid},
    )


class Api:
    """The endpoints. One event loop serves them all, so nothing here can interleave."""

    def __init__(self, indexes: dict[str, Index]) -> None:
        self._indexes = indexes

    async def create(self, request: Request) -> JSONResponse:
        """Make an index; it is ready at once."""
        body = await request.json()
        wanted = CreateIndex(name=body.get("name"), fields=body.get("schema", {}).get("fields"))
        if wanted.name in self._indexes:
            return _control_error(409, "ALREADY_EXISTS", "Resource already exists")
        (column,) = wanted.fields.values()
        dimension = column.dimension if isinstance(column, DenseField) else None
        field = "_sparse_values" if dimension is None else "_values"
        description = {
            "name": wanted.name,
            "id": f"idx-{wanted.name}",
            "deletion_protection": "disabled",
            "deployment": body.get("deployment", MANAGED),
            "schema": {"fields": {field: column.model_dump()}},
            "read_capacity": {"mode": "OnDemand", "status": {"state": "Ready"}},
            "status": {"ready": True, "state": "Ready"},
        }
        self._indexes[wanted.name] = Index(description, dimension)
        return JSONResponse(self._told(request, wanted.name), 201)

    async def names(self, request: Request) -> JSONResponse:
        """List the indexes."""
        return JSONResponse({"indexes": [self._told(request, name) for name in self._indexes]})

    async def describe(self, request: Request) -> JSONResponse:
        """Describe or delete one index."""
        name = request.path_params["name"]
        if name not in self._indexes:
            return _control_error(404, "NOT_FOUND", f"Resource {name} not found")
        if request.method == "DELETE":
            del self._indexes[name]
            return JSONResponse({}, 202)
        return JSONResponse(self._told(request, name))

    async def upsert(self, request: Request) -> JSONResponse:
        """Write vectors, all or none."""
        content = await request.body()
        if len(content) > REQUEST_LIMIT_BYTES:
            raise RefusedError(400, 3, "Error, message length too large: the limit is 2 MB")
        asked, index = Upsert.model_validate_json(content), self._index(request)
        values = [_values(index, vector.values, vector.sparse_values) for vector in asked.vectors]
        held = index.namespaces.setdefault(asked.namespace, {})
        for vector, value in zip(asked.vectors, values, strict=True):
            held[vector.id] = Record(value, vector.metadata or {})
        return JSONResponse({"upsertedCount": len(asked.vectors)})

    async def query(self, request: Request) -> JSONResponse:
        """Return the nearest neighbours of a vector, or the best dot products of a sparse one."""
        asked, index = Query.model_validate_json(await request.body()), self._index(request)
        wanted = _values(index, asked.vector, asked.sparse_vector)
        where = (asked.top_k, asked.filter)
        try:
            if isinstance(wanted, Mapping):
                found = index.with_terms(asked.namespace, wanted, *where)
            else:
                found = index.nearest(asked.namespace, wanted, *where)
        except (ValueError, TypeError) as error:
            raise RefusedError(400, 3, f"invalid filter: {error}") from error
        answers: list[dict[str, object]] = []
        for key, score, record in found:
            answer: dict[str, object] = {"id": key, "score": score}
            if asked.include_values:
                answer |= _told_values(record)
            if asked.include_metadata:
                answer["metadata"] = record.metadata
            answers.append(answer)
        return JSONResponse({"matches": answers, "namespace": asked.namespace})

    async def fetch(self, request: Request) -> JSONResponse:
        """Return vectors by id, without those that are not there."""
        asked, index = request.query_params, self._index(request)
        namespace = asked.get("namespace", "")
        held = index.namespaces.get(namespace, {})
        vectors = {
            key: {"id": key, "metadata": held[key].metadata, **_told_values(held[key])}
            for key in asked.getlist("ids")
            if key in held
        }
        return JSONResponse({"vectors": vectors, "namespace": namespace, "usage": {"readUnits": 1}})

    async def delete(self, request: Request) -> JSONResponse:
        """Delete by id, or a whole namespace; a namespace that never was is not found."""
        asked, index = Delete.model_validate_json(await request.body()), self._index(request)
        if asked.namespace not in index.namespaces:
            raise RefusedError(404, 5, "Namespace not found")
        held = index.namespaces[asked.namespace]
        for key in list(held) if asked.delete_all else asked.ids:
            held.pop(key, None)
        return JSONResponse({})

    async def listing(self, request: Request) -> JSONResponse:
        """List ids by prefix, a page at a time, in the order of the ids."""
        asked, index = request.query_params, self._index(request)
        limit = int(asked.get("limit", PAGE_LIMIT))
        if not 1 <= limit <= PAGE_LIMIT:
            raise RefusedError(400, 3, f"limit must be between 1 and {PAGE_LIMIT}")
        namespace, prefix = asked.get("namespace", ""), asked.get("prefix", "")
        after = base64.urlsafe_b64decode(asked.get("paginationToken", "")).decode()
        keys = sorted(
            key
            for key in index.namespaces.get(namespace, {})
            if key.startswith(prefix) and key > after
        )
        page = keys[:limit]
        answer: dict[str, object] = {"vectors": [{"id": key} for key in page]}
        if len(keys) > limit:
            token = base64.urlsafe_b64encode(page[-1].encode()).decode()
            answer["pagination"] = {"next": token}
        return JSONResponse(answer | {"namespace": namespace, "usage": {"readUnits": 1}})

    async def stats(self, request: Request) -> JSONResponse:
        """Count the vectors of every namespace."""
        index = self._index(request)
        counts = {name: {"vectorCount": len(held)} for name, held in index.namespaces.items()}
        total = sum(len(held) for held in index.namespaces.values())
        return JSONResponse(
            {"namespaces": counts, "dimension": index.dimension, "totalVectorCount": total}
        )

    def _index(self, request: Request) -> Index:
        index = self._indexes.get(request.path_params["name"])
        if index is None:
            raise RefusedError(404, 5, "Index not found")
        return index

    def _told(self, request: Request, name: str) -> dict[str, Any]:
        return self._indexes[name].description | {"host": f"{request.base_url}data/{name}"}


def _values(
    index: Index, values: list[float] | None, sparse: SparseValues | None
) -> Values | Sparse:
    """Return what an index of this kind takes, and refuse the other kind."""
    if index.dimension is None:
        if sparse is None or values:
            raise RefusedError(400, 3, "Index is sparse: give sparse values and no others")
        return dict(zip(sparse.indices, sparse.values, strict=True))
    if sparse is not None:
        raise RefusedError(400, 3, "Index configuration does not support sparse values")
    length = len(values or [])
    if length != index.dimension:
        message = f"Vector dimension {length} does not match the dimension of the index"
        raise RefusedError(400, 3, f"{message} {index.dimension}")
    return np.asarray(values, dtype=np.float32)


def _told_values(record: Record) -> dict[str, object]:
    if isinstance(record.values, Mapping):
        indices, values = list(record.values.keys()), list(record.values.values())
        return {"values": [], "sparseValues": {"indices": indices, "values": values}}
    return {"values": record.values.tolist()}


def _control_error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}, "status": status}, status)


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    status, code = (error.status, error.code) if isinstance(error, RefusedError) else (500, 13)
    return JSONResponse({"code": code, "message": str(error), "details": []}, status)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"code": 3, "message": str(error), "details": []}, 400)
