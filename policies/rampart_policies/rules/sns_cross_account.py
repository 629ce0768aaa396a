"""sns-cross-account: a topic lets another account in only under a condition.

Why: whoever takes over that account, or any role in it, then publishes to and reads from the topic.

Remedy: test `aws:PrincipalOrgID` or `aws:PrincipalArn`, or let a queue of the other account
subscribe instead.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import other_accounts
from rampart_policies.iam.own_accounts import accounts_in, others
from rampart_policies.iam.told import by_statement
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError, before_unknown, texts_in


def check(resource: Resource, graph: Graph) -> Findings:
    """Compare the accounts let in with those of the program, and of the topic by its ARN."""
    if not (granted := statements(resource, "policy")):
        raise NotApplicableError
    topics = [*texts_in(resource.fields.get("arn"))]
    topics += [arn for one in granted for arn in one.raw("resource")]
    let_in = (pair for pair in other_accounts(granted) if not pair[0].tests)
    foreign, unknown = before_unknown(others(let_in, graph, accounts_in(topics)))
    for label, accounts in by_statement(foreign):
        yield f"policy statement {label} lets account {accounts} in"
    if unknown:
        raise unknown


ON = (aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY)
RULE = stack_rule(__doc__, check, on=ON, severity=Severity.MEDIUM, covers=("CKV_AWS_385",))
