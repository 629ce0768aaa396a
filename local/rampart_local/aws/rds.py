"""Amazon RDS: not created; a program whose configuration names a database uses that one."""

from rampart_local.aws.registry import RECORDED_ONLY

_REASON = "a cluster takes a container; the PostgreSQL stand-in is used where the project says so"

for _kind in (
    "cluster:Cluster",
    "clusterInstance:ClusterInstance",
    "clusterParameterGroup:ClusterParameterGroup",
    "proxy:Proxy",
    "proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
    "proxyTarget:ProxyTarget",
    "subnetGroup:SubnetGroup",
):
    RECORDED_ONLY[f"aws:rds/{_kind}"] = _REASON
