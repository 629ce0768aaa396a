"""kms-rotation: customer managed keys change their material every year.

Why: the longer one material encrypts, the more is lost on the day it is lost.

Remedy: set `enableKeyRotation`; what was encrypted before stays readable.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Setting, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(key: Resource, *, maximum_days: float) -> Findings:
    """Read switch and period, a year by default; KMS rotates no asymmetric and no HMAC keys."""
    if key.text("customerMasterKeySpec") not in {None, "SYMMETRIC_DEFAULT"}:
        raise NotApplicableError
    if not key.flag("enableKeyRotation"):
        yield "enableKeyRotation is off: one material encrypts for ever"
    elif (days := key.number("rotationPeriodInDays") or 0) > maximum_days:
        yield f"rotationPeriodInDays is {days:g}: longer than {maximum_days:g}"


def remediate(_: Resource) -> Patch:
    """Rotate yearly; no caller notices."""
    return {"enableKeyRotation": True, "rotationPeriodInDays": 365}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.KMS_KEY,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_7", "KMS5"),
    remediate=remediate,
    settings={"maximum_days": Setting(366, "days at most")},
)
