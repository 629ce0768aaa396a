from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

ABORT = {"abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}


def lifecycle(*rules: dict[str, object]) -> Made:
    return made(aws.BUCKET_LIFECYCLE[0], rules=list(rules))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the setting out of every rule, and leave what else they do."""
    for rule in judged["inputs"]["rules"]:
        rule.pop("abortIncompleteMultipartUpload", None)
    return resources


FIXTURE = Fixture(
    holds={"in one of the rules": lifecycle({"status": "Enabled"}, {"status": "Enabled", **ABORT})},
    breaks={
        "none": lifecycle({"status": "Enabled"}),
        "switched off": lifecycle({"status": "Disabled", **ABORT}),
        "no rules": lifecycle(),
    },
    mutation=change,
)
