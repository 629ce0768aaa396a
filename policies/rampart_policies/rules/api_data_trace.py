"""api-data-trace: API Gateway does not log the bodies of requests and answers.

Why: a data trace writes tokens, documents and personal data into a log group, in full.

Remedy: leave `dataTraceEnabled` false, in method settings and in the routes of WebSocket stages.
"""

from rampart_policies import apis, aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule

GENERAL = {aws.API_METHOD_SETTINGS: "settings", aws.HTTP_API_STAGE: "defaultRouteSettings"}


def check(resource: Resource) -> Findings:
    """Read the switch, which is off by default; only WebSocket stages have one of their own."""
    if resource.flag(f"{GENERAL[resource.type]}.dataTraceEnabled"):
        yield "dataTraceEnabled is true: bodies and tokens are written to the log"
    for name, route in apis.of_routes(resource):
        if route.flag("dataTraceEnabled"):
            yield f"dataTraceEnabled of {name} is true: its messages are written to the log"


def remediate(resource: Resource) -> Patch:
    """Switch the traces off, leaving the other settings as they are."""
    key, off = GENERAL[resource.type], {"dataTraceEnabled": False}
    patch: Patch = {key: {**resource.block(key).fields, **off}}
    if not (routes := resource.blocks("routeSettings")):
        return patch
    return {**patch, "routeSettings": [{**route.fields, **off} for route in routes]}


ON, IDS = tuple(GENERAL), ("CKV_AWS_276",)
RULE = resource_rule(__doc__, check, on=ON, severity=Severity.HIGH, covers=IDS, remediate=remediate)
