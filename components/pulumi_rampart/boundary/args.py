"""The boundary as other components take it: ids, ARNs and choices, from any language or stack."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

from pulumi import Input, Output
from pulumi.provider.experimental.util import camel_case

from pulumi_rampart.arguments import refused

DATA_CLASSES = ("public", "internal", "confidential", "personal")
DATA_CLASS_TAG = "data-class"
DEFAULT_LOG_LEVEL = "INFO"


class Boundary(TypedDict):
    """What a component has to know of its boundary; `SecurityBoundary.args` has these values."""

    prefix: Input[str]
    """First part of physical names: project and stack."""
    region: Input[str]
    """Region of everything in the boundary."""
    account_id: Input[str]
    """Account of everything in the boundary."""
    key_arn: Input[str]
    """Customer managed key for data at rest."""
    alarm_topic_arn: Input[str]
    """Where alarms are sent."""
    permissions_boundary_arn: Input[str]
    """The most a role made here may be granted."""
    vpc_id: Input[str]
    """The private network."""
    private_subnet_ids: Input[list[str]]
    """Subnets with no route to the internet."""
    private_security_group_id: Input[str]
    """For functions that reach AWS only."""
    egress_subnet_ids: Input[list[str]]
    """Subnets with a way out to allowed domains; empty if no function may leave."""
    egress_security_group_id: Input[str]
    """For functions that call the outside world; empty if none may."""
    access_log_bucket: Input[str]
    """Receives the access logs of buckets."""
    artifacts_bucket: Input[str]
    """Holds function code before and after it is signed."""
    signing_profile_name: Input[str]
    """Signs function code."""
    code_signing_config_arn: Input[str]
    """What functions check signatures against."""
    data_class: Input[str]
    """How sensitive the data inside the boundary is; stores carry it as a tag."""
    log_retention_days: Input[int]
    """How long log groups keep their events, in days."""
    deletion_protection: Input[bool]
    """Whether stores refuse to be deleted."""
    grantable_actions: NotRequired[Input[list[str]]]
    """IAM actions that roles may be granted. Default those of `role_limit.GRANTABLE`."""
    log_level: NotRequired[Input[str]]
    """Least level that functions log. Default INFO."""
    tags: NotRequired[dict[str, Input[str]]]
    """For every resource of every component that can have tags. Default none."""


# Of fields that a boundary of another stack may lack.
_DEFAULTS = {"log_level": DEFAULT_LOG_LEVEL}


def boundary_of(given: Input[Boundary]) -> Boundary:
    """Return a boundary field by field, from whatever it came.

    Args:
        given: `SecurityBoundary.args`; or the same as one output, as programs in other languages
            pass it and as a stack reference has it. Its keys may be camel case.

    Raises:
        ArgumentError: at deployment, when the output turns out not to be a boundary.
    """
    if isinstance(given, Mapping):
        return given
    whole = Output.from_input(given)
    fields = {
        name: whole.apply(lambda value, name=name: _field(value, name))
        for name in Boundary.__annotations__
        if name != "tags"  # which tags there are has to be known before anything is created
    }
    return cast("Boundary", fields)


def prefixed(boundary: Boundary, name: str) -> Input[str]:
    """Return a physical name: the boundary's prefix, a hyphen and `name`."""
    prefix = boundary["prefix"]
    return f"{prefix}-{name}" if isinstance(prefix, str) else Output.concat(prefix, "-", name)


def is_protected(boundary: Boundary) -> Output[bool]:
    """Tell whether stores refuse to be deleted."""
    return Output.from_input(boundary["deletion_protection"])


def _field(value: Any, name: str) -> Any:  # noqa: ANN401  # whatever the other stack exports
    if not isinstance(value, Mapping):
        kind = type(value).__name__
        raise refused("boundary", "", f"is {kind}; export the boundary's `args`, a mapping.")
    given = cast("Mapping[str, Any]", value)
    found = given.get(name, given.get(camel_case(name), _DEFAULTS.get(name)))
    # A key that is silently absent would leave a store unencrypted.
    if found is None and name in Boundary.__required_keys__:
        raise refused("boundary", name, "is missing; export all of the boundary's `args`.")
    return found
