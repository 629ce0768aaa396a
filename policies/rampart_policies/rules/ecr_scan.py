"""ecr-scan: images are scanned for known weaknesses when they are pushed.

Why: an image holds hundreds of packages, whose vulnerabilities only a scan finds.

Remedy: set `imageScanningConfiguration.scanOnPush`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(repository: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not repository.flag("imageScanningConfiguration.scanOnPush"):
        yield "imageScanningConfiguration.scanOnPush is off: known weaknesses run unnoticed"


def remediate(_: Resource) -> Patch:
    """Scan on push; scanning delays nothing and is free of charge."""
    return {"imageScanningConfiguration": {"scanOnPush": True}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.ECR_REPOSITORY,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_163", "ECR.1"),
    remediate=remediate,
)
