"""rds-tls: PostgreSQL refuses connections without TLS.

Why: a client that does not ask for TLS sends rows and passwords readable.

Remedy: set `rds.force_ssl` to 1 in the parameter group.
"""

from rampart_policies import aws
from rampart_policies.databases import postgres_parameter
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(database: Resource, graph: Graph) -> Findings:
    """Read the parameter, whose default depends on the engine's version."""
    setting = postgres_parameter(database, "rds.force_ssl", graph)
    if setting != "1":
        yield f"rds.force_ssl is {setting or 'not set'}: clients may connect without TLS"


RULE = stack_rule(
    __doc__, check, on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE), severity=Severity.MEDIUM, house=True
)
