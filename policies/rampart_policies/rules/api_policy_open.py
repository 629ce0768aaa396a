"""api-policy-open: the resource policy of an API names who may call it.

Why: with IAM authorization it lets any AWS account in; a private API, every VPC of AWS.

Remedy: name accounts, or test `aws:SourceVpce`, `aws:SourceVpc` or fixed addresses; leave the
policy out where an authorizer decides.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import APIS, resource_policy
from rampart_policies.rule import Findings, Severity, stack_rule

TOKENS = {"CUSTOM", "COGNITO_USER_POOLS"}


def check(resource: Resource, graph: Graph) -> Findings:
    """Read the policy of an API or domain; where every method asks for a token, that decides."""
    granted = resource_policy(resource, APIS[resource.type])
    beside = resource.type == aws.REST_API_POLICY
    apis = graph.targets(resource, "restApiId", aws.REST_API) if beside else [resource]
    if not (apis and all(_asks_for_tokens(api, graph) for api in apis)):
        yield from policy_findings(granted)


def _asks_for_tokens(api: Resource, graph: Graph) -> bool:
    if "PRIVATE" in api.block("endpointConfiguration").texts("types"):
        return False
    methods = graph.every_referrer(api, aws.API_METHOD, "restApi")
    asked = {one.text("authorization") for one in methods if one.text("httpMethod") != "OPTIONS"}
    return bool(asked) and asked <= TOKENS


RULE = stack_rule(__doc__, check, on=tuple(APIS), severity=Severity.HIGH)
