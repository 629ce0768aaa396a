from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def cluster(engine: str, *logs: str) -> Made:
    return made(aws.RDS_CLUSTER, engine=engine, enabledCloudwatchLogsExports=list(logs))


FIXTURE = Fixture(
    holds={
        "PostgreSQL": cluster("aurora-postgresql", "postgresql"),
        "MySQL": cluster("mysql", "error"),
    },
    breaks={
        "none": made(aws.RDS_INSTANCE),
        "empty": cluster("aurora-postgresql"),
        "only upgrades": cluster("postgres", "upgrade"),
    },
    mutation=put("enabledCloudwatchLogsExports", []),
)
