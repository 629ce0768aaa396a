"""sns-cross-account: a topic lets another account in only under a condition.

Why: whoever takes over that account, or any role in it, then publishes to and reads from the topic.

Remedy: test `aws:PrincipalOrgID` or `aws:PrincipalArn`, or let a queue of the other account
subscribe instead.
"""

import re
from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import other_accounts
from rampart_policies.iam.own_accounts import others
from rampart_policies.iam.statement import Statement
from rampart_policies.iam.told import by_statement
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError, before_unknown, texts_in

OWNER = re.compile(r"arn:aws[a-z-]*:sns:[^:]*:(\d{12}):.*")


def check(resource: Resource, graph: Graph) -> Findings:
    """Compare the accounts let in with those of the program, and of the topic by its ARN."""
    if not (granted := statements(resource, "policy")):
        raise NotApplicableError
    topics = [resource.fields.get("arn"), *(one.raw("resource") for one in granted)]
    owners = [found[1] for arn in texts_in(topics) if (found := OWNER.fullmatch(arn))]
    guests, unknown = before_unknown(others(_unconditional(granted), graph, owners))
    for label, accounts in by_statement(guests):
        yield f"policy statement {label} lets account {accounts} in"
    if unknown:
        raise unknown


def _unconditional(granted: tuple[Statement, ...]) -> Iterator[tuple[Statement, str]]:
    return (pair for pair in other_accounts(granted) if not pair[0].tests)


ON = (aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY)
RULE = stack_rule(__doc__, check, on=ON, severity=Severity.MEDIUM, covers=("CKV_AWS_385",))
