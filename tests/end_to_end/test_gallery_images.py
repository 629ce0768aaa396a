"""An image from its upload to its deletion, over HTTP."""

from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.pictures import Pictures, drawing, names, send

SAMPLES = Path(__file__).parents[2] / "samples" / "gallery"
TICKET, BROKEN = SAMPLES / "train-ticket.png", SAMPLES / "broken-photo.jpg"


def test_an_uploaded_image_is_read_and_found_by_what_it_says(pictures: Pictures) -> None:
    # given
    item_id = pictures.ready("scan.png", TICKET.read_bytes())

    # when
    found = pictures.found("How much was the train to Hamburg?")

    # then
    item = pictures.item(item_id)
    assert names(found) == ["scan.png"]
    assert "Hamburg" in item["analysis"]["visible_text"]
    assert item["analysis"]["provider_used"] == "local"
    assert (item["mime_type"], item["width"], item["height"]) == ("image/png", 1100, 520)
    assert httpx.get(item["original_url"]).content == TICKET.read_bytes()


def test_the_thumbnail_fits_into_800_pixels_and_is_stored_apart(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    item_id = pictures.ready("wide.jpg", drawing("navy", (1600, 1000), "JPEG"))

    # when
    thumbnail = httpx.get(pictures.item(item_id)["thumbnail_url"])

    # then
    [original, stored] = sorted(gallery.keys(pictures.tenant))
    assert thumbnail.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(thumbnail.content)).size == (800, 500)
    assert stored == original.replace("/originals/", "/thumbnails/")
    tags = gallery.cloud.clients.s3.get_object_tagging(Bucket=gallery.bucket, Key=stored)["TagSet"]
    assert tags == [{"Key": "kind", "Value": "thumbnail"}]


def test_a_thumbnail_sets_nothing_off(gallery: GalleryLaptop, pictures: Pictures) -> None:
    # given
    before = gallery.done("gallery-image-processor")
    pictures.ready("first.png", drawing("red"))

    # when
    pictures.ready("second.png", drawing("green"))  # whose event comes after the first thumbnail's

    # then
    assert gallery.done("gallery-image-processor") == before + 2
    assert sorted(names(pictures.items())) == ["first.png", "second.png"]


def test_another_tenant_sees_and_changes_nothing(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    item_id = pictures.ready("secret-plan.png", drawing("purple"))
    stranger = gallery.tenant("globex")

    # then
    assert stranger.found("secret plan, purple") == []
    assert stranger.items() == []
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/reanalyze")):
        assert stranger.request(method, f"/items/{item_id}{path}").status_code == 404
    assert names(pictures.found("secret plan, purple")) == ["secret-plan.png"]


@pytest.mark.parametrize("change", ["key", "Content-Type", "size"])
def test_a_form_uploads_the_announced_image_to_the_callers_own_place_only(
    change: str, gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    content = drawing("red")
    form = pictures.form("mine.png", content)
    changed = {
        "key": {"key": form["fields"]["key"].replace(pictures.tenant, "globex")},
        "Content-Type": {"Content-Type": "text/html"},
        "size": {},
    }[change]

    # when
    stored = send(form, content + b"more" * (change == "size"), **changed)

    # then
    assert stored.status_code in {400, 403}
    assert gallery.keys(pictures.tenant) == gallery.keys("globex") == []


def test_a_broken_image_fails_with_a_reason_for_its_user_and_a_dead_letter_for_the_operator(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    gallery.dead("originals")

    # when
    item = pictures.finished(pictures.upload("broken.jpg", BROKEN.read_bytes()))

    # then
    assert (item["status"], item["reason"]) == ("failed", "The image is damaged or incomplete.")
    assert "analysis" not in item
    [letter] = gallery.dead("originals")
    attributes = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert attributes == {
        "error_type": "RejectedError",
        "reason": "corrupt: The image is damaged or incomplete.",
    }
    assert "broken.jpg" in letter["Body"]
    assert gallery.dead("processed") == []
    assert pictures.found("broken") == []
    assert names(pictures.items()) == ["broken.jpg"]


@pytest.mark.parametrize("route", ["originals", "processed", "analyzed"])
def test_an_alarm_rings_for_a_dead_letter(route: str, gallery: GalleryLaptop) -> None:
    # given
    queue = f"gallery-{route}-queue-dead"
    alarm = gallery.cloud.graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", f"{queue}-alarm")

    # then
    url = gallery.resource("aws:sqs/queue:Queue", queue)
    assert alarm.inputs["dimensions"] == {"QueueName": url.rpartition("/")[2]}
    assert alarm.inputs["metricName"] == "ApproximateNumberOfMessagesVisible"
    assert alarm.inputs["threshold"] == 0
    assert alarm.inputs["alarmActions"] == [gallery.cloud.exports["alarm_topic_arn"]]


def test_deletion_leaves_no_row_and_no_object(gallery: GalleryLaptop, pictures: Pictures) -> None:
    # given
    item_id = pictures.ready("gone.png", drawing("red"))
    assert gallery.rows(pictures.tenant) == (1, 1, 1)

    # when
    pictures.json("DELETE", f"/items/{item_id}")

    # then
    assert gallery.rows(pictures.tenant) == (0, 0, 0)
    assert gallery.keys(pictures.tenant) == []
    assert pictures.found("gone") == []
    assert pictures.request("GET", f"/items/{item_id}").status_code == 404

    # and: no version of an object either, which the receipt says of every store
    assert gallery.versions(pictures.tenant) == []
    receipt = pictures.json("GET", f"/items/{item_id}/deletion")
    assert receipt["state"] == "done"
    assert {store["after"] for store in receipt["stores"].values()} == {0}
    assert all(store["before"] for store in receipt["stores"].values())


GOOD: dict[str, Any] = {"filename": "a.png", "content_type": "image/png", "size_bytes": 10}


@pytest.mark.parametrize(
    ("method", "path", "options", "field"),
    [
        ("POST", "/items", {"json": GOOD | {"filename": "notes.txt"}}, "filename"),
        ("POST", "/items", {"json": GOOD | {"filename": "../a.png"}}, "filename"),
        ("POST", "/items", {"json": GOOD | {"content_type": "image/jpeg"}}, "content_type"),
        ("POST", "/items", {"json": GOOD | {"size_bytes": 0}}, "size_bytes"),
        ("POST", "/items", {"json": GOOD | {"size_bytes": 10**12}}, "size_bytes"),
        ("POST", "/items", {"json": GOOD | {"user_id": "ann"}}, "user_id"),
        ("GET", "/search", {"params": {"q": " "}}, "q"),
        ("GET", "/search", {"params": {"limit": "5"}}, "q"),
        ("GET", "/search", {"params": {"q": "cat", "limit": "1000"}}, "limit"),
        ("GET", "/items", {"params": {"limit": "0"}}, "limit"),
        ("GET", "/items", {"params": {"cursor": "stolen"}}, "cursor"),
        ("GET", "/items", {"params": {"tenant": "globex"}}, "tenant"),
    ],
)
def test_a_wrong_request_is_refused_with_the_name_of_the_field(
    method: str, path: str, options: dict[str, Any], field: str, pictures: Pictures
) -> None:
    # when
    answer = pictures.request(method, path, **options)

    # then
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert answer.json()["correlation_id"]


def test_nobody_is_let_in_without_a_token(pictures: Pictures) -> None:
    # when
    answer = httpx.get(f"{pictures.url}/gallery/items")

    # then
    assert answer.status_code == 401
