"""CrossGuard policies besides the rules: what is not judged, not decided, and changed."""

from collections.abc import Callable

import pulumi_policy

from rampart_policies import waivers
from rampart_policies.engine_memory import EngineMemory, in_one_line
from rampart_policies.graph import Graph
from rampart_policies.unjudged import Refuse, listed, refusals, unknown_types

UNKNOWN_TYPES, UNREADABLE, UNDECIDED = "unknown-types", "unreadable-providers", "undecided"
REMEDIATED = "remediated"
"""Policies besides the rules: what a run does not judge or decide, and what it changed."""

REPORTING = (UNKNOWN_TYPES, UNREADABLE, UNDECIDED, REMEDIATED)

GraphOf = Callable[[list[pulumi_policy.PolicyResource], int], Graph]
"""(resources of a stack, which of these policies asks: 0 or 1) -> their graph."""


def reporting_policies(graph_of: GraphOf, memory: EngineMemory) -> list[pulumi_policy.Policy]:
    """Make the policies; the first two read the stack, in this order."""
    return [*_unjudged(graph_of), _undecided(memory), _remediated(memory)]


def _unjudged(graph_of: GraphOf) -> list[pulumi_policy.Policy]:
    """Say what no rule knows, and refuse AWS resources that the rules cannot read."""

    def report(
        args: pulumi_policy.StackValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        if types := unknown_types(graph_of(args.resources, 0)):
            violation(f"not judged, because no rule knows their types: {listed(types)}", None)

    def refuse(
        args: pulumi_policy.StackValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        types = unknown_types(graph_of(args.resources, 1))
        for reason in refusals(types, len(args.resources), Refuse.UNREADABLE):
            violation(reason, None)

    return [
        pulumi_policy.StackValidationPolicy(
            name=UNKNOWN_TYPES,
            description="which resources no rule knows",
            validate=report,
            enforcement_level=pulumi_policy.EnforcementLevel.ADVISORY,
        ),
        pulumi_policy.StackValidationPolicy(
            name=UNREADABLE,
            description="AWS resources are made by a provider that the rules can read",
            validate=refuse,
            enforcement_level=pulumi_policy.EnforcementLevel.MANDATORY,
        ),
    ]


def _undecided(memory: EngineMemory) -> pulumi_policy.Policy:
    def report(
        args: pulumi_policy.StackValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        urns = [one.urn for one in args.resources]
        if undecided := memory.undecided(urns):
            violation(in_one_line(undecided, waivers.stack_of(urns[0])[0]), None)

    return pulumi_policy.StackValidationPolicy(
        name=UNDECIDED,
        description="checks that hang on values which only the deployment knows",
        validate=report,
        enforcement_level=pulumi_policy.EnforcementLevel.ADVISORY,
    )


def _remediated(memory: EngineMemory) -> pulumi_policy.Policy:
    """Say what was changed: the engine tells only which policy did, and asks for this next."""

    def report(
        args: pulumi_policy.ResourceValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        for rule, changed in memory.changed(args.urn).items():
            violation(f"{args.resource_type} {args.name}: {rule} changed {changed}", args.urn)

    return pulumi_policy.ResourceValidationPolicy(
        name=REMEDIATED,
        description="what remediations changed",
        validate=report,
        enforcement_level=pulumi_policy.EnforcementLevel.ADVISORY,
    )
