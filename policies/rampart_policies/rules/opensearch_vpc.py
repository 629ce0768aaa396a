"""opensearch-vpc: every search domain stands in a network of the program's own.

Why: a domain with a public endpoint has its access policy between the documents and the internet.

Remedy: set `vpcOptions.subnetIds` and `securityGroupIds` when the domain is made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(domain: Resource) -> Findings:
    """Look for subnets."""
    if not domain.has("vpcOptions.subnetIds"):
        yield "vpcOptions is not set: the endpoint is on the internet"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_137", "OS1", "Opensearch.2"),
)
