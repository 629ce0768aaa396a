"""api-validation: a REST method with a body or parameters refuses malformed requests by itself.

Why: what API Gateway refuses runs no function, costs nothing and reaches no parser.

Remedy: set `requestValidatorId` to a validator of body and parameters, and `requestModels`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError

WITH_BODY = {"POST", "PUT", "PATCH", "ANY"}


def check(method: Resource, graph: Graph) -> Findings:
    """Find out whether there is something to validate, and whether the validator does it."""
    body = method.text("httpMethod") in WITH_BODY or method.has("requestModels")
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


RULE = stack_rule(
    __doc__,
    check,
    on=aws.API_METHOD,
    severity=Severity.LOW,
    covers=("CKV2_AWS_53", "APIG2"),
)
