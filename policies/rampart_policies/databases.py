"""Settings of relational databases that stand beside them, in parameter groups."""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import NotApplicableError


def postgres_parameter(database: Resource, name: str, graph: Graph) -> str | None:
    """Return what a PostgreSQL cluster or instance is told about a parameter, or None.

    Raises:
        NotApplicableError: the database is no PostgreSQL.
    """
    if "postgres" not in (database.text("engine") or ""):
        raise NotApplicableError
    if database.type == aws.RDS_CLUSTER:
        group = graph.target(database, "dbClusterParameterGroupName", aws.RDS_CLUSTER_PARAMETERS)
    else:
        group = graph.target(database, "parameterGroupName", aws.RDS_PARAMETERS)
    given = group.blocks("parameters") if group else []
    values = {parameter.text("name"): parameter.text("value") for parameter in given}
    return values.get(name)
