from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.networks import GROUP, VPC, function, private
from tests.policies.stacks import Made, made

RULES = made(aws.DNS_FIREWALL_GROUP, "rules")
OTHERS = made(aws.DNS_FIREWALL_LIST, "others", domains=["*"])
LISTED = made(aws.DNS_FIREWALL_LIST, "listed", domains=["api.example.com"])
ASSOCIATION = made(
    aws.DNS_FIREWALL_ASSOCIATION, vpcId=VPC.id, firewallRuleGroupId=RULES.id, priority=101
)


def rule(action: str, domains: Made) -> Made:
    return made(
        aws.DNS_FIREWALL_RULE,
        action.lower(),
        action=action,
        firewallRuleGroupId=RULES.id,
        firewallDomainListId=domains.id,
    )


def network(*more: Any) -> list[Made]:  # noqa: ANN401  # resources
    return [*private(), RULES, OTHERS, LISTED, *more]


FIXTURE = Fixture(
    holds={"an allow-list": network(rule("ALLOW", LISTED), rule("BLOCK", OTHERS), ASSOCIATION)},
    breaks={
        "none": private(),
        "not associated": network(rule("BLOCK", OTHERS)),
        "a block-list": network(rule("BLOCK", LISTED), ASSOCIATION),
        "it only tells": network(rule("ALERT", OTHERS), ASSOCIATION),
        "it allows all": network(rule("ALLOW", OTHERS), ASSOCIATION),
    },
    undecided={"subnets of another stack": [GROUP, function()]},
    not_applicable={"in no VPC": made(aws.LAMBDA_FUNCTION)},
    mutation=drop(aws.DNS_FIREWALL_RULE),
)
