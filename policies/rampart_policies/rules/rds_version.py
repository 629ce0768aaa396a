"""rds-version: a database whose minor versions rise by themselves names no minor version.

Why: after RDS has upgraded it, the next update would take the database back to the version that
the program names, which RDS refuses: nothing in the stack can be updated any more.

Remedy: name the major version alone, or set `autoMinorVersionUpgrade` to false.
"""

import re

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule

# 17.5, 8.0.35, 8.0.mysql_aurora.3.08.0: PostgreSQL counts one part as major, MySQL two.
EXACT = {"postgres": r"\d+\.\d+.*", "mysql": r"\d+\.\d+\..+", "mariadb": r"\d+\.\d+\..+"}


def check(database: Resource, graph: Graph) -> Findings:
    """Compare its version with what its instances are told of upgrades."""
    version, engine = database.text("engineVersion") or "", database.text("engine") or ""
    form = next((one for name, one in EXACT.items() if name in engine), None)
    if form is None or not re.fullmatch(form, version):
        return
    members = [database]
    if database.type == aws.RDS_CLUSTER:
        members = graph.referrers(database, aws.RDS_CLUSTER_INSTANCE, "clusterIdentifier")
    if any(one.flag("autoMinorVersionUpgrade", default=True) for one in members):
        yield f"engineVersion is {version}, and minor upgrades are automatic"


RULE = stack_rule(__doc__, check, on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE), severity=Severity.MEDIUM)
