"""Made-up requests, good and bad, against what the OpenAPI document promises."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rampart_local.openapi import openapi
from tests.end_to_end.conftest import ROOT
from tests.end_to_end.knowledge import Knowledge
from tests.end_to_end.laptop import Laptop

CALLS = (
    "DELETE /crud/{document_id}",
    "GET /chat/{session_id}",
    "GET /crud",
    "GET /crud/{document_id}",
    "GET /crud/{document_id}/deletion",
    "GET /upload/{document_id}",
    "POST /chat",
    "POST /crud",
    "POST /upload",
    "PUT /crud/{document_id}",
)
EXAMPLES = 6
"""Of each call, good ones and as many bad ones."""
PROMISES = [
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def document(laptop: Laptop) -> dict[str, Any]:
    return openapi(laptop.cloud.graph, "knowledge_api_url", ROOT)


@pytest.fixture(scope="module")
def described(document: dict[str, Any]) -> BaseSchema:
    return schemathesis.openapi.from_dict(document)


@pytest.fixture(scope="module")
def umbrella(laptop: Laptop) -> Knowledge:
    """A tenant for what is made up, with functions that have started.

    The first question loads the models: on busy cores that takes longer than a question may.
    """
    tenant = laptop.tenant("umbrella")
    tenant.ask("Is anybody there?")
    return tenant


def test_every_call_is_described(document: dict[str, Any]) -> None:
    described = [
        f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item
    ]
    assert sorted(described) == sorted(CALLS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("call", CALLS)
def test_whatever_is_sent_the_answer_keeps_the_contract(
    described: BaseSchema, umbrella: Knowledge, call: str, mode: GenerationMode
) -> None:
    # given
    method, path = call.split()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # a call that fails is told as it was made
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def holds(case: Case) -> None:
        headers = {"Authorization": f"Bearer {umbrella.token}"}
        # when
        response = case.call(base_url=umbrella.url, headers=headers, timeout=35)
        # then
        case.validate_response(response, checks=PROMISES)

    holds()
