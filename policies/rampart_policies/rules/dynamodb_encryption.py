"""dynamodb-encryption: every table is encrypted with a customer managed key.

Why: a key policy cannot restrict the key that AWS owns, and its use is not in CloudTrail.

Remedy: set `serverSideEncryption` to enabled with the `kmsKeyArn` of the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import names_customer_key


def check(table: Resource) -> Findings:
    """Ask for a key of our own."""
    if not names_customer_key(table):
        yield "serverSideEncryption has no customer managed key: access cannot be revoked by key"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.DYNAMODB_TABLE,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_119",),
)
