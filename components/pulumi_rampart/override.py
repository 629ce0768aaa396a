"""The common case of Pulumi's own escape hatch: some inputs of one child, in one line."""

import inspect
import typing

import pulumi
from pulumi.provider.experimental.util import camel_case

from pulumi_rampart.arguments.nearest import nearest

# What every resource's constructor takes besides its inputs.
_NOT_INPUTS = {"__self__", "self", "resource_name", "opts", "args"}


def override(
    kind: type[pulumi.CustomResource], name: str, /, **inputs: pulumi.Input[object]
) -> pulumi.ResourceTransform:
    """Return a transform that sets inputs of one child of a component, at any depth.

    Args:
        kind: class of the child.
        name: its logical name: the component's, a hyphen and the part.
        inputs: by the names of `kind`'s own arguments; they replace what the component chose.

    Raises:
        TypeError: `kind` has no such input; the message names the nearest.

    Example:
        jobs = ObservedQueue(
            "jobs",
            {"boundary": boundary.args, "consumer_timeout_seconds": 60},
            pulumi.ResourceOptions(
                transforms=[override(sqs.Queue, "jobs", message_retention_seconds=86_400)]
            ),
        )
    """
    known = _inputs_of(kind)
    for key in inputs:
        if key not in known:
            near = nearest(key, known)
            hint = f"; did you mean {near}?" if near else f"; it has {', '.join(sorted(known))}."
            raise TypeError(f"{kind.__name__} has no input {key}{hint}")
    changes = {camel_case(key): value for key, value in inputs.items()}
    type_: str = getattr(kind, "pulumi_type")  # noqa: B009  # the SDK's decorator sets it, unknown to types

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if (args.type_, args.name) != (type_, name):
            return None
        return pulumi.ResourceTransformResult(props={**args.props, **changes}, opts=args.opts)

    return transform


def _inputs_of(kind: type[pulumi.CustomResource]) -> set[str]:
    constructors = typing.get_overloads(kind.__init__)
    names = {name for each in constructors for name in inspect.signature(each).parameters}
    return names - _NOT_INPUTS
