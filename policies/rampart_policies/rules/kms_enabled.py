"""kms-enabled: keys are usable, and take a month to delete.

Why: data under a deleted key is gone; the waiting time is all there is to notice a mistake.

Remedy: leave `isEnabled` on and `deletionWindowInDays` at 30.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule

LONGEST_WINDOW_DAYS = 30  # and the default


def check(key: Resource, *, minimum_days: float) -> Findings:
    """Read both settings; KMS enables keys and waits 30 days by default."""
    if not key.flag("isEnabled", default=True):
        yield "isEnabled is off: nothing under this key can be read"
    days = key.number("deletionWindowInDays") or LONGEST_WINDOW_DAYS
    if days < minimum_days:
        yield f"deletionWindowInDays is {days:g}: too short to notice a mistaken deletion"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.KMS_KEY,
    severity=Severity.MEDIUM,
    covers=("CKV_AWS_227", "KMS.3"),
    settings={"minimum_days": Setting(LONGEST_WINDOW_DAYS, "days before a key is deleted")},
)
