"""Which AWS services a function's own code may call."""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import granted_to
from rampart_policies.iam.requesters import OURSELVES_DIRECTLY
from rampart_policies.iam.search import keeps_out
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UndecidedError

_NOT_BY_CODE = {"*", "ec2", "logs", "rds-db", "xray"}

# Prefix of actions -> name of the endpoint, where they differ.
# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
_ENDPOINTS = {"bedrock": "bedrock-runtime", "cloudwatch": "monitoring"}


def services_used(function: Resource, graph: Graph) -> set[str]:
    """Return the services a function's own code may call, by the names of their VPC endpoints.

    Left out is what AWS calls on the function's behalf, which needs no endpoint: Lambda writes
    logs and traces and makes network interfaces, other services use the key (`kms:ViaService`),
    and a database checks its login by itself.
    """
    role = graph.target(function, "role", aws.IAM_ROLE)
    if role is None:
        raise UndecidedError(f"role of {function.name}", "is made outside this stack")
    prefixes = {
        action.partition(":")[0].lower()
        for statement in granted_to(role, graph)
        if statement.allows and not _only_by_services(statement)
        for action in statement.actions
    }
    return {_ENDPOINTS.get(prefix, prefix) for prefix in prefixes - _NOT_BY_CODE}


def _only_by_services(statement: Statement) -> bool:
    direct = "kms:viaservice"  # absent where the caller asks KMS without a service between
    tested = any(test.key == direct for test in statement.tests)
    return tested and keeps_out(statement, direct, OURSELVES_DIRECTLY) is True
