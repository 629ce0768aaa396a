"""The rules as CrossGuard policies: the same checks on what Pulumi's engine sends.

Unknown values arrive behind proxies that raise when touched; they are opened here and judged by
our own readers, so that one check says the same offline and in `pulumi preview`.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import pulumi_policy
from pulumi_policy.deserialize import serialize_properties

from rampart_policies import snapshot, waivers
from rampart_policies.changes import told
from rampart_policies.declared import declared
from rampart_policies.engine_memory import EngineMemory
from rampart_policies.graph import Graph, Resource
from rampart_policies.pack import RULES
from rampart_policies.reporting import reporting_policies
from rampart_policies.rule import Rule
from rampart_policies.sdk_seams import keep_marks, remember_declarations, say_version
from rampart_policies.tokens import canonical
from rampart_policies.values import Value
from rampart_policies.verdict import judge, judge_one
from rampart_policies.version import __version__
from rampart_policies.wire import masked

Waived = Callable[[str, str, str], bool]
"""(rule id, URN, finding) -> whether a waiver in force accepts it."""


def serve(own: Iterable[Rule] = ()) -> None:
    """Serve the pack to Pulumi's engine; blocks until the engine ends the process.

    Args:
        own: rules of a team's own, besides those of the pack.
    """
    rules = (*RULES, *own)
    memory = EngineMemory()
    keep_marks()
    say_version(__version__)
    remember_declarations(memory.declares)
    pulumi_policy.PolicyPack("rampart", policies(rules, waived_today(), memory))


def policies(
    rules: Iterable[Rule], waived: Waived, memory: EngineMemory
) -> list[pulumi_policy.Policy]:
    """One CrossGuard policy per rule, and four that say what the rules left and changed."""
    graphs, given = _Graphs(memory), list(rules)
    made = [
        _stack_policy(rule, waived, graphs, position, memory)
        if rule.needs_graph
        else _resource_policy(rule, waived, memory)
        for position, rule in enumerate(given)
    ]

    def graph_of(resources: list[pulumi_policy.PolicyResource], position: int) -> Graph:
        return graphs.of(resources, len(given) + position)

    return [*made, *reporting_policies(graph_of, memory)]


def waived_today() -> Waived:
    """Return what is accepted: waivers of the pack that have not expired, and its snapshot."""
    today = datetime.now(tz=UTC).date()
    in_force = {
        (waiver.rule, waiver.resource, waiver.finding)
        for waiver in waivers.read(waivers.FILE, [rule.id for rule in RULES])
        if waiver.expires >= today
    }
    if snapshot.FILE.is_file():
        in_force |= snapshot.read(snapshot.FILE)
    return lambda rule, urn, finding: (rule, urn, finding) in in_force


def _resource_policy(rule: Rule, waived: Waived, memory: EngineMemory) -> pulumi_policy.Policy:
    def validate(
        args: pulumi_policy.ResourceValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        if canonical(args.resource_type) not in rule.on:
            return args.not_applicable(f"judges {', '.join(rule.on)}")
        outcome = judge_one(rule, _resource(args), None, _settings(args))
        if outcome is None:
            return args.not_applicable("another kind of resource")
        for finding in outcome.findings:
            if not waived(rule.id, args.urn, finding):
                violation(_message(rule, outcome.resource, finding), args.urn)
        memory.decides(rule.id, args.urn, outcome.unknown)
        return None

    def remediate(args: pulumi_policy.ResourceValidationArgs) -> Mapping[str, Any] | None:
        if canonical(args.resource_type) not in rule.on or rule.remediate is None:
            return None
        resource = _resource(args)
        outcome = judge_one(rule, resource, None, _settings(args))
        if outcome is None or not outcome.findings:
            memory.changes(rule.id, args.urn, "")
            return None
        patch = rule.remediate(resource)
        memory.changes(rule.id, args.urn, told(resource.fields, patch))
        # Secrets stay in their envelopes: only the named properties are replaced.
        return {**_plain(args.props), **patch}

    return pulumi_policy.ResourceValidationPolicy(
        **_about(rule),
        validate=validate,
        remediate=cast("Any", remediate) if rule.remediate else None,
    )


class _Graphs(threading.local):
    """Makes the graph of a stack once for all rules, instead of once for each.

    The SDK gives every rule its own copy of the same resources, rule by rule in the order of the
    pack, a request in one thread. A rule that is not later than the last one starts a new request.
    """

    def __init__(self, memory: EngineMemory) -> None:
        self._memory = memory
        self._last, self._urns, self._graph = -1, list[str](), Graph([])

    def of(self, resources: list[pulumi_policy.PolicyResource], position: int) -> Graph:
        urns = [one.urn for one in resources]
        if position <= self._last or urns != self._urns:
            self._urns, self._graph = urns, Graph(_resource(one, self._memory) for one in resources)
        self._last = position
        return self._graph


def _stack_policy(
    rule: Rule, waived: Waived, graphs: _Graphs, position: int, memory: EngineMemory
) -> pulumi_policy.Policy:
    def validate(
        args: pulumi_policy.StackValidationArgs, violation: pulumi_policy.ReportViolation
    ) -> None:
        graph = graphs.of(args.resources, position)
        for outcome in judge([rule], graph, {rule.id: _settings(args)}):
            urn = outcome.resource.urn
            for finding in outcome.findings:
                if not waived(rule.id, urn, finding):
                    violation(_message(rule, outcome.resource, finding), urn)
            memory.decides(rule.id, urn, outcome.unknown)

    return pulumi_policy.StackValidationPolicy(**_about(rule), validate=validate)


def _about(rule: Rule) -> dict[str, Any]:
    schema = {name: setting.schema for name, setting in rule.settings.items()}
    return {
        "name": rule.id,
        "description": rule.law,
        "severity": pulumi_policy.Severity(rule.severity.name.lower()),
        "enforcement_level": pulumi_policy.EnforcementLevel(rule.default_enforcement.value),
        "remediation_steps": rule.remedy,
        "framework": pulumi_policy.PolicyComplianceFramework(
            name="Rampart", specification=", ".join(rule.covers) or None
        ),
        "tags": ["serverless", *rule.covers],
        "config_schema": pulumi_policy.PolicyConfigSchema(schema) if schema else None,
    }


def _message(rule: Rule, resource: Resource, finding: str) -> str:
    return f"{resource.type} {resource.name}: {finding}. Why: {rule.why} Remedy: {rule.remedy}"


def _resource(
    given: pulumi_policy.ResourceValidationArgs | pulumi_policy.PolicyResource,
    memory: EngineMemory | None = None,
) -> Resource:
    dependencies: dict[str, list[str]] = {}
    before: list[str] = []
    external = False
    fields = cast("dict[str, Value]", masked(_plain(given.props)))
    if isinstance(given, pulumi_policy.PolicyResource):
        before = [one.urn for one in given.dependencies]
        for key, resources in given.property_dependencies.items():
            dependencies[key] = [one.urn for one in resources]
        inputs = memory.declared(given.urn) if memory else None
        external = inputs is None  # the engine shows by itself what the program declares
        if inputs is not None:
            fields = declared(given.resource_type, inputs, fields)
    parent = given.opts.parent or ""
    return Resource(
        given.urn,
        given.resource_type,
        fields,
        parent=parent,
        dependencies=before,
        property_dependencies=dependencies,
        custom=given.provider is not None,  # the engine says of no component who makes it
        external=external,
    )


def _plain(properties: Mapping[str, Any]) -> dict[str, Value]:
    return cast("dict[str, Value]", serialize_properties(properties))


def _settings(
    args: pulumi_policy.ResourceValidationArgs | pulumi_policy.StackValidationArgs,
) -> Mapping[str, Value]:
    return cast("Mapping[str, Value]", args.get_config())
