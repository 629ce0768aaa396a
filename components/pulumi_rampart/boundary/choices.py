"""What a deployment decides about its boundary, and which choices go together."""

from typing import Annotated, NotRequired, TypedDict

from pulumi_rampart.arguments import OneOf, refused
from pulumi_rampart.boundary.address_plan import ZONES, NetworkRange
from pulumi_rampart.boundary.alarm_topic import EMAIL
from pulumi_rampart.boundary.args import DATA_CLASSES
from pulumi_rampart.boundary.domains import DOMAIN, EACH_ONCE, PORT, PORT_LIST
from pulumi_rampart.boundary.egress import RULE_CAPACITY
from pulumi_rampart.boundary.endpoints import Services
from pulumi_rampart.boundary.existing_network import ExistingNetworkArgs
from pulumi_rampart.boundary.grantable import ACTION
from pulumi_rampart.boundary.retention import RETENTION
from pulumi_rampart.boundary.role_limit import check_size
from pulumi_rampart.boundary.signing import VERDICT
from pulumi_rampart.boundary.tags import Tags
from pulumi_rampart.functions.log_level import LOG_LEVEL

DEFAULT_ZONES = 2
WAYS_OUT = ("firewall", "dns")


class SecurityBoundaryArgs(TypedDict):
    """What a deployment decides about its boundary."""

    availability_zones: NotRequired[Annotated[int, ZONES]]
    """How many zones the private network spans, 1 to 4. Default 2."""
    cidr: NotRequired[Annotated[str, NetworkRange()]]
    """Address range of the network, a /16. Default 10.0.0.0/16."""
    network: NotRequired[ExistingNetworkArgs]
    """A VPC that is there already, instead of one of the boundary's own. Default none."""
    interface_services: NotRequired[Services]
    """AWS services with an interface endpoint; S3 and DynamoDB have a gateway. Default those that
    the program's functions use; name them if functions are in other stacks."""
    endpoint_zones: NotRequired[Annotated[int, ZONES]]
    """Zones in which each interface endpoint has an address, about 8 USD a month each, at most
    `availability_zones`; functions of other zones reach it there. Default all."""
    egress: NotRequired[
        Annotated[str, OneOf(WAYS_OUT, "leave `egress_domains` out for no way out at all.")]
    ]
    """How functions with egress leave: `firewall` reads the name of every connection (Network
    Firewall, about 290 USD a month and zone), `dns` filters names only (one NAT gateway, about 35
    USD a month; a function that knows an address connects to it). Default firewall."""
    egress_domains: NotRequired[Annotated[list[Annotated[str, DOMAIN]], EACH_ONCE]]
    """Domains functions with egress may call; a leading dot allows subdomains. Default none."""
    egress_ports: NotRequired[Annotated[list[Annotated[int, PORT]], PORT_LIST, EACH_ONCE]]
    """TCP ports of those domains, 1 to 65535. Default 443."""
    grantable_actions: NotRequired[list[Annotated[str, ACTION]]]
    """IAM actions that roles may be granted besides those of the data services: what functions
    use of Bedrock, SES or streams. Default none."""
    alarm_emails: NotRequired[Annotated[list[Annotated[str, EMAIL]], EACH_ONCE]]
    """Who is told of alarms. Default nobody: subscribe to the topic yourself."""
    data_class: NotRequired[
        Annotated[str, OneOf(DATA_CLASSES, "name the most sensitive data it holds.")]
    ]
    """How sensitive the data is: public, internal, confidential or personal. Default internal."""
    log_retention_days: NotRequired[Annotated[int, RETENTION]]
    """Days that log groups keep their events, a number CloudWatch Logs allows. Default 365."""
    log_level: NotRequired[Annotated[str, LOG_LEVEL]]
    """Least level that functions log: TRACE, DEBUG, INFO, WARN, ERROR or FATAL. Default INFO."""
    deletion_protection: NotRequired[bool]
    """Whether stores and the directory refuse to be deleted. Default true."""
    code_signing: NotRequired[Annotated[str, VERDICT]]
    """`Enforce` refuses unsigned code, `Warn` only reports it. Default Enforce."""
    tags: NotRequired[Tags]
    """For every resource inside the boundary that can have tags, at most 10. Default none."""


def check_relations(name: str, args: SecurityBoundaryArgs) -> None:
    """Refuse choices that exclude each other.

    Raises:
        ArgumentError: names both and what to do.
    """
    check_size(name, "grantable_actions", args.get("grantable_actions", []))
    if "network" in args:
        _check_given_network(name, args, args["network"])
    zones = args.get("availability_zones", DEFAULT_ZONES)
    if args.get("endpoint_zones", 1) > zones:
        raise refused(
            name,
            "endpoint_zones",
            f"the network has {zones} zones; ask for at most as many.",
            got=args.get("endpoint_zones"),
        )
    _check_egress(name, args)


def _check_egress(name: str, args: SecurityBoundaryArgs) -> None:
    domains = args.get("egress_domains", [])
    if "egress" in args and not domains:
        raise refused(
            name,
            "egress",
            "there is nothing to call; name hosts in `egress_domains`, or leave it out.",
        )
    leads_out = "egress_subnet_ids" in args["network"] if "network" in args else bool(domains)
    if "egress_ports" in args and not leads_out:
        raise refused(
            name,
            "egress_ports",
            "there is no way out; name hosts in `egress_domains`, or leave it out.",
        )
    firewall = "network" not in args and args.get("egress", "firewall") == "firewall"
    if firewall and len(domains) > RULE_CAPACITY:
        raise refused(
            name,
            "egress_domains",
            f"the firewall has room for {RULE_CAPACITY} rules, not {len(domains)}; allow domains "
            "with a leading dot, or choose 'dns' as `egress`.",
        )


def _check_given_network(
    name: str, args: SecurityBoundaryArgs, network: ExistingNetworkArgs
) -> None:
    for key in ("cidr", "availability_zones", "endpoint_zones"):
        if key in args:
            raise refused(name, key, "the subnets of `network` decide this; leave one of both out.")
    if args.get("egress") == "firewall":
        raise refused(
            name,
            "egress",
            "a Network Firewall needs subnets and routes of its own, and `network` brings its "
            "own; put one into that network, or choose 'dns' to filter names.",
            got="firewall",
        )
    if args.get("egress_domains") and "egress_subnet_ids" not in network:
        raise refused(
            name,
            "egress_domains",
            "functions with egress need subnets with a way out; name them in "
            "`network.egress_subnet_ids`.",
        )
    # Where endpoints are there already none are made, so nothing can be said about them.
    for key in ("interface_services", "network.route_table_ids"):
        given = key in args or key.removeprefix("network.") in network
        if "endpoint_security_group_id" in network and given:
            raise refused(
                name,
                key,
                "no endpoints are made where `network.endpoint_security_group_id` says that there "
                "are some; leave one of both out.",
            )
