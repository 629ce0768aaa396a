"""rds-proxy-tls: database proxies refuse connections without TLS.

Why: a client that does not ask for TLS sends rows and passwords readable.

Remedy: set `requireTls`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(proxy: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not proxy.flag("requireTls"):
        yield "requireTls is off: clients may connect without TLS"


def remediate(_: Resource) -> Patch:
    """Require it; drivers of the last years speak TLS by default."""
    return {"requireTls": True}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.RDS_PROXY,
    severity=Severity.MEDIUM,
    house=True,
    covers=("RDS.43",),
    remediate=remediate,
)
