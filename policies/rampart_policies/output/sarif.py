"""The report as SARIF 2.1.0, with the undecided as results of kind `open`.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. A location is the URN and,
where the state tells it, the file and the line of the declaration: a review shows it there.
"""

import json
from typing import Any
from urllib.parse import quote

from rampart_policies.graph import Graph, Resource
from rampart_policies.positions import Place
from rampart_policies.report import Breach, Report
from rampart_policies.rule import Rule, Severity
from rampart_policies.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "error",
}


def render(report: Report) -> str:
    """Render the report as one SARIF log."""
    rules = list(dict.fromkeys(outcome.rule for outcome in report.outcomes))
    index = {rule.id: position for position, rule in enumerate(rules)}
    results = [_breach(breach, index, report.graph) for breach in report.breaches]
    results += [
        {
            **_result(one.rule, one.resource, f"undecided: {one.unknown}", index, report.graph),
            "kind": "open",
            "level": "none",  # 3.27.10: level is none unless kind is fail
        }
        for one in report.undecided
    ]
    driver = {
        "name": "rampart-policies",
        "version": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "results": results,
        "invocations": [_invocation(report)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _invocation(report: Report) -> dict[str, Any]:
    notices = [
        {
            "level": "note",
            "message": {"text": f"not judged: {count} of type {kind}, which no rule knows"},
        }
        for kind, count in report.unknown_types.items()
    ]
    errors = [{"level": "error", "message": {"text": reason}} for reason in report.refusals]
    return {
        "executionSuccessful": not report.refusals,
        "toolExecutionNotifications": [*notices, *errors],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.law},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["security", *rule.covers]},
    }


def _breach(breach: Breach, index: dict[str, int], graph: Graph) -> dict[str, Any]:
    result = _result(breach.rule, breach.resource, breach.finding, index, graph)
    result["level"] = _LEVELS[breach.rule.severity] if breach.blocks else "note"
    if breach.waiver:
        result["suppressions"] = [{"kind": "external", "justification": breach.waiver.reason}]
    elif breach.old:
        result["baselineState"] = "unchanged"
    return result


def _result(
    rule: Rule, resource: Resource, text: str, index: dict[str, int], graph: Graph
) -> dict[str, Any]:
    return {
        "ruleId": rule.id,
        "ruleIndex": index[rule.id],
        "message": {"text": f"{resource.type} {resource.name}: {text}"},
        "locations": [_location(resource, graph.declared_at(resource))],
    }


def _location(resource: Resource, place: Place | None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [
            {"name": resource.name, "fullyQualifiedName": resource.urn, "kind": "resource"}
        ]
    }
    if place:
        file, line = place
        location["physicalLocation"] = {
            "artifactLocation": {"uri": quote(file), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": line},
        }
    return location
