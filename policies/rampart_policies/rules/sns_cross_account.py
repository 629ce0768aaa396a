"""sns-cross-account: a topic lets another account in only under a condition.

Why: whoever takes over that account, or any role in it, then publishes to and reads from the topic.

Remedy: test `aws:PrincipalOrgID` or `aws:PrincipalArn`, or let a queue of the other account
subscribe instead.
"""

import re

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::.*)?")
OWNER = re.compile(r"arn:aws[a-z-]*:sns:[^:]*:(\d{12}):.*")


def check(resource: Resource) -> Findings:
    """Compare the accounts let in with the one that owns the topic, as its ARN says."""
    if not (granted := resource.json("policy").blocks("Statement")):
        raise NotApplicableError
    for position, one in enumerate(granted, start=1):
        topics = [*one.texts("Resource"), resource.text("arn") or ""]
        owners = {found[1] for arn in topics if (found := OWNER.fullmatch(arn))}
        principal = one.value("Principal")
        names = one.texts("Principal.AWS") if isinstance(principal, dict) else []
        guests = {found[1] for name in names if (found := ACCOUNT.fullmatch(name))} - owners
        allows = (one.text("Effect") or "").lower() == "allow" and not one.has("Condition")
        if allows and owners and guests:
            yield f"policy statement #{position} lets account {', '.join(sorted(guests))} in"


ON = (aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY)
RULE = resource_rule(__doc__, check, on=ON, severity=Severity.MEDIUM, covers=("CKV_AWS_385",))
