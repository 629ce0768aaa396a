"""ecr-immutable: a pushed tag never changes what it means.

Why: who may push could replace the image behind a tag that was reviewed.

Remedy: set `imageTagMutability` to `IMMUTABLE` and give every build a tag of its own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(repository: Resource) -> Findings:
    """Read the setting, whose default is MUTABLE; exclusions leave some tags mutable."""
    mutability = repository.text("imageTagMutability") or "MUTABLE"
    if mutability != "IMMUTABLE":
        yield f"imageTagMutability is {mutability}: a reviewed tag can get another image"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.ECR_REPOSITORY,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_51", "ECR.2"),
)
