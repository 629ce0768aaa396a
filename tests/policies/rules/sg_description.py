from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

INSIDE = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}
WHY = "Functions reach AWS"

FIXTURE = Fixture(
    holds={
        "a group": made(aws.SECURITY_GROUP, description=WHY),
        "a group with rules": made(
            aws.SECURITY_GROUP, description=WHY, egress=[{**INSIDE, "description": "To endpoints"}]
        ),
        "a rule": made(aws.SECURITY_GROUP_INGRESS_RULE, description=WHY),
    },
    breaks={
        "none": made(aws.SECURITY_GROUP),
        "the provider's": made(aws.SECURITY_GROUP, description="Managed by Pulumi"),
        "none on a rule inside": made(aws.SECURITY_GROUP, description=WHY, ingress=[INSIDE]),
        "none on a rule beside": made(aws.SECURITY_GROUP_EGRESS_RULE),
        "none on an older rule": made(aws.SECURITY_GROUP_RULE, type="egress"),
    },
    mutation=put("description", None),
)
