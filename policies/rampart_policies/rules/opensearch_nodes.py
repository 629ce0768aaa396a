"""opensearch-nodes: a search domain survives the loss of an availability zone.

Why: with two nodes that vote, a zone that fails leaves the domain without a leader, and read-only.

Remedy: set `zoneAwarenessEnabled`, three data nodes and three dedicated masters.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

QUORUM = 3


def check(domain: Resource) -> Findings:
    """Read zones and masters."""
    cluster = domain.block("clusterConfig")
    if not cluster.flag("zoneAwarenessEnabled") and not cluster.flag("multiAzWithStandbyEnabled"):
        yield "clusterConfig.zoneAwarenessEnabled is off: the domain stops with its zone"
    masters = cluster.number("dedicatedMasterCount") or 0
    if not cluster.flag("dedicatedMasterEnabled") or masters < QUORUM:
        yield f"clusterConfig has {masters:g} dedicated masters: fewer than {QUORUM} cannot vote"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.LOW,
    house=True,
    covers=("CKV_AWS_318", "OS4", "OS7", "Opensearch.6", "Opensearch.11"),
)
