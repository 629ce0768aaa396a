"""cloudfront-logging: every distribution logs who asked for what.

Why: requests that the cache answers reach no function: without this log they leave no trace at all.

Remedy: set `loggingConfig.bucket`, or add a `LogDeliverySource` for the distribution.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(distribution: Resource, graph: Graph) -> Findings:
    """Look for a bucket, or for the newer delivery that stands beside the distribution."""
    if distribution.has("loggingConfig.bucket"):
        return
    if not graph.referrers(distribution, aws.LOG_DELIVERY_SOURCE, "resourceArn"):
        yield "loggingConfig is not set: cached answers leave no record"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_86", "CFR3", "CloudFront.5"),
)
