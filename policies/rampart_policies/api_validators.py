"""Whether an API refuses malformed requests by itself, as methods or as an OpenAPI document."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.openapi import operations
from rampart_policies.values import NotApplicableError

_WITH_BODY = {"POST", "PUT", "PATCH", "ANY"}


def unvalidated_method(method: Resource, graph: Graph) -> Iterator[str]:
    """Find out whether there is something to validate, and whether the validator does it."""
    body = method.text("httpMethod") in _WITH_BODY or method.has("requestModels")
    parameters = method.has("requestParameters")
    if method.text("httpMethod") == "OPTIONS" or not (body or parameters):
        raise NotApplicableError
    validators = graph.targets(method, "requestValidatorId", aws.API_VALIDATOR)
    if not validators and not method.has("requestValidatorId"):
        yield "requestValidatorId is not set: malformed requests reach the function"
    for validator in validators:
        if body and not validator.flag("validateRequestBody"):
            yield f"validator {validator.name} does not validate bodies"
        if parameters and not validator.flag("validateRequestParameters"):
            yield f"validator {validator.name} does not validate parameters"


def unvalidated_operations(api: Resource) -> Iterator[str]:
    """Find the operations of a document whose malformed requests reach the function."""
    if not (found := list(operations(api))):
        raise NotApplicableError
    for operation in found:
        if not operation.validates():
            yield f"no request validator for {operation.name} in body: malformed requests get in"
