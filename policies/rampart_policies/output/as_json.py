"""The report as JSON: every breach, every undecided check, the counts."""

import json

from rampart_policies.positions import written
from rampart_policies.report import Report
from rampart_policies.version import __version__


def render(report: Report) -> str:
    """Render the report as one JSON document."""
    return json.dumps(
        {
            "version": __version__,
            "profile": report.profile.name,
            "resources": len(report.graph.resources),
            "counts": {str(verdict): count for verdict, count in sorted(report.counts.items())},
            "breaches": [
                {
                    "rule": breach.rule.id,
                    "severity": breach.rule.severity.name.lower(),
                    "blocks": breach.blocks,
                    "resource": breach.resource.urn,
                    "type": breach.resource.type,
                    "name": breach.resource.name,
                    "declared_at": written(report.graph.declared_at(breach.resource)) or None,
                    "finding": breach.finding,
                    "why": breach.rule.why,
                    "remedy": breach.rule.remedy,
                    "old": breach.old,
                    "waived": breach.waiver.reason if breach.waiver else None,
                }
                for breach in report.breaches
            ],
            "undecided": [
                {
                    "rule": one.rule.id,
                    "resource": one.resource.urn,
                    "type": one.resource.type,
                    "name": one.resource.name,
                    "declared_at": written(report.graph.declared_at(one.resource)) or None,
                    "unknown": one.unknown,
                }
                for one in report.undecided
            ],
            "unknown_types": dict(sorted(report.unknown_types.items())),
            "refusals": list(report.refusals),
            "gone": [list(one) for one in report.gone],
            "waiver_errors": list(report.waiver_errors),
            "exit_status": report.exit_status,
        },
        indent=2,
    )
