from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.web_acls import METRIC, RATE, beside

UNSEEN = {"cloudwatchMetricsEnabled": False}


def acl(config: dict[str, Any], *rules: dict[str, Any]) -> Made:
    return made(aws.WAF_ACL, rules=[*rules], visibilityConfig=config)


FIXTURE = Fixture(
    holds={
        "counted": acl(METRIC, RATE),
        "a rule group": made(aws.WAF_RULE_GROUP, rules=[RATE], visibilityConfig=METRIC),
        "a rule beside": [acl(METRIC), beside(acl(METRIC), RATE)],
    },
    breaks={
        "a rule beside": [
            acl(METRIC),
            beside(acl(METRIC), {**RATE, "visibilityConfig": UNSEEN}),
        ],
        "not counted": acl(UNSEEN, RATE),
        "a rule": acl(METRIC, {**RATE, "visibilityConfig": UNSEEN}),
        "nothing said": made(aws.WAF_ACL),
    },
    mutation=put("visibilityConfig.cloudwatchMetricsEnabled", False),  # noqa: FBT003  # the property's value
)
