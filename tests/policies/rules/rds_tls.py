from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def parameters(setting: str) -> Made:
    given = [{"name": "rds.force_ssl", "value": setting}]
    return made(aws.RDS_CLUSTER_PARAMETERS, "settings", parameters=given)


CLUSTER = made(aws.RDS_CLUSTER, engine="aurora-postgresql", dbClusterParameterGroupName="settings")

FIXTURE = Fixture(
    holds={"forced": [CLUSTER, parameters("1")]},
    breaks={
        "the default group": made(aws.RDS_INSTANCE, engine="postgres"),
        "a group of others": [CLUSTER, made(aws.RDS_CLUSTER_PARAMETERS, "settings")],
        "off": [CLUSTER, parameters("0")],
    },
    not_applicable={"MySQL": made(aws.RDS_CLUSTER, engine="aurora-mysql")},
    mutation=put(
        "parameters",
        [{"name": "log_statement", "value": "ddl"}, {"name": "rds.force_ssl", "value": "0"}],
        on=aws.RDS_CLUSTER_PARAMETERS,
    ),
)
