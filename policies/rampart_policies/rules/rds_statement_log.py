"""rds-statement-log: PostgreSQL records who changed its structure.

Why: without it there is no record of who dropped a table or granted a role.

Remedy: set `log_statement` to `ddl` or more in the parameter group.
"""

from rampart_policies import aws
from rampart_policies.databases import postgres_parameter
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(database: Resource, graph: Graph) -> Findings:
    """Read the parameter; `all` would also record what people store."""
    setting = postgres_parameter(database, "log_statement", graph) or "none"
    if setting not in {"ddl", "mod", "all"}:
        yield f"log_statement is {setting}: there is no record of who changed the schema"


RULE = stack_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.LOW,
    house=True,
    covers=("CKV2_AWS_30",),
)
