"""A report settles breaches against waivers and profiles, and ends in one exit status."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from rich.console import Console

from rampart_policies import aws, profile, waivers
from rampart_policies.output import annotations, as_json, junit, people, sarif
from rampart_policies.pack import RULES
from rampart_policies.report import Report, report
from rampart_policies.values import UNKNOWN
from rampart_policies.waivers import Waiver
from tests.policies.stacks import graph, made

TODAY = date(2026, 11, 23)
GROUP = made(aws.LOG_GROUP, "audit", kmsKeyId="k", retentionInDays=7)
FINDING = "retentionInDays is 7, outside 365 to 3653"


def waiver(finding: str = FINDING, expires: date = TODAY, resource: str = GROUP.urn) -> Waiver:
    return Waiver("logs-retention", resource, finding, "kept elsewhere", "platform", expires)


def judged(accepted: Sequence[Waiver] = (), name: str = "strict", **inputs: object) -> Report:
    group = made(aws.LOG_GROUP, "audit", **{**GROUP["inputs"], **inputs})
    chosen = profile.load(name, RULES)
    return report(RULES, graph([group]), chosen, accepted, today=TODAY)


def test_the_gravest_open_breach_is_the_exit_status() -> None:
    assert judged(retentionInDays=365).exit_status == 0
    assert judged().exit_status == 20


def test_a_profile_that_only_advises_does_not_fail() -> None:
    # when
    result = judged(name="public")

    # then
    assert [breach.finding for breach in result.breaches] == [FINDING]
    assert result.exit_status == 0


def test_a_profile_changes_settings() -> None:
    assert judged(name="personal", retentionInDays=90).exit_status == 0
    assert judged(name="personal", retentionInDays=500).exit_status == 20


def test_a_waiver_accepts_one_finding_until_its_day() -> None:
    # when
    result = judged([waiver()])

    # then
    assert result.exit_status == 0
    assert [breach.waiver for breach in result.breaches] == [waiver()]


def test_an_expired_waiver_is_an_error_and_accepts_nothing() -> None:
    # when
    result = judged([waiver(expires=TODAY - timedelta(days=1))])

    # then
    assert result.exit_status == 20
    assert "expired on 2026-11-22" in result.waiver_errors[0]


@pytest.mark.parametrize("stale", [waiver("another finding"), waiver(resource=GROUP.urn + "x")])
def test_an_unused_waiver_is_an_error(stale: Waiver) -> None:
    # when
    result = judged([stale], retentionInDays=365)

    # then
    assert result.exit_status == 2
    assert "matches nothing" in result.waiver_errors[0]


def test_a_waiver_of_another_stack_is_not_unused_here() -> None:
    # given
    elsewhere = waiver(resource=GROUP.urn.replace("prod", "dev"))

    # then
    assert judged([elsewhere], retentionInDays=365).exit_status == 0


def test_a_waiver_waits_for_a_check_that_is_undecided() -> None:
    assert judged([waiver()], retentionInDays=UNKNOWN).waiver_errors == ()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rule": "no-such-rule"}, "no rule no-such-rule"),
        ({"resource": "urn:pulumi:prod::shop::*"}, "no pattern"),
        ({"resource": "audit"}, "no pattern"),
        ({"expires": "soon"}, "is a date"),
        ({"reason": " "}, "has a text"),
        ({"ticket": "1"}, "unknown fields: ticket"),
    ],
)
def test_a_waiver_that_is_not_bound_and_reasoned_is_refused(
    change: dict[str, str], complaint: str, tmp_path: Path
) -> None:
    # given
    entry = {**waiver().__dict__, "expires": TODAY} | change
    file = tmp_path / "waivers.yaml"
    lines = "\n".join(f"    {key}: {json.dumps(str(value))}" for key, value in entry.items())
    file.write_text(f"waivers:\n  -\n{lines}\n".replace('"2026-11-23"', "2026-11-23"))

    # then
    with pytest.raises(waivers.WaiverError, match=complaint):
        waivers.read(file, [rule.id for rule in RULES])


def test_a_second_waiver_for_the_same_breach_is_refused(tmp_path: Path) -> None:
    # given
    entry = {**waiver().__dict__, "expires": TODAY}
    file = tmp_path / "waivers.yaml"
    file.write_text(yaml.safe_dump({"waivers": [entry, entry | {"reason": "another one"}]}))

    # then
    with pytest.raises(waivers.WaiverError, match="waiver 2: a second one"):
        waivers.read(file, [rule.id for rule in RULES])


def test_the_waivers_of_this_repository_can_be_read() -> None:
    waivers.read(waivers.FILE, [rule.id for rule in RULES])


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_names_existing_rules_and_settings(name: str) -> None:
    assert profile.load(name, RULES).enforcement.keys() == {rule.id for rule in RULES}


def test_a_profile_that_does_not_exist_lists_those_that_do() -> None:
    with pytest.raises(profile.ProfileError, match="baseline, confidential"):
        profile.load("lenient", RULES)


def test_people_read_path_harm_remedy_and_what_is_undecided() -> None:
    # given
    console = Console(record=True, width=120)

    # when
    people.show(judged(kmsKeyId=UNKNOWN), console)

    # then
    text = console.export_text()
    for expected in ("MEDIUM", "audit", FINDING, "remedy", "kmsKeyId is not known yet"):
        assert expected in text
    assert "1 undecided" in text


def test_scripts_read_json() -> None:
    # when
    content = json.loads(as_json.render(judged([waiver()], kmsKeyId=UNKNOWN)))

    # then
    assert content["breaches"][0]["waived"] == "kept elsewhere"
    (undecided,) = content["undecided"]
    assert undecided["rule"] == "logs-key"
    assert undecided["resource"] == GROUP.urn
    assert undecided["unknown"] == "kmsKeyId is not known yet"


def test_scanners_read_sarif_with_open_and_suppressed_results() -> None:
    # when
    log = json.loads(sarif.render(judged([waiver()], kmsKeyId=UNKNOWN)))

    # then
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    breach, undecided = run["results"]
    assert log["version"] == "2.1.0"
    assert rules[breach["ruleIndex"]]["id"] == breach["ruleId"] == "logs-retention"
    assert breach["suppressions"] == [{"kind": "external", "justification": "kept elsewhere"}]
    assert (undecided["kind"], undecided["level"]) == ("open", "none")


def test_ci_reads_junit_with_failures_and_skipped() -> None:
    # when
    suites = ET.fromstring(junit.render(judged(kmsKeyId=UNKNOWN)))  # noqa: S314  # our own text

    # then
    counted = {s.get("name"): (s.get("failures"), s.get("skipped")) for s in suites}
    assert counted == {"logs-key": ("0", "1"), "logs-retention": ("1", "0")}


def test_a_pull_request_shows_each_finding_at_its_line() -> None:
    # given
    position = {"source_position": "project:///shop/a,b.py#14"}
    group = made(aws.LOG_GROUP, "audit", kmsKeyId="k", retentionInDays=7) | position
    breaking = report(RULES, graph([group]), profile.load("strict", RULES), [], today=TODAY)
    advising = report(RULES, graph([group]), profile.load("public", RULES), [], today=TODAY)

    # when
    (error,), (warning,) = (annotations.render(one).splitlines() for one in (breaking, advising))

    # then
    assert error.startswith("::error file=shop/a%2Cb.py,line=14,title=logs-retention::")
    assert "aws:cloudwatch/logGroup:LogGroup audit: retentionInDays is 7" in error
    assert "%0ARemedy: " in error
    assert warning.startswith("::warning file=")
