import json
from pathlib import Path
from typing import Any

import pytest

from rampart_local.deploy import Deployment
from rampart_local.openapi import openapi

SCHEMA = {"type": "object", "required": ["print"], "additionalProperties": False}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's folder with schemas of three things, one of which is a request of the API."""
    for name, description in {
        "order": "Body of POST /worker: what to do.",
        "other": "Body of POST /elsewhere.",
        "answer": "What comes back.",
    }.items():
        file = tmp_path / "functions" / f"{name}.schema.json"
        file.parent.mkdir(exist_ok=True)
        draft = {"$schema": "http://json-schema.org/draft-04/schema#"}
        file.write_text(json.dumps({**draft, **SCHEMA, "description": description}))
    return tmp_path


def test_the_document_has_every_route_and_the_schema_that_names_it(
    cloud: Deployment, folder: Path
) -> None:
    # when
    document = openapi(cloud.graph, "api_url", folder)

    # then
    assert document["servers"] == [{"url": cloud.exports["api_url"]}]
    assert document["paths"].keys() == {"/items/{id}", "/worker"}
    operation: dict[str, Any] = document["paths"]["/worker"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {**SCHEMA, "description": "Body of POST /worker: what to do."}


def test_headers_that_go_with_a_body_are_parameters_of_the_call(
    cloud: Deployment, folder: Path
) -> None:
    # given
    file = folder / "functions" / "order.schema.json"
    header = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    file.write_text(json.dumps({**json.loads(file.read_text()), "x-parameters": [header]}))

    # when
    operation = openapi(cloud.graph, "api_url", folder)["paths"]["/worker"]["post"]

    # then
    assert operation["parameters"] == [header]
    assert "x-parameters" not in operation["requestBody"]["content"]["application/json"]["schema"]


def test_schemas_in_hidden_folders_do_not_count(cloud: Deployment, folder: Path) -> None:
    # given
    (folder / "functions").rename(folder / ".venv")

    # when
    document = openapi(cloud.graph, "api_url", folder)

    # then
    assert "requestBody" not in document["paths"]["/worker"]["post"]


def test_an_export_that_is_no_apis_address_is_refused_by_those_there_are(
    cloud: Deployment, folder: Path
) -> None:
    with pytest.raises(LookupError, match="api_url"):
        openapi(cloud.graph, "nothing", folder)
