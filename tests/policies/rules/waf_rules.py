from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.web_acls import METRIC, RATE


def acl(*rules: dict[str, Any], **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.WAF_ACL, rules=[*rules], visibilityConfig=METRIC, **inputs)


IDLE = {key: value for key, value in RATE.items() if key != "action"}

FIXTURE = Fixture(
    holds={
        "a rate limit": acl(RATE),
        "in JSON": acl(ruleJson='[{"Name": "rate"}]'),
    },
    breaks={
        "none": acl(),
        "no rate limit": acl({**RATE, "statement": {"geoMatchStatement": {}}}),
        "no action": acl(IDLE),
    },
    mutation=put("rules", []),
    also=("waf-known-bad-inputs",),
)
