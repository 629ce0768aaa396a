from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def cluster(kind: str, *, enabled: bool) -> Made:
    return made(
        aws.DAX_CLUSTER,
        serverSideEncryption={"enabled": enabled},
        clusterEndpointEncryptionType=kind,
    )


FIXTURE = Fixture(
    holds={"both": cluster("TLS", enabled=True)},
    breaks={
        "none": made(aws.DAX_CLUSTER),
        "readable": cluster("TLS", enabled=False),
        "readable on the way": cluster("NONE", enabled=True),
    },
    mutation=put("clusterEndpointEncryptionType", "NONE"),
)
