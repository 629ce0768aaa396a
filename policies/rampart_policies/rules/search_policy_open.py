"""search-policy-open: the policy of a search domain names who may use it.

Why: an open domain on the internet is found within hours, read, and deleted for a ransom.

Remedy: name roles or fixed addresses in `accessPolicies`, or put the domain into a VPC.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import DOMAINS, SEARCH, resource_policy
from rampart_policies.rule import Findings, Severity, stack_rule


def check(resource: Resource, graph: Graph) -> Findings:
    """Read the policy of a domain, or the one beside; in a VPC security groups decide."""
    granted = resource_policy(resource, SEARCH[resource.type])
    itself = resource.type in DOMAINS
    domains = [resource] if itself else graph.targets(resource, "domainName", DOMAINS)
    if not (domains and all(one.block("vpcOptions").has("subnetIds") for one in domains)):
        yield from policy_findings(granted, SEARCH[resource.type])


RULE = stack_rule(__doc__, check, on=tuple(SEARCH), severity=Severity.CRITICAL)
