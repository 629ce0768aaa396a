"""The report as JUnit XML: a suite per rule, a case per resource, undecided as skipped."""

import re
from itertools import groupby
from xml.etree import ElementTree as ET

from rampart_policies.report import Report
from rampart_policies.verdict import Outcome

# XML 1.0 has no way to write these, not even escaped (https://www.w3.org/TR/xml/#charsets).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Render the report as one JUnit document."""
    waived = {(b.rule.id, b.resource.urn, b.finding) for b in report.breaches if not b.open}
    root = ET.Element("testsuites", name="rampart-policies")
    for rule, group in groupby(report.outcomes, key=lambda outcome: outcome.rule):
        suite = ET.SubElement(root, "testsuite", name=rule.id)
        for outcome in group:
            case = ET.SubElement(suite, "testcase", classname=rule.id, name=outcome.resource.urn)
            if place := report.graph.declared_at(outcome.resource):
                case.set("file", place[0])
                case.set("line", str(place[1]))
            standing = [
                finding
                for finding in outcome.findings
                if (rule.id, outcome.resource.urn, finding) not in waived
            ]
            _fill(case, outcome, standing)
        for count, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            suite.set(count, str(sum(1 for _ in suite.iter(tag))))
    _unjudged(root, report)
    for one in root.iter():
        for key, value in one.attrib.items():
            one.set(key, _UNWRITABLE.sub("\ufffd", value))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _unjudged(root: ET.Element, report: Report) -> None:
    if not report.unknown_types and not report.refusals:
        return
    suite = ET.SubElement(root, "testsuite", name="types that no rule knows")
    for kind, count in report.unknown_types.items():
        case = ET.SubElement(suite, "testcase", classname="type", name=kind)
        ET.SubElement(case, "skipped", message=f"not judged: {count} resources")
    for reason in report.refusals:
        case = ET.SubElement(suite, "testcase", classname="run", name="refused")
        ET.SubElement(case, "error", message=reason)
    suite.set("tests", str(len(suite)))
    suite.set("skipped", str(len(report.unknown_types)))
    suite.set("errors", str(len(report.refusals)))


def _fill(case: ET.Element, outcome: Outcome, standing: list[str]) -> None:
    if standing:
        failure = ET.SubElement(case, "failure", message="; ".join(standing))
        failure.text = (
            f"{outcome.resource.type} {outcome.resource.name}\n{outcome.rule.why}\n"
            f"Remedy: {outcome.rule.remedy}"
        )
    elif outcome.unknown:
        ET.SubElement(case, "skipped", message=f"undecided: {outcome.unknown}")
