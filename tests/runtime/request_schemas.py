"""The JSON schemas of request bodies, as API Gateway checks them before a function starts.

They stand beside their function and follow from its pydantic models. Write them anew with
`python -m tests.runtime.request_schemas`.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from runtime.gallery.search.requests import UploadRequest as ImageUploadRequest
from runtime.knowledge.chat_orchestrator.messages import ChatRequest
from runtime.knowledge.dynamodb_crud_handler.fields import CreateRecord, UpdateRecord
from runtime.knowledge.s3_unified_handler.core import UploadRequest
from runtime.orders.order_api.fields import Decide, PutProduct
from runtime.orders.shared.intake import PlaceOrder

RUNTIME = Path(__file__).parents[2] / "runtime"

SCHEMAS: dict[Path, type[BaseModel]] = {
    RUNTIME / "gallery" / "search" / "upload.schema.json": ImageUploadRequest,
    RUNTIME / "knowledge" / "chat_orchestrator" / "chat.schema.json": ChatRequest,
    RUNTIME / "knowledge" / "dynamodb_crud_handler" / "create_record.schema.json": CreateRecord,
    RUNTIME / "knowledge" / "dynamodb_crud_handler" / "update_record.schema.json": UpdateRecord,
    RUNTIME / "knowledge" / "s3_unified_handler" / "upload.schema.json": UploadRequest,
    RUNTIME / "orders" / "order_api" / "place_order.schema.json": PlaceOrder,
    RUNTIME / "orders" / "order_api" / "decide.schema.json": Decide,
    RUNTIME / "orders" / "order_api" / "put_product.schema.json": PutProduct,
}

# API Gateway reads draft 4 of JSON Schema
# (https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html).
DRAFT = "http://json-schema.org/draft-04/schema#"
NEWER_THAN_DRAFT_4 = {"propertyNames", "const", "contains", "if", "then", "else", "examples"}


def schema_of(model: type[BaseModel]) -> str:
    """Return the file's content for a model."""
    schema = {"$schema": DRAFT, **_in_draft_4(model.model_json_schema())}
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _in_draft_4(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(schema, dict):
        return {
            name: _in_draft_4(part)
            for name, part in schema.items()
            if name not in NEWER_THAN_DRAFT_4
        }
    if isinstance(schema, list):
        return [_in_draft_4(part) for part in schema]
    return schema


if __name__ == "__main__":
    for path, model in SCHEMAS.items():
        path.write_text(schema_of(model))
