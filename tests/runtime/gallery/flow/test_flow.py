"""The real handlers behind a real bus, real queues, a real bucket and a real database.

The embedded AWS carries the events; the vision model and the embedding service are servers of our
own that speak their protocols. A small loop stands where the event source mappings are on AWS.
"""

import importlib
import json
import sys
import tempfile
from pathlib import Path

import httpx
import pytest

from runtime.gallery.shared.keys import ItemKey
from tests.runtime.gallery.conftest import APP_USER, Server
from tests.runtime.gallery.fakes import picture
from tests.runtime.gallery.flow.cloud import BUCKET, Cloud, Context


def test_many_images_at_once_all_end_ready_and_nothing_is_left_in_the_temporary_folder(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    # when
    for number in range(20):
        cloud.upload(f"{number}.png", picture(size=(900 + number, 20)))
    cloud.settle()

    # then
    assert cloud.statuses() == {f"{number}.png": "ready" for number in range(20)}
    assert cloud.counts() == (20, 20, 20)
    assert list(temporary.iterdir()) == []
    tags = [
        cloud.clients.s3.get_object_tagging(
            Bucket=BUCKET, Key=ItemKey("acme", "ann", f"{number}.png").thumbnail
        )["TagSet"]
        for number in range(20)
    ]
    assert tags == [[{"Key": "kind", "Value": "thumbnail"}]] * 20


def test_a_broken_image_ends_in_a_dead_letter_and_a_status_and_stops_nobody(cloud: Cloud) -> None:
    # given
    cloud.upload("good.png", picture())
    cloud.upload("broken.png", picture()[:-30])

    # when
    cloud.settle()

    # then
    assert cloud.statuses() == {"good.png": "ready", "broken.png": "failed"}
    assert cloud.dead_letters("image_processor") == [
        ("RejectedError", "corrupt: The image is damaged or incomplete.")
    ]
    assert cloud.dead_letters("analyzer") == []


def test_a_replay_of_the_archive_and_a_second_upload_duplicate_nothing(cloud: Cloud) -> None:
    # given
    cloud.upload("cat.png", picture())
    cloud.settle()

    # when
    cloud.upload("cat.png", picture())
    cloud.replay()
    carried = cloud.settle()

    # then
    assert carried >= 5  # the upload and what follows from it, and two events from the archive
    assert cloud.counts() == (1, 1, 1)
    assert cloud.statuses() == {"cat.png": "ready"}


def test_a_service_that_comes_back_in_time_costs_nothing_but_time(
    cloud: Cloud, server: Server
) -> None:
    # given
    cloud.visibility_seconds = 2
    cloud.upload("cat.png", picture())
    server.postgres.stop()
    cloud.settle()

    # when
    server.postgres.start()
    cloud.settle(quiet_seconds=3)

    # then
    assert cloud.statuses() == {"cat.png": "ready"}
    assert cloud.dead_letters("image_processor") == []


def test_what_went_through_is_found_over_http_and_its_urls_open(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setenv("GALLERY_BUCKET", BUCKET)
    monkeypatch.setenv("ALLOWED_ORIGINS", "")
    search = importlib.import_module("runtime.gallery.search.handler")
    cloud.upload("cat.png", picture())
    cloud.settle()
    caller = {"tenant": "acme", "subject": "ann"}
    event = {
        "httpMethod": "GET",
        "path": "/gallery/search",
        "headers": {},
        "queryStringParameters": {"q": "cat"},
        "requestContext": {"requestId": "r-1", "authorizer": caller},
    }

    # when
    answer = search.handler(event, Context())
    del sys.modules["runtime.gallery.search.handler"]

    # then
    [found] = json.loads(answer["body"])["results"]
    thumbnail = httpx.get(found["thumbnail_url"])
    assert thumbnail.status_code == 200
    assert thumbnail.headers["content-type"] == "image/png"


def test_the_migration_runs_at_deployment_with_the_owners_secret(
    cloud: Cloud, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    secrets = cloud.clients.secretsmanager
    owner = {"username": server.login.user, "password": server.login.password}
    arn = secrets.create_secret(Name="owner", SecretString=json.dumps(owner))["ARN"]
    monkeypatch.setenv("DATABASE_APP_USER", APP_USER)
    monkeypatch.setenv("DATABASE_APP_SECRET_ARN", secrets.describe_secret(SecretId="db")["ARN"])
    monkeypatch.setenv("DATABASE_USER", server.login.user)
    monkeypatch.setenv("DATABASE_SECRET_ARN", arn)
    migration = importlib.import_module("runtime.gallery.migration.handler")

    # when
    answer = migration.handler({}, Context())
    del sys.modules["runtime.gallery.migration.handler"]

    # then
    assert answer == {"revision": "0002", "dimension": 3}
