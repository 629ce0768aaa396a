"""What the recorded graph says about functions beyond what the Lambda API keeps."""

import re
from pathlib import Path

from pulumi_rampart.testing import Graph, Resource
from rampart_local.aws.registry import block, many
from rampart_local.executor.functions import Placement

_ANYWHERE = "0.0.0.0/0"
_COMMAND = re.compile(r'^CMD\s+\[\s*"([^"]+)"', re.MULTILINE)


def placements(graph: Graph, root: Path) -> list[Placement]:
    """Describe every function of a graph.

    Args:
        graph: as it was created, with real ids.
        root: the program's folder, which relative build contexts start from.

    Raises:
        LookupError: an image function whose image is not built by the program.
    """
    ways_out = _subnets_with_a_way_out(graph)
    open_groups = _groups_with_a_way_out(graph)
    images = {image.outputs["repoDigest"]: image for image in graph.of("docker:index/image:Image")}
    found: list[Placement] = []
    for function in graph.of("aws:lambda/function:Function"):
        network = block(function.inputs, "vpcConfig")
        subnets = set(many(network, "subnetIds"))
        groups = set(many(network, "securityGroupIds"))
        image = function.inputs.get("imageUri")
        found.append(
            Placement(
                name=function.id,
                # Outside a network of ours a function reaches everything.
                egress=not subnets or bool(subnets & ways_out and groups & open_groups),
                reserved_concurrency=_reserved(function),
                **(_image(function, images, root) if image else {}),
            )
        )
    return found


def _reserved(function: Resource) -> int | None:
    """Return how many may run at once; -1 is how a program says that none are reserved."""
    reserved = function.inputs.get("reservedConcurrentExecutions")
    return None if reserved is None or reserved < 0 else int(reserved)


def _image(function: Resource, images: dict[str, Resource], root: Path) -> dict[str, str]:
    uri = function.inputs["imageUri"]
    if uri not in images:
        raise LookupError(
            f"{function.name} runs {uri}, which no docker:index/image:Image of this program "
            f"builds; a laptop cannot fetch it. It builds {sorted(images)}."
        )
    build = block(images[uri].inputs, "build")
    context = root / build.get("context", ".")
    commands = many(block(function.inputs, "imageConfig"), "commands")
    handler = commands[0] if commands else _command(root / build.get("dockerfile", "Dockerfile"))
    return {"image_folder": str(context.resolve()), "image_handler": handler}


def _command(dockerfile: Path) -> str:
    found = _COMMAND.search(dockerfile.read_text())
    if found is None:
        raise LookupError(f'{dockerfile} names no handler: it needs a CMD ["module.function"].')
    return found[1]


def _subnets_with_a_way_out(graph: Graph) -> set[str]:
    """Find subnets whose route table leads anywhere: to a NAT, a gateway or a firewall."""
    tables = {
        route.inputs["routeTableId"]
        for route in graph.of("aws:ec2/route:Route")
        if route.inputs.get("destinationCidrBlock") == _ANYWHERE
    }
    tables |= {
        table.id
        for table in graph.of("aws:ec2/routeTable:RouteTable")
        if any(r.get("cidrBlock") == _ANYWHERE for r in many(table.inputs, "routes"))
    }
    return {
        association.inputs["subnetId"]
        for association in graph.of("aws:ec2/routeTableAssociation:RouteTableAssociation")
        if association.inputs["routeTableId"] in tables and "subnetId" in association.inputs
    }


def _groups_with_a_way_out(graph: Graph) -> set[str]:
    rules = {
        rule.inputs["securityGroupId"]
        for rule in graph.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
        if rule.inputs.get("cidrIpv4") == _ANYWHERE
    }
    return rules | {
        group.id
        for group in graph.of("aws:ec2/securityGroup:SecurityGroup")
        if any(_ANYWHERE in many(r, "cidrBlocks") for r in many(group.inputs, "egress"))
    }
