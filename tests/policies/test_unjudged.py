"""What no rule knows is counted and named, and never ends as a silent pass."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rampart_policies import aws
from rampart_policies.command import main
from rampart_policies.pack import RULES
from rampart_policies.recorded import read
from rampart_policies.unjudged import considered, unknown_types
from tests.policies.provider import provider_types
from tests.policies.stacks import Made, graph, made

GOLDEN = Path(__file__).parents[1] / "golden"
UNKNOWN = made("aws:memorydb/cluster:Cluster", "cache")
NATIVE = made("aws-native:s3:Bucket", "files")
JUDGED = made(aws.LOG_GROUP, "audit", kmsKeyId="k", retentionInDays=400)


def judge(folder: Path, *resources: Made, arguments: tuple[str, ...] = ()) -> int:
    file = folder / "graph.json"
    file.write_text(json.dumps({"resources": resources}))
    return main(["--graph", str(file), *arguments])


@pytest.mark.parametrize(
    "kind",
    [
        "aws-native:s3:Bucket",
        "awscc:index/s3Bucket:S3Bucket",
        "aws:index/s3Bucket:S3Bucket",
        "gcp:storage/bucket:Bucket",
        "aws:s3/bukcet:Bukcet",
    ],
)
def test_a_graph_of_which_nothing_is_judged_is_no_pass(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    status = judge(tmp_path, made(kind), made(kind, "two"))

    # then
    assert status == 2
    assert f"2 {kind}" in capsys.readouterr().out


def test_aws_resources_of_another_provider_are_refused_beside_judged_ones(tmp_path: Path) -> None:
    assert judge(tmp_path, JUDGED, NATIVE) == 2
    assert judge(tmp_path, JUDGED, NATIVE, arguments=("--refuse", "nothing")) == 0


def test_an_unknown_type_beside_judged_ones_is_refused_where_asked(tmp_path: Path) -> None:
    assert judge(tmp_path, JUDGED, UNKNOWN) == 0
    assert judge(tmp_path, JUDGED, UNKNOWN, arguments=("--refuse", "unknown")) == 2


def test_a_breach_weighs_more_than_a_refusal(tmp_path: Path) -> None:
    assert judge(tmp_path, made(aws.LOG_GROUP, "audit"), NATIVE) == 20


def test_every_form_names_the_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # given
    written: dict[str, str] = {}
    for form in ("text", "json", "sarif", "junit"):
        judge(tmp_path, JUDGED, UNKNOWN, NATIVE, arguments=("--format", form))
        written[form] = capsys.readouterr().out

    # then
    assert "not judged 2 resources of 2 types" in written["text"]
    report = json.loads(written["json"])
    assert report["unknown_types"] == {NATIVE["type"]: 1, UNKNOWN["type"]: 1}
    assert "aws-native:s3:Bucket" in report["refusals"][0]
    (run,) = json.loads(written["sarif"])["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert UNKNOWN["type"] in json.dumps(run["invocations"])
    suite = ET.fromstring(written["junit"])[-1]  # noqa: S314  # our own text
    assert (suite.get("skipped"), suite.get("errors")) == ("2", "1")


def test_components_and_pulumis_own_resources_are_no_unknown_types() -> None:
    # given
    component = made("shop:index:Api") | {"custom": False}
    stack = made("pulumi:pulumi:Stack") | {"custom": False}
    provider = made("pulumi:providers:aws")

    # then
    assert not unknown_types(graph([component, stack, provider]))


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_our_stacks_have_no_type_that_nobody_considered(stack: str) -> None:
    assert not unknown_types(read(GOLDEN / f"{stack}.json"))


def test_a_type_that_a_rule_judges_is_known() -> None:
    # given
    judged = {kind for rule in RULES for kind in rule.on}

    # then
    assert not unknown_types(graph([made(kind) for kind in judged]))


def test_what_was_considered_exists() -> None:
    assert {kind for kind in considered() if kind.startswith("aws:")} <= provider_types().keys()


def test_what_was_considered_has_a_reason_and_no_rule() -> None:
    judged = {kind for rule in RULES for kind in rule.on}

    assert judged.isdisjoint(considered())
    assert all(considered().values())
