from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "enabled": made(aws.BUCKET_VERSIONING[0], versioningConfiguration={"status": "Enabled"}),
        "older": made(aws.BUCKET_VERSIONING[1], versioningConfiguration={"status": "Enabled"}),
    },
    breaks={
        "suspended": made(
            aws.BUCKET_VERSIONING[0], versioningConfiguration={"status": "Suspended"}
        ),
        "disabled": made(aws.BUCKET_VERSIONING[0], versioningConfiguration={"status": "Disabled"}),
        "none": made(aws.BUCKET_VERSIONING[0]),
    },
    mutation=put("versioningConfiguration.status", "Suspended"),
)
