"""Rules on VPCs, their routes, endpoints and security groups, and on the order of creation."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    endpoint_policy,
    hidden_dependency,
    list_managed_twice,
    nacl_ingress_open,
    sg_description,
    sg_egress_open,
    sg_ingress_open,
    sg_prefix_list_open,
    subnet_public_ip,
    vpc_default,
    vpc_default_group,
    vpc_flow_logs,
)

RULES: tuple[Rule, ...] = (
    sg_prefix_list_open.RULE,
    nacl_ingress_open.RULE,
    endpoint_policy.RULE,
    list_managed_twice.RULE,
    hidden_dependency.RULE,
    sg_description.RULE,
    sg_egress_open.RULE,
    sg_ingress_open.RULE,
    subnet_public_ip.RULE,
    vpc_default.RULE,
    vpc_default_group.RULE,
    vpc_flow_logs.RULE,
)
