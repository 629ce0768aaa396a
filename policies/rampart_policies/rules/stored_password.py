"""stored-password: no store takes its password from the program.

Why: what the program gives stands in its state and in every copy of it, and is never renewed.

Remedy: set `manageMasterUserPassword` (`manageMasterPassword` in Redshift), so that AWS makes the
password, keeps it in Secrets Manager and renews it; else use the write-only argument.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import SECRET

PASSWORDS = {
    aws.RDS_CLUSTER: ("masterPassword",),
    aws.RDS_INSTANCE: ("password",),
    aws.DOCDB_CLUSTER: ("masterPassword",),
    aws.REDSHIFT_CLUSTER: ("masterPassword",),
    aws.ELASTICACHE_GROUP: ("authToken",),
}


def check(store: Resource) -> Findings:
    """Look for a password; a cache with users, or one that IAM lets in, needs none."""
    for key in PASSWORDS[store.type]:
        if store.has(key):
            marked = store.text(key) == SECRET
            where = "in the program's state" if marked else "in the program, in plain sight"
            yield f"{key} stands {where}, and is never renewed"


RULE = resource_rule(__doc__, check, on=tuple(PASSWORDS), severity=Severity.HIGH)
