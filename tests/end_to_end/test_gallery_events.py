"""Events that come twice, late, or again from the archive; and an image that is analyzed again."""

import datetime as dt
import json
from uuid import uuid4

from runtime.gallery.shared.events import SOURCE, AnalysisComplete, ImageProcessed
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.pictures import Pictures, drawing, names

BUS, ARCHIVE = "aws:cloudwatch/eventBus:EventBus", "aws:cloudwatch/eventArchive:EventArchive"


def test_an_s3_event_that_comes_twice_more_changes_nothing(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    before = pictures.item(pictures.ready("once.png", drawing("red")))
    event = gallery.s3_event(pictures.tenant, before["item_id"])

    # when
    with gallery.doing(image_processor=2, analyzer=2, embedder=2):
        gallery.send("originals", event, times=2)

    # then
    after = pictures.item(before["item_id"])
    assert gallery.rows(pictures.tenant) == (1, 1, 1)
    assert after["analysis"] == before["analysis"]
    assert after["status"] == "ready"


def test_an_event_of_older_content_changes_nothing(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    item_id = pictures.ready("twice.png", drawing("red"))
    late = gallery.s3_event(pictures.tenant, item_id)
    pictures.upload("twice.png", drawing("green"))
    before = pictures.finished(item_id, version=2)

    # when
    with gallery.doing(image_processor=1):
        gallery.send("originals", late)

    # then
    assert pictures.item(item_id)["updated_at"] == before["updated_at"]
    assert gallery.rows(pictures.tenant) == (1, 2, 1)


def test_new_content_of_the_same_name_is_what_the_search_follows(pictures: Pictures) -> None:
    # given
    item_id = pictures.ready("scan.png", drawing("red"))
    pictures.ready("other.png", drawing("blue"))
    assert names(pictures.found("red"))[0] == "scan.png"

    # when
    assert pictures.ready("scan.png", drawing("green"), version=2) == item_id

    # then
    assert names(pictures.found("green"))[0] == "scan.png"
    assert [each["text_rank"] for each in pictures.found("red") if "text_rank" in each] == []


def test_events_of_the_bus_that_come_twice_more_change_nothing(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    before = pictures.item(pictures.ready("once.png", drawing("red")))
    key = gallery.s3_event(pictures.tenant, before["item_id"])["object"]
    whose = {
        "item_id": before["item_id"],
        "tenant_id": pictures.tenant,
        "user_id": before["user_id"],
    }
    processed = ImageProcessed(
        **whose,
        bucket=gallery.bucket,
        original_key=key["key"],
        thumbnail_key=key["key"].replace("/originals/", "/thumbnails/"),
        revision=key["sequencer"],
        request_id=f"upload:{key['sequencer']}",
    )
    analyzed = AnalysisComplete(**whose, analysis_id=before["analysis"]["analysis_id"])

    # when
    with gallery.doing(analyzer=2, embedder=4):
        for event in (processed, processed, analyzed, analyzed):
            _publish(gallery, event)

    # then
    assert gallery.rows(pictures.tenant) == (1, 1, 1)
    assert pictures.item(before["item_id"])["analysis"] == before["analysis"]


def test_a_replay_of_the_archive_duplicates_nothing(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    started = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    before = pictures.item(pictures.ready("once.png", drawing("red")))

    # when
    with gallery.doing(analyzer=1, embedder=2):
        state = _replayed(gallery, started)

    # then
    assert state == "COMPLETED"
    assert gallery.rows(pictures.tenant) == (1, 1, 1)
    assert pictures.item(before["item_id"])["analysis"] == before["analysis"]


def test_a_replay_brings_back_no_deleted_image(gallery: GalleryLaptop, pictures: Pictures) -> None:
    # given
    started = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    item_id = pictures.ready("gone.png", drawing("red"))
    pictures.json("DELETE", f"/items/{item_id}")

    # when
    with gallery.doing(analyzer=1, embedder=1):
        _replayed(gallery, started)

    # then
    assert gallery.rows(pictures.tenant) == (0, 0, 0)
    assert gallery.keys(pictures.tenant) == []


def test_re_analysis_raises_the_version_and_the_search_follows(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    item_id = pictures.ready("kettle.png", drawing("red"))
    first = pictures.item(item_id)["analysis"]

    # when
    pictures.json("POST", f"/items/{item_id}/reanalyze")
    second = pictures.finished(item_id, version=2)["analysis"]

    # then
    [found] = pictures.found("kettle")
    assert (first["version"], second["version"]) == (1, 2)
    assert found["analysis"] == second
    assert found["semantic_rank"] == found["text_rank"] == 1
    assert gallery.rows(pictures.tenant) == (1, 2, 1)


def _publish(gallery: GalleryLaptop, event: ImageProcessed | AnalysisComplete) -> None:
    answer = gallery.cloud.clients.events.put_events(
        Entries=[
            {
                "EventBusName": gallery.resource(BUS, "gallery-bus"),
                "Source": SOURCE,
                "DetailType": event.detail_type,
                "Detail": json.dumps(event.model_dump(mode="json")),
            }
        ]
    )
    assert answer["FailedEntryCount"] == 0


def _replayed(gallery: GalleryLaptop, since: dt.datetime) -> str:
    """Replay the archive of the bus to the bus; returns how the replay ended."""
    events, name = gallery.cloud.clients.events, f"again-{uuid4().hex}"
    archive = gallery.cloud.graph.one(ARCHIVE, "gallery-bus-archive")
    events.start_replay(
        ReplayName=name,
        EventSourceArn=archive.outputs["arn"],
        EventStartTime=since,
        EventEndTime=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1),
        Destination={"Arn": archive.inputs["eventSourceArn"]},
    )

    def ended() -> str | None:
        state = events.describe_replay(ReplayName=name)["State"]
        return None if state in {"STARTING", "RUNNING"} else state

    return wait_for(ended, f"end of replay {name}")
