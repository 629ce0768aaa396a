"""What a user sees of an image stays as long as the image does."""

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.golden import STACKS, recorded


@pytest.fixture(scope="module", params=STACKS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return recorded(request.param)


def test_no_picture_expires_or_is_archived_while_its_item_lives(graph: Graph) -> None:
    # when
    rules = graph.one(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "gallery-pictures-private-lifecycle",
    ).inputs["rules"]

    # then
    expiring = [one["id"] for one in rules if "days" in one.get("expiration", {})]
    assert expiring == []
    classes = {one["storageClass"] for rule in rules for one in rule.get("transitions", [])}
    assert classes == {"INTELLIGENT_TIERING"}
    tiering = "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration"
    assert not graph.of(tiering)
