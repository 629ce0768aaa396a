from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def parameters(setting: str, kind: str = aws.RDS_CLUSTER_PARAMETERS) -> Made:
    return made(kind, "settings", parameters=[{"name": "log_statement", "value": setting}])


CLUSTER = made(aws.RDS_CLUSTER, engine="aurora-postgresql", dbClusterParameterGroupName="settings")
INSTANCE = made(aws.RDS_INSTANCE, engine="postgres", parameterGroupName="settings")

FIXTURE = Fixture(
    holds={
        "a cluster": [CLUSTER, parameters("ddl")],
        "an instance": [INSTANCE, parameters("all", aws.RDS_PARAMETERS)],
    },
    breaks={
        "the default group": made(aws.RDS_CLUSTER, engine="aurora-postgresql"),
        "a group of others": [CLUSTER, made(aws.RDS_CLUSTER_PARAMETERS, "settings")],
        "none": [CLUSTER, parameters("none")],
        "none, on an instance": [INSTANCE, parameters("none", aws.RDS_PARAMETERS)],
    },
    not_applicable={"MySQL": made(aws.RDS_CLUSTER, engine="aurora-mysql")},
    mutation=put(
        "parameters",
        [{"name": "log_statement", "value": "none"}, {"name": "rds.force_ssl", "value": "1"}],
        on=aws.RDS_CLUSTER_PARAMETERS,
    ),
)
