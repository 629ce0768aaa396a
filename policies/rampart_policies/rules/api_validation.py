"""api-validation: a REST method with a body or parameters refuses malformed requests by itself.

Why: what API Gateway refuses runs no function, costs nothing and reaches no parser.

Remedy: set `requestValidatorId` to a validator of body and parameters, and `requestModels`; in an
OpenAPI document `x-amazon-apigateway-request-validator`.
"""

from rampart_policies import aws
from rampart_policies.api_validators import unvalidated_method, unvalidated_operations
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(resource: Resource, graph: Graph) -> Findings:
    """Look at a method, or at the operations of a document; HTTP APIs validate nothing."""
    if resource.type == aws.API_METHOD:
        yield from unvalidated_method(resource, graph)
    else:
        yield from unvalidated_operations(resource)


RULE = stack_rule(
    __doc__,
    check,
    on=(aws.API_METHOD, aws.REST_API, aws.REST_API_BODY),
    severity=Severity.LOW,
    house=True,
    covers=("CKV2_AWS_53", "APIG2"),
)
